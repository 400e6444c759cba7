// Another try of grades, one or many at once, because a teacher or whoever looks after the installation asks for it.
import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { isCellOwed } from './claims.ts';
import { resumeLanes } from './delivery-lane.store.ts';
import { recheckColumn } from './gradebook-column.store.ts';
import { lockCells } from './lock-cells.store.ts';
import { isChosen, type GradeChoice } from './undelivered.store.ts';

/** How many grades are now due. */
export interface Requeued {
  /** Of those that were owed anyway. */
  owed: number;
  /** Of those that the LMS had refused. */
  refused: number;
}

/**
 * Makes all that is owed to a column due now, also at an LMS that was to be left alone for a while. With `alsoRefused`, what was
 * refused is owed once more, too; where somebody has changed the grade in the gradebook, that is the teacher's to decide.
 */
export async function requeueGrades(
  db: Database,
  choice: GradeChoice,
  { now, alsoRefused }: { now: Date; alsoRefused: boolean },
): Promise<Requeued> {
  const { placementId, registrationId, revision, deliveredRevision, lastOutcome } = gradebookCells;
  const withColumn = db.select({ id: placements.id }).from(placements).where(isNotNull(placements.lineItemUrl));
  const isOwed = and(isChosen(choice), isCellOwed, inArray(placementId, withColumn));
  const isRefused = and(isChosen(choice), eq(deliveredRevision, revision), eq(lastOutcome, 'refused'));
  return db.transaction(async (tx) => {
    // Only these: one more that fits by now would be taken out of order.
    const held = inArray(gradebookCells.id, await lockCells(tx, alsoRefused ? or(isOwed, isRefused) : isOwed));
    if (alsoRefused) {
      const where = await tx.selectDistinct({ placementId }).from(gradebookCells).where(and(held, isRefused));
      // What was refused may have been refused because its column is gone.
      for (const one of where) await recheckColumn(tx, one.placementId, now);
    }
    const owed = await tx
      .update(gradebookCells)
      .set({ nextTryAt: now })
      .where(and(held, isOwed))
      .returning({ registrationId });
    const refused = alsoRefused
      ? await tx
          .update(gradebookCells)
          .set({ nextTryAt: now, owedSince: now, revision: sql`${revision} + 1` })
          .where(and(held, isRefused))
          .returning({ registrationId })
      : [];
    await resumeLanes(
      tx,
      [...owed, ...refused].map((one) => one.registrationId),
    );
    return { owed: owed.length, refused: refused.length };
  });
}
