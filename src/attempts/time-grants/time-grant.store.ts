// Time that teachers gave back to attempts, beyond their limits.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { attempts } from '../../database/tables/attempts.ts';
import { timeGrants } from '../../database/tables/journal.ts';

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
