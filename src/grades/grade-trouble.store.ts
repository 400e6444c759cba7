// Where in a course grades need somebody's attention, for whoever opens its page.
import { and, eq, isNotNull, ne, or } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookCells, gradebookColumns } from '../database/tables/grades.ts';
import { isCellOwed } from './claims.ts';
import { columnStatus } from './column-status.ts';
import { gradeStatus, needsAttention } from './grade-status.ts';
import { cellState, cellStateOf } from './gradebook-cell.store.ts';

/** What is the matter at one placement. */
export interface GradeTrouble {
  /** How many grades need attention. */
  grades: number;
  /** Whether the LMS refused to make the column that they should stand in. */
  isColumnRefused: boolean;
}

/**
 * By our key of the placement; one where all is well is not in it. Two queries, which read none of the grades that arrived.
 */
export async function findGradeTrouble(
  db: Database,
  courseId: number,
  now: Date,
): Promise<ReadonlyMap<number, GradeTrouble>> {
  const refused = await findRefusedColumns(db, courseId);
  const trouble = new Map(refused.map((placementId) => [placementId, { grades: 0, isColumnRefused: true }]));
  for (const { placementId, lineItemUrl, state } of await listUnsettled(db, courseId)) {
    if (!needsAttention(gradeStatus(cellStateOf(state), lineItemUrl !== null), now)) continue;
    const { grades, isColumnRefused } = trouble.get(placementId) ?? { grades: 0, isColumnRefused: false };
    trouble.set(placementId, { grades: grades + 1, isColumnRefused });
  }
  return trouble;
}

/** The cells of a course but those that the gradebook has as they are here. */
function listUnsettled(db: Database, courseId: number) {
  const isElse = and(isNotNull(gradebookCells.lastOutcome), ne(gradebookCells.lastOutcome, 'delivered'));
  return db
    .select({ placementId: placements.id, lineItemUrl: placements.lineItemUrl, state: cellState })
    .from(gradebookCells)
    .innerJoin(placements, eq(placements.id, gradebookCells.placementId))
    .where(and(eq(placements.courseId, courseId), or(isCellOwed, isElse)));
}

async function findRefusedColumns(db: Database, courseId: number): Promise<number[]> {
  const { id, lineItemUrl, lineItemsUrl, gradebookScopes } = placements;
  const rows = await db
    .select({ id, lineItemUrl, lineItemsUrl, gradebookScopes, column: gradebookColumns })
    .from(placements)
    .innerJoin(gradebookColumns, eq(gradebookColumns.placementId, placements.id))
    .where(and(eq(placements.courseId, courseId), eq(gradebookColumns.isWanted, true)));
  return rows.filter((facts) => columnStatus(facts, true).state === 'refused').map((row) => row.id);
}
