// Whose attempt a journal is of: its seal says that it is theirs, so nobody has to be signed in.
import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Accommodation } from '../../courses/accommodation.ts';
import { isMemberOf } from '../../courses/member.store.ts';
import { findPlacementFor } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { accommodations, courses, memberships, people, placements } from '../../database/tables/courses.ts';
import { deployments, registrations } from '../../database/tables/platforms.ts';
import { grantedMinutes } from '../time-grants/time-grant.store.ts';

/** An attempt by which its journal's key is made, and whose it is. */
export interface JournaledAttempt {
  id: number;
  seed: string;
  personId: number;
  placementId: number;
  /** Of the person. */
  language: string;
  /** Whether the platform that vouches for them still may. */
  isVouchedFor: boolean;
}

/** Null if there is none. To be told to nobody who has not shown a seal. */
export async function findJournaled(db: Database, attemptId: number): Promise<JournaledAttempt | null> {
  const [attempt] = await journaledWhere(db, eq(attempts.id, attemptId));
  return attempt ?? null;
}

/** Those of some attempts that are at a placement, and of one of its people where one is named. */
export async function listJournaledAt(
  db: Database,
  attemptIds: readonly number[],
  { placementId, personId }: { placementId: number; personId?: number },
): Promise<JournaledAttempt[]> {
  const whose = personId === undefined ? undefined : eq(attempts.personId, personId);
  return journaledWhere(db, and(inArray(attempts.id, [...attemptIds]), eq(attempts.placementId, placementId), whose));
}

const isActive = and(eq(deployments.state, 'active'), eq(registrations.state, 'active'));

async function journaledWhere(db: Database, where: SQL | undefined): Promise<JournaledAttempt[]> {
  const { id, seed, personId, placementId } = attempts;
  const rows = await db
    .select({ id, seed, personId, placementId, language: people.language, registrationId: registrations.id })
    .from(attempts)
    .innerJoin(people, eq(people.id, personId))
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .leftJoin(registrations, and(eq(registrations.id, deployments.registrationId), isActive))
    // Of who was erased nothing is taken any more, not even what a file of theirs holds.
    .where(and(isNull(people.erasedAt), where));
  return rows.map(({ registrationId, ...attempt }) => ({ ...attempt, isVouchedFor: registrationId !== null }));
}

/** Whether its learner may still answer it, as if they were signed in: their platform is connected, and they are in the course. */
export async function mayGoOn(
  db: Database,
  { isVouchedFor, personId, placementId }: JournaledAttempt,
): Promise<boolean> {
  return isVouchedFor && (await findPlacementFor(db, personId, placementId)) !== null;
}

/** A learner who may go on (`mayGoOn`), and what decides how long. */
export interface Answerer {
  language: string;
  /** Of the attempt. */
  grantedMinutes: number;
  accommodation: Accommodation;
}

/** Of several attempts those whose learners may still answer them, as things stand now, by our key of the attempt. */
export async function listAnswerers(db: Database, attemptIds: readonly number[]): Promise<Map<number, Answerer>> {
  const { extraTimePercent, dueUntil } = accommodations;
  const rows = await db
    .select({ id: attempts.id, language: people.language, grantedMinutes, extraTimePercent, dueUntil })
    .from(attempts)
    .innerJoin(people, eq(people.id, attempts.personId))
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .innerJoin(registrations, and(eq(registrations.id, deployments.registrationId), isActive))
    .innerJoin(placements, eq(placements.id, attempts.placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(memberships, isMemberOf(attempts.personId))
    .leftJoin(accommodations, and(eq(accommodations.courseId, courses.id), eq(accommodations.personId, people.id)))
    .where(inArray(attempts.id, [...attemptIds]));
  return new Map(
    rows.map(({ id, extraTimePercent: percent, dueUntil: until, ...answerer }) => [
      id,
      { ...answerer, accommodation: { extraTimePercent: percent ?? 0, dueUntil: until } },
    ]),
  );
}
