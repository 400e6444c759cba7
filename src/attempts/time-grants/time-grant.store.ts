// Time that teachers gave back to attempts, beyond their limits. Rows are only ever added.
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { people } from '../../database/tables/courses.ts';
import { timeGrants } from '../../database/tables/journal.ts';
import { handMarks } from '../../database/tables/marking.ts';
import { quizVersions } from '../../database/tables/quizzes.ts';
import { isOpenRow } from '../../quizzes/open-row.ts';
import type { Grant } from './grant-form.ts';

/** How many minutes an attempt was given back in all: a column of any query of attempts. */
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
  const given = await tx.$count(timeGrants, eq(timeGrants.attemptId, attemptId));
  await tx
    .insert(timeGrants)
    .values(minutes.map((some, index) => ({ attemptId, number: given + index + 1, minutes: some, ...grant })));
}

/** What was given back to an attempt at one time, the first first. */
export interface GivenTime extends Grant {
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

/** Whether a person has marked any answer of an attempt. */
export async function hasMarks(db: Database, attemptId: number): Promise<boolean> {
  return (await db.$count(handMarks, eq(handMarks.attemptId, attemptId))) > 0;
}
