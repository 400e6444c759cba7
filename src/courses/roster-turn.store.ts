// Asking the LMS for the list of a course, as the database has it: whose turn it is, and what came of the last one.
import { and, eq, isNull, lte, max, or } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { courses, memberships } from '../database/tables/courses.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import type { CourseTarget } from '../platforms/course-access.ts';
import type { AskedOutcome, RosterState } from './roster-standing.ts';

/** Everything needed to ask for the list of a course, for the one who may. */
export interface RosterTurn {
  courseId: number;
  /** Our key of the deployment. */
  deploymentId: number;
  membershipsUrl: string;
  target: CourseTarget;
  startedAt: Date;
}

export type TurnOutcome = { ok: true; turn: RosterTurn } | { ok: false; code: 'not-offered' | 'asked-just-now' };

/**
 * Takes the turn to ask for a list. Of several who want it at once, in whichever processes, one gets it.
 *
 * Refusals: `not-offered` (the LMS names no list, or is switched off), `asked-just-now` (less than `minimumAgeMs` ago)
 */
export async function takeRosterTurn(
  db: Database,
  courseId: number,
  { now, minimumAgeMs }: { now: Date; minimumAgeMs: number },
): Promise<TurnOutcome> {
  const [course] = await db
    .select({
      membershipsUrl: courses.rosterUrl,
      deploymentId: courses.deploymentId,
      target: {
        courseId: courses.id,
        protocol: registrations.protocol,
        registrationId: deployments.registrationId,
        deploymentId: deployments.deploymentId,
      },
    })
    .from(courses)
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(and(eq(courses.id, courseId), eq(deployments.state, 'active'), eq(registrations.state, 'active')));
  if (!course || course.membershipsUrl === null) return { ok: false, code: 'not-offered' };
  const isDue = or(isNull(courses.rosterAskedAt), lte(courses.rosterAskedAt, new Date(now.getTime() - minimumAgeMs)));
  const taken = await db
    .update(courses)
    .set({ rosterAskedAt: now, rosterOutcome: null })
    .where(and(eq(courses.id, courseId), isDue))
    .returning({ id: courses.id });
  if (taken.length === 0) return { ok: false, code: 'asked-just-now' };
  return { ok: true, turn: { ...course, membershipsUrl: course.membershipsUrl, courseId, startedAt: now } };
}

/** Notes what came of a turn, unless somebody had a later one meanwhile. */
export async function recordRosterOutcome(db: Database, turn: RosterTurn, outcome: AskedOutcome): Promise<void> {
  await db
    .update(courses)
    .set({ rosterOutcome: outcome })
    .where(and(eq(courses.id, turn.courseId), eq(courses.rosterAskedAt, turn.startedAt)));
}

/** When the list of a course was asked for, what came of it, and of when the one is that we have. */
export async function getRosterState(db: Database, courseId: number): Promise<RosterState> {
  const { rosterUrl, rosterAskedAt: askedAt, rosterOutcome: outcome } = courses;
  const [state] = await db
    .select({ rosterUrl, askedAt, outcome, readAt: max(memberships.rosterSeenAt) })
    .from(courses)
    .leftJoin(memberships, eq(memberships.courseId, courses.id))
    .where(eq(courses.id, courseId))
    .groupBy(courses.id);
  if (!state) throw new Error(`There is no course ${courseId}`);
  return { isOffered: state.rosterUrl !== null, ...state };
}
