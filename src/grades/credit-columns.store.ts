// The credit pages of a course and how their columns in the gradebook fare, for who runs it. Two queries.
import { and, asc, eq } from 'drizzle-orm';
import type { CreditColumn } from '../credits/class/class.routes.ts';
import { groupBy } from '../credits/group-by.ts';
import type { Database } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookCells } from '../database/tables/grades.ts';
import { gradeStatus, needsAttention, type GradeStatus } from './grade-status.ts';
import { cellState, cellStateOf } from './gradebook-cell.store.ts';

export async function listCreditColumns(db: Database, courseId: number, now: Date): Promise<CreditColumn[]> {
  const isCreditPage = and(eq(placements.courseId, courseId), eq(placements.content, 'credits'));
  const pages = await db
    .select({ placementId: placements.id, title: placements.title, lineItemUrl: placements.lineItemUrl })
    .from(placements)
    .where(isCreditPage)
    .orderBy(asc(placements.id));
  if (pages.length === 0) return [];
  const cells = await db
    .select({ placementId: gradebookCells.placementId, state: cellState })
    .from(gradebookCells)
    .innerJoin(placements, eq(placements.id, gradebookCells.placementId))
    .where(isCreditPage);
  const atPlacement = groupBy(cells, ({ placementId }) => placementId);
  return pages.map(({ placementId, title, lineItemUrl }) => {
    const hasColumn = lineItemUrl !== null;
    const states = (atPlacement.get(placementId) ?? []).map(({ state }) => gradeStatus(cellStateOf(state), hasColumn));
    const isTrouble = (status: GradeStatus) => needsAttention(status, now);
    const calm = states.filter((status) => !isTrouble(status));
    return {
      ...{ placementId, title, hasColumn },
      delivered: calm.filter(({ state }) => state === 'delivered').length,
      onTheirWay: calm.filter(({ state }) => state === 'on-its-way' || state === 'waiting').length,
      attention: states.length - calm.length,
    };
  });
}
