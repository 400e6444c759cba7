// Who is in a course, as the platform tells it (Names and Role Provisioning Services 2.0).
import { z } from 'zod';
import { sourcedId } from './claim-values.ts';
import { looseIdentifier, looseText } from './loose-json.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import { readPages } from './service-pages.ts';
import { withQuery } from './service-url.ts';
import { storable } from './storable-text.ts';

export const rosterScope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';

export interface RosterMember {
  /** The `subject` of that person's launches. */
  subject: string;
  /** As the platform writes them: full URIs, or the short names of context roles. May be none. */
  roles: string[];
  /** False for who is suspended or has left. */
  isActive: boolean;
  name: string | null;
  givenName: string | null;
  familyName: string | null;
  email: string | null;
  /** What the institution calls the person; empty: it has no name for them; null: nothing was said. */
  sourcedId: string | null;
}

export type RosterOutcome = { kind: 'read'; members: RosterMember[] } | ServiceFailure;

const mediaType = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json';
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

const words = looseText.transform((text) => text?.trim() || null);

const memberSchema = z
  .object({
    user_id: looseIdentifier,
    roles: z
      .array(z.unknown())
      .transform((list) => list.filter((role) => typeof role === 'string').map(storable))
      .catch([]),
    status: z.string().toLowerCase().catch('active'),
    name: words,
    given_name: words,
    family_name: words,
    email: words,
    lis_person_sourcedid: sourcedId,
  })
  .transform(
    ({ user_id, roles, status, name, given_name, family_name, email, lis_person_sourcedid }): RosterMember => ({
      subject: user_id,
      roles,
      isActive: status !== 'inactive' && status !== 'deleted',
      name,
      givenName: given_name,
      familyName: family_name,
      email,
      sourcedId: lis_person_sourcedid,
    }),
  );

const containerSchema = z.object({ members: z.array(z.unknown()) });

/**
 * Reads the whole roster, or none of it. Only `subject` and `roles` can be relied upon; a member without a usable id is
 * left out, one that comes twice is one with the roles of both.
 *
 * @param asked.membershipsUrl as received at a launch; its query is kept
 * @param asked.role a short name or a URI; who has no such role is left out here too, because a platform may ignore the
 *   filter, or forget it after the first page (seen on a live one, November 2026)
 * @param asked.limit members a page; never sent unless asked for
 * @returns `read`, or what `readPages` says
 * @see NRPS 2.0 §2, https://www.imsglobal.org/spec/lti-nrps/v2p0/
 */
export async function readRoster(
  tools: { fetch: Fetch; now: () => Date },
  asked: { token: string; membershipsUrl: string; role?: string; limit?: number },
): Promise<RosterOutcome> {
  const { token, membershipsUrl, role, limit } = asked;
  const firstUrl = withQuery(membershipsUrl, { role, limit });
  const read = await readPages(tools, { token, firstUrl, mediaType, parsePage: membersOf });
  if (read.kind !== 'read') return read;
  const members = new Map<string, RosterMember>();
  for (const member of read.entries) {
    const before = members.get(member.subject);
    members.set(member.subject, before ? merged(before, member) : member);
  }
  return { kind: 'read', members: [...members.values()].filter(({ roles }) => role === undefined || has(roles, role)) };
}

function membersOf(json: unknown): RosterMember[] | null {
  const container = containerSchema.safeParse(json).data;
  if (!container) return null;
  return container.members.flatMap((member) => memberSchema.safeParse(member).data ?? []);
}

function merged(before: RosterMember, again: RosterMember): RosterMember {
  return {
    ...again,
    roles: [...new Set([...before.roles, ...again.roles])],
    isActive: before.isActive || again.isActive,
    sourcedId: again.sourcedId ?? before.sourcedId,
  };
}

function has(roles: readonly string[], wanted: string): boolean {
  return roles.some((role) => principal(role) === principal(wanted));
}

/** `Learner` of `Learner`, `…/membership#Learner` and `…/membership/Learner#NonCreditLearner`; other roles whole. */
function principal(role: string): string {
  if (role.startsWith(`${membership}#`)) return role.slice(membership.length + 1);
  if (!role.startsWith(`${membership}/`)) return role;
  const [name = role] = role.slice(membership.length + 1).split('#');
  return name;
}
