// Scores that go out once more although the same revision was settled: because a teacher asks, or because their column changes.
import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { gradebookCells } from '../database/tables/grades.ts';

/**
 * A teacher asks for another try of all that was refused or waits at a placement: owed once more and due now. Nothing changes for
 * cells that the LMS has confirmed.
 */
export async function retryDeliveries(db: Database, placementId: number, now: Date): Promise<void> {
  const isOwed = lt(gradebookCells.deliveredRevision, gradebookCells.revision);
  await db
    .update(gradebookCells)
    .set({
      nextTryAt: now,
      revision: sql`case when ${isOwed} then ${gradebookCells.revision} else ${gradebookCells.revision} + 1 end`,
    })
    .where(and(eq(gradebookCells.placementId, placementId), or(isOwed, eq(gradebookCells.lastOutcome, 'refused'))));
}

/**
 * Has every score of a placement sent once more, also one that is on its way just now: its column is about to be worth other
 * points, and not every LMS scales what it has.
 */
export async function resendScores(db: Database, placementId: number, now: Date): Promise<void> {
  await db
    .update(gradebookCells)
    .set({ nextTryAt: now, revision: sql`${gradebookCells.revision} + 1` })
    .where(eq(gradebookCells.placementId, placementId));
}
