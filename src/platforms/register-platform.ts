// An administrator has agreed: the invite is used up, the LMS is told of us, and we remember it. All of it, or none.
import { randomBytes } from 'node:crypto';
import { register, type RefusedRegistration, type Registered } from '../lti/registration.ts';
import { toolConfiguration, toolConfigurationClaim } from '../lti/tool-configuration.ts';
import { examineLms, type Examined, type ExamineTools, type FoundLms, type RegistrationVisit } from './examine-lms.ts';
import { claimInvite, releaseInvite, settleInvite } from './invites.store.ts';
import { savePlatform, type Registration } from './platform.store.ts';
import { withExtras } from './registration-extras.ts';

export interface RegisterTools extends ExamineTools {
  publicUrl: string;
  /** 32 bytes; closes our private key at rest. */
  sealingKey: Uint8Array;
}

/** What the administrator said on the page that showed the LMS. */
export interface Agreement {
  /** `digest` of what was shown. */
  digest: string;
  /** Whether the foreign hosts shown were agreed to; no matter where there are none. */
  agreesToHosts: boolean;
  /** What to call the LMS; empty for the name of the invite, or else its host. */
  name: string;
}

export type RegistrationOutcome =
  | {
      ok: true;
      registration: Registration;
      /** Null where the LMS names its deployments at the first launch only. */
      deploymentId: string | null;
    }
  /** To be shown again: it says otherwise now, or a box was not ticked. */
  | { ok: false; code: 'configuration-changed' | 'hosts-not-confirmed'; found: FoundLms }
  | Exclude<Examined, { ok: true }>
  | Omit<RefusedRegistration, 'status'>;

const toolName = 'Mustaqil';

/**
 * Registers us with an LMS and the LMS with us. Somebody who was registered before under the same issuer and client id is brought
 * up to date (lti.md 125).
 *
 * The invite is claimed before the LMS is asked, so that of two clicks one is `invite-used`. If the LMS refuses or is silent it is
 * good again, and nothing is stored.
 *
 * @param description of us, for the teachers of the LMS
 */
export async function registerPlatform(
  tools: RegisterTools,
  visit: RegistrationVisit,
  { digest, agreesToHosts, name }: Agreement,
  description: string,
): Promise<RegistrationOutcome> {
  const examined = await examineLms(tools, visit);
  if (!examined.ok) return examined;
  const { found } = examined;
  if (found.digest !== digest) return { ok: false, code: 'configuration-changed', found };
  if (found.foreignHosts.length > 0 && !agreesToHosts) return { ok: false, code: 'hosts-not-confirmed', found };
  if (!(await claimInvite(tools.db, found.invite.id, tools.now())))
    return { ok: false, code: 'invite-used', detail: null };
  // A set of its own: an LMS that looks at nothing but the signature would take what we sign for this one for its own (lti.md §2.6).
  const keySet = randomBytes(16).toString('base64url');
  let isSettled = false;
  try {
    const registered = await askLms(tools, visit, found, { description, keySet });
    if (!registered.ok) return { ok: false, code: registered.code, detail: registered.detail };
    const registration = await remember(tools, found, registered, { name, keySet });
    isSettled = true;
    return { ok: true, registration, deploymentId: registered.deploymentId };
  } finally {
    if (!isSettled) await releaseInvite(tools.db, found.invite.id);
  }
}

function askLms(
  { fetch, publicUrl }: RegisterTools,
  { configurationUrl, registrationToken }: RegistrationVisit,
  { configuration, differences, foreignHosts }: FoundLms,
  { description, keySet }: { description: string; keySet: string },
): Promise<Registered | RefusedRegistration> {
  const logoUrl = `${publicUrl}/assets/icon.svg`;
  const jwksUrl = `${publicUrl}/lti/jwks/${keySet}`;
  const body = toolConfiguration({ publicUrl, name: toolName, description, logoUrl, jwksUrl, configuration });
  return register(fetch, {
    configuration,
    configurationUrl,
    confirmedHosts: foreignHosts,
    registrationToken,
    body: { ...body, [toolConfigurationClaim]: withExtras(body[toolConfigurationClaim], differences.registration) },
  });
}

function remember(
  { db, now, sealingKey }: RegisterTools,
  { configuration, invite }: FoundLms,
  { clientId, deploymentId }: Registered,
  { name, keySet }: { name: string; keySet: string },
): Promise<Registration> {
  const { issuer, authorizationUrl, tokenUrl, tokenAudience, jwksUrl, family } = configuration;
  const details = { issuer, authorizationUrl, tokenUrl, tokenAudience, jwksUrl, family, clientId, deploymentId };
  return savePlatform(
    db,
    { ...details, keySet, name: name || invite.name || new URL(issuer).host },
    {
      sealingKey,
      now: now(),
      needsApproval: invite.needsApproval,
      saidByLms: true,
      alongWith: (tx, registrationId) => settleInvite(tx, invite.id, registrationId),
    },
  );
}
