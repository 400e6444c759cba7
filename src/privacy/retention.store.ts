// What has been kept for long enough. Everything is found some at a time, in the order of our keys, and what another process has in hand
// is left to it.
import { and, asc, eq, exists, gt, inArray, isNull, lt, notExists, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { memberships, people, placements } from '../database/tables/courses.ts';
import { answerMarks, attemptClients, attemptSignals, lateEntries } from '../database/tables/journal.ts';

/** Where a search goes on. */
export interface Page {
  /** Our key before the first one. */
  after: number;
  limit: number;
}

/** Attempts that ended before a moment and have a connection log, held until the transaction ends. */
export async function lockLogged(tx: Transaction, before: Date, page: Page): Promise<number[]> {
  const logs = [attemptClients, answerMarks, attemptSignals, lateEntries].map((table) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(table)
        .where(eq(table.attemptId, attempts.id)),
    ),
  );
  const endedAt = sql`coalesce(${attempts.submittedAt}, ${attempts.abandonedAt})`;
  return lockWhere(tx, and(sql`${endedAt} < ${before.toISOString()}::timestamptz`, or(...logs)), page);
}

/** Attempts with answers that were begun before a moment, in courses into which nobody has launched since; held likewise. */
export async function lockIdle(tx: Transaction, before: Date, page: Page): Promise<number[]> {
  const launched = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.courseId, placements.courseId),
        sql`${memberships.launchedAt} >= ${before.toISOString()}::timestamptz`,
      ),
    );
  const idle = tx.select({ id: placements.id }).from(placements).where(notExists(launched));
  const isKept = and(isNull(attempts.erasedAt), lt(attempts.startedAt, before));
  return lockWhere(tx, and(isKept, inArray(attempts.placementId, idle)), page);
}

async function lockWhere(tx: Transaction, where: SQL | undefined, { after, limit }: Page): Promise<number[]> {
  const rows = await tx
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(gt(attempts.id, after), where))
    .orderBy(asc(attempts.id))
    .limit(limit)
    .for('update', { skipLocked: true });
  return rows.map(({ id }) => id);
}

/** People who have not launched since a moment; of who never did, those whom no list has named since. */
export async function listGone(db: Database, before: Date, { after, limit }: Page): Promise<number[]> {
  const seen = db
    .select({ at: sql`max(${memberships.rosterSeenAt})` })
    .from(memberships)
    .where(eq(memberships.personId, people.id));
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        gt(people.id, after),
        isNull(people.erasedAt),
        sql`coalesce(${people.lastLaunchAt}, (${seen})) < ${before.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(people.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
