// Whoever comes with an invite and says to be an LMS: what it says of itself, and what an administrator should see of that.
import { createHash } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { OpenIdConfiguration } from '../lti/openid-configuration-document.ts';
import { foreignHosts, readOpenIdConfiguration, type RefusedConfiguration } from '../lti/openid-configuration.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { findInvite, type Invite, type InviteRefusal } from './invites.store.ts';
import type { LmsDifferences } from './lms/lms-differences.ts';
import { configurationHosts, differencesOf } from './lms/registry.ts';

export interface ExamineTools {
  db: Database;
  now: () => Date;
  /** The guarded way out (lti/outbound.ts). */
  fetch: Fetch;
  allowHttpLoopback: boolean;
  allowedPrivateHosts: readonly string[];
}

/** What an LMS brings along when its administrator opens our link. */
export interface RegistrationVisit {
  /** The secret of the invite. */
  invite: string;
  configurationUrl: string;
  registrationToken: string | null;
}

/** An LMS that is believed to be the one it says. */
export interface FoundLms {
  invite: Invite;
  /** With the token audience that this kind of LMS really wants. */
  configuration: OpenIdConfiguration;
  differences: LmsDifferences;
  /** Hosts it would have us talk to beside its own, to be agreed to (lti.md 119). */
  foreignHosts: string[];
  /** Changes with anything of the above that it says: what was shown once is what is meant later. */
  digest: string;
}

export type Examined =
  { ok: true; found: FoundLms } | { ok: false; code: InviteRefusal; detail: null } | RefusedConfiguration;

/**
 * Looks at who wants to be registered. The invite comes first: without a good one nothing is fetched for anybody.
 *
 * @see LTI dynamic registration 1.0 §3.4–3.5, https://www.imsglobal.org/spec/lti-dr/v1p0/
 */
export async function examineLms(tools: ExamineTools, visit: RegistrationVisit): Promise<Examined> {
  const invited = await findInvite(tools.db, visit.invite, tools.now());
  if (!invited.ok) return { ...invited, detail: null };
  const read = await readOpenIdConfiguration(tools.fetch, {
    url: visit.configurationUrl,
    registrationToken: visit.registrationToken,
    allowHttpLoopback: tools.allowHttpLoopback,
    allowedPrivateHosts: tools.allowedPrivateHosts,
    knownIssuerHosts: configurationHosts,
  });
  if (!read.ok) return read;
  const differences = differencesOf(read.configuration.family);
  const tokenAudience = differences.tokenAudience(read.configuration);
  const configuration = { ...read.configuration, tokenAudience };
  const digest = createHash('sha256').update(JSON.stringify(configuration)).digest('base64url');
  return {
    ok: true,
    found: { invite: invited.invite, configuration, differences, foreignHosts: foreignHosts(configuration), digest },
  };
}
