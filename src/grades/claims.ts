// What gradebook cells and columns have in common as work: due from a moment on, and in the hands of one process at a time.
import { and, isNull, lte, or, sql } from 'drizzle-orm';
import type { gradebookCells, gradebookColumns } from '../database/tables/grades.ts';

type Work = typeof gradebookCells | typeof gradebookColumns;

/** Work whose time has come and that nobody has in hand, or whose holder has had it for too long. */
export function isDue({ nextTryAt, claimedUntil }: Work, now: Date) {
  return and(lte(nextTryAt, now), or(isNull(claimedUntil), lte(claimedUntil, now)));
}

/** `claimedUntil` of work that its holder lets go: free, unless another process has taken it over meanwhile. */
export function letGo({ claimedUntil }: Work, held: Date) {
  return sql`nullif(${claimedUntil}, ${held.toISOString()}::timestamptz)`;
}
