// What the LMS's list of a course means for those we know there: who joins, who is still there, who is missing.
import type { RosterMember } from '../lti/roster.ts';
import { courseRoleOf, type CourseRole } from '../lti/roles.ts';

/** Somebody of the course, as they are known before the list was read. */
export interface KnownMember {
  personId: number;
  /** Null for a guest whose LMS did not say who it was. */
  subject: string | null;
  isTestUser: boolean;
  role: CourseRole;
  /** Null: known from an earlier list alone. */
  launchedAt: Date | null;
  isActive: boolean;
  /** When a list last had them. */
  rosterSeenAt: Date | null;
}

/** A role of the list, which opens no door, and whether the LMS has the person in the course. */
export interface Standing {
  role: CourseRole;
  isActive: boolean;
}

export interface RosterChanges {
  /** Not yet known in this course. */
  joining: ({ subject: string } & Standing)[];
  /** Known here and in the list, changed or not. */
  seen: ({ personId: number } & Standing)[];
  /** No longer in the course. Nobody is ever forgotten: their work stays. */
  missing: number[];
}

const noChanges: RosterChanges = { joining: [], seen: [], missing: [] };

/**
 * Compares a whole list with whom we know. A role that a launch gave stays, higher or lower than that of the list: there is an
 * LMS that says Learner here of somebody it launches as Instructor (lti.md 114, §2.8). Who launched after the list was asked
 * for stays as that launch left them. Who is missing in the list becomes inactive, but for those whom an LMS need not list:
 * guests without a name, its made-up student, mentors. A list older than the one last taken in changes nobody.
 *
 * @param members all of them, each once
 * @param startedAt when the list was asked for
 */
export function rosterChanges(
  known: readonly KnownMember[],
  members: readonly RosterMember[],
  startedAt: Date,
): RosterChanges {
  if (known.some(({ rosterSeenAt }) => rosterSeenAt !== null && rosterSeenAt > startedAt)) return noChanges;
  const listed = new Map(members.map((member) => [member.subject, member]));
  const subjects = new Set(known.map(({ subject }) => subject));
  return {
    joining: members
      .filter(({ subject }) => !subjects.has(subject))
      .map(({ subject, roles, isActive }) => ({ subject, role: courseRoleOf(roles), isActive })),
    seen: known.flatMap((one) => {
      const member = one.subject === null ? undefined : listed.get(one.subject);
      return member ? [{ personId: one.personId, ...standingOf(one, member, startedAt) }] : [];
    }),
    missing: known
      .filter(({ subject }) => subject === null || !listed.has(subject))
      .filter((one) => one.isActive && isAlwaysListed(one) && !hasLaunchedSince(one, startedAt))
      .map(({ personId }) => personId),
  };
}

function standingOf(one: KnownMember, { roles, isActive }: RosterMember, startedAt: Date): Standing {
  return {
    role: one.launchedAt === null ? courseRoleOf(roles) : one.role,
    isActive: hasLaunchedSince(one, startedAt) ? one.isActive : isActive,
  };
}

function isAlwaysListed({ subject, isTestUser, role }: KnownMember) {
  return subject !== null && !isTestUser && role !== 'mentor';
}

function hasLaunchedSince({ launchedAt }: KnownMember, moment: Date) {
  return launchedAt !== null && launchedAt >= moment;
}
