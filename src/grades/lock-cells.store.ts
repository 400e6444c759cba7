// Holding many gradebook cells at once, without anybody waiting for one another in a circle.
import { asc, eq, type SQL } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { gradebookCells } from '../database/tables/grades.ts';

/** Holds the cells that fit until the transaction ends, and gives our keys of them. Whoever holds several takes them in this order. */
export async function lockCells(tx: Transaction, fit: SQL | undefined): Promise<number[]> {
  const { id } = gradebookCells;
  const rows = await tx.select({ id }).from(gradebookCells).where(fit).orderBy(asc(id)).for('update');
  return rows.map((row) => row.id);
}

/** The same for all the cells of a placement. */
export async function lockCellsAt(tx: Transaction, placementId: number): Promise<void> {
  await lockCells(tx, eq(gradebookCells.placementId, placementId));
}
