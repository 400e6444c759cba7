// Keeps what a comparison found in a gradebook, so that every page knows of it afterwards.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import type { PointsOf } from './compare-grade.ts';
import { outcomeAfterReading } from './grade-status.ts';
import { cellState, cellStateOf } from './gradebook-cell.store.ts';
import { lockCellsAt } from './lock-cells.store.ts';

/**
 * Notes for every cell of a placement what the gradebook showed. A grade that somebody there has changed since we delivered it is
 * `overridden` from now on, and one that is ours again is delivered. Nothing becomes owed by this, and what was tried after the
 * reading began stays as it is.
 *
 * @param grades by our key of the person; who is not in it has no points there
 */
export async function noteReading(
  db: Database,
  placementId: number,
  { grades, startedAt }: { grades: ReadonlyMap<number, PointsOf>; startedAt: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCellsAt(tx, placementId);
    const { id, personId } = gradebookCells;
    const rows = await tx
      .select({ id, personId, state: cellState })
      .from(gradebookCells)
      .where(eq(gradebookCells.placementId, placementId));
    const seen = rows
      .map(({ state, ...row }) => ({ ...row, cell: cellStateOf(state) }))
      .filter(({ cell }) => cell.lastTriedAt === null || cell.lastTriedAt <= startedAt)
      .map(({ id: key, personId: person, cell }) => {
        const there = grades.get(person) ?? null;
        const outcome = outcomeAfterReading(cell, there);
        return { key, given: there?.points ?? null, maximum: there?.maximumPoints ?? null, outcome };
      });
    if (seen.length === 0) return;
    await tx
      .update(gradebookCells)
      .set({
        thereGiven: sql`seen.given`,
        thereMaximum: sql`seen.maximum`,
        thereReadAt: startedAt,
        lastOutcome: sql`seen.outcome`,
      })
      .from(
        sql`jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as seen(key bigint, given numeric, maximum numeric, outcome text)`,
      )
      .where(eq(id, sql`seen.key`));
  });
}
