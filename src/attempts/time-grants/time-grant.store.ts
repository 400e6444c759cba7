// Time that teachers gave back to attempts, beyond their limits. Rows are only ever added.
import { and, asc, count, eq, isNotNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { timeGrants } from '../../database/tables/journal.ts';
import { handMarks } from '../../database/tables/marking.ts';
import { quizVersions } from '../../database/tables/quizzes.ts';
import { isOpenRow } from '../../quizzes/open-row.ts';
import type { Grant } from './grant-form.ts';

/** How many minutes an attempt was given back in all: a column of any query that joins something to attempts. */
export const grantedMinutes = sql<number>`(select coalesce(sum(${timeGrants.minutes}), 0) from ${timeGrants}
  where ${timeGrants.attemptId} = ${attempts.id})`.mapWith(Number);

/** The same of one attempt, as it is by now. */
export async function sumGranted(db: Database, attemptId: number): Promise<number> {
  const [row] = await db
    .select({ minutes: sql`coalesce(sum(${timeGrants.minutes}), 0)`.mapWith(Number) })
    .from(timeGrants)
    .where(eq(timeGrants.attemptId, attemptId));
  return row?.minutes ?? 0;
}

/** Gives an attempt that the transaction holds some minutes more, in one row or in several. */
export async function insertGrants(
  tx: Transaction,
  attemptId: number,
  minutes: readonly number[],
  grant: { reason: string; grantedBy: number; grantedAt: Date },
): Promise<void> {
  const given = await countGrants(tx, attemptId);
  await tx
    .insert(timeGrants)
    .values(minutes.map((some, index) => ({ attemptId, number: given + index + 1, minutes: some, ...grant })));
}

/** How often an attempt was given time back. */
export async function countGrants(db: Database, attemptId: number): Promise<number> {
  return db.$count(timeGrants, eq(timeGrants.attemptId, attemptId));
}

/** The same of all attempts at a placement. */
export async function countGrantsAt(db: Database, placementId: number): Promise<number> {
  const [row] = await db
    .select({ given: count() })
    .from(timeGrants)
    .innerJoin(attempts, eq(attempts.id, timeGrants.attemptId))
    .where(eq(attempts.placementId, placementId));
  return row?.given ?? 0;
}

/** Gives each of the attempts, which the transaction holds, so many minutes more. */
export async function insertGrantToEach(
  tx: Transaction,
  attemptIds: readonly number[],
  { minutes, reason, grantedBy, grantedAt }: Omit<Grant, 'seen'> & { grantedBy: number; grantedAt: Date },
): Promise<void> {
  if (attemptIds.length === 0) return;
  const next = (attemptId: number) =>
    sql<number>`(select coalesce(max(g.number), 0) + 1 from ${timeGrants} g where g.attempt_id = ${attemptId})`;
  await tx
    .insert(timeGrants)
    .values(
      attemptIds.map((attemptId) => ({ attemptId, number: next(attemptId), minutes, reason, grantedBy, grantedAt })),
    );
}

/** What was given back to an attempt at one time, the first first. */
export interface GivenTime extends Omit<Grant, 'seen'> {
  grantedAt: Date;
  grantedBy: string | null;
  /** Whether the attempt was opened again with it; what had gone by until then is not in its minutes. */
  isReopening: boolean;
}

/** All that was given back to an attempt. */
export async function listGrants(db: Database, attemptId: number): Promise<GivenTime[]> {
  const { minutes, reason, grantedAt } = timeGrants;
  const rows = await db
    .select({ minutes, reason, grantedAt, grantedBy: people.name })
    .from(timeGrants)
    .innerJoin(people, eq(people.id, timeGrants.grantedBy))
    .where(eq(timeGrants.attemptId, attemptId))
    .orderBy(asc(timeGrants.number));
  const isSameAs = (one: (typeof rows)[number] | undefined, other: (typeof rows)[number]) =>
    one !== undefined && +one.grantedAt === +other.grantedAt;
  return rows.flatMap((row, index) => {
    if (isSameAs(rows[index + 1], row)) return [];
    return [{ ...row, isReopening: isSameAs(rows[index - 1], row) }];
  });
}

/** The open attempts at a placement that have a limit, with whose they are, by our key of the attempt. */
export async function listAtWork(db: Database, placementId: number) {
  return db
    .select({ id: attempts.id, personId: attempts.personId, number: attempts.number, name: people.name })
    .from(attempts)
    .innerJoin(people, eq(people.id, attempts.personId))
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.placementId, placementId), isOpenRow, isNotNull(quizVersions.timeLimitMinutes)))
    .orderBy(asc(attempts.id));
}

/** Holds those attempts until the transaction ends, in one order for everybody; what is handed in meanwhile is not among them. */
export async function lockAtWork(tx: Transaction, placementId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: attempts.id })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.placementId, placementId), isOpenRow, isNotNull(quizVersions.timeLimitMinutes)))
    .orderBy(asc(attempts.id))
    .for('update', { of: attempts });
  return rows.map(({ id }) => id);
}

/** Whether a person has marked any answer of an attempt. */
export async function hasMarks(db: Database, attemptId: number): Promise<boolean> {
  return (await db.$count(handMarks, eq(handMarks.attemptId, attemptId))) > 0;
}
