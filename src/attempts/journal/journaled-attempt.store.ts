// Whose attempt a journal is of: its seal says that it is theirs, so nobody has to be signed in.
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { findPlacementFor } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { deployments, registrations } from '../../database/tables/platforms.ts';

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

async function journaledWhere(db: Database, where: SQL | undefined): Promise<JournaledAttempt[]> {
  const { id, seed, personId, placementId } = attempts;
  const isActive = and(eq(deployments.state, 'active'), eq(registrations.state, 'active'));
  const rows = await db
    .select({ id, seed, personId, placementId, language: people.language, registrationId: registrations.id })
    .from(attempts)
    .innerJoin(people, eq(people.id, personId))
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .leftJoin(registrations, and(eq(registrations.id, deployments.registrationId), isActive))
    .where(where);
  return rows.map(({ registrationId, ...attempt }) => ({ ...attempt, isVouchedFor: registrationId !== null }));
}

/** Whether its learner may still answer it, as if they were signed in: their platform is connected, and they are in the course. */
export async function mayGoOn(
  db: Database,
  { isVouchedFor, personId, placementId }: JournaledAttempt,
): Promise<boolean> {
  return isVouchedFor && (await findPlacementFor(db, personId, placementId)) !== null;
}
