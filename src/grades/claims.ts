// What gradebook cells and columns have in common as work: owed, due from a moment on, and in the hands of one process at a time.
import { and, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { gradebookCells, gradebookColumns } from '../database/tables/grades.ts';

type Work = typeof gradebookCells | typeof gradebookColumns;

/** Another score is wanted than the one about which the LMS had the final word. */
export const isCellOwed = lt(gradebookCells.deliveredRevision, gradebookCells.revision);

/** The same of a column. */
export const isColumnOwed = lt(gradebookColumns.settledRevision, gradebookColumns.revision);

/** Work whose time has come and that nobody has in hand, or whose holder has had it for too long. */
export function isDue({ nextTryAt, claimedUntil }: Work, now: Date) {
  return and(lte(nextTryAt, now), or(isNull(claimedUntil), lte(claimedUntil, now)));
}

/** Whether anything is due at all: seldom there is, and whoever knows that need not wait for its turn to claim. */
export async function isAnyCellDue(db: Database, now: Date): Promise<boolean> {
  const { id } = gradebookCells;
  const due = await db
    .select({ id })
    .from(gradebookCells)
    .where(and(isCellOwed, isDue(gradebookCells, now)))
    // As the index of what is owed has them: otherwise all cells might be looked through to find that none is.
    .orderBy(gradebookCells.registrationId, gradebookCells.nextTryAt)
    .limit(1);
  return due.length > 0;
}

/** The same of columns. */
export async function isAnyColumnDue(db: Database, now: Date): Promise<boolean> {
  const { placementId } = gradebookColumns;
  const due = await db
    .select({ placementId })
    .from(gradebookColumns)
    .where(and(isColumnOwed, isDue(gradebookColumns, now)))
    .orderBy(gradebookColumns.nextTryAt)
    .limit(1);
  return due.length > 0;
}

/** Work that is in the hands of who claimed it until then. */
export function isHeld({ claimedUntil }: Work, until: Date) {
  return eq(claimedUntil, until);
}

/** `claimedUntil` of work that its holder lets go: free, unless another process has taken it over meanwhile. */
export function letGo({ claimedUntil }: Work, held: Date) {
  return sql`nullif(${claimedUntil}, ${held.toISOString()}::timestamptz)`;
}
