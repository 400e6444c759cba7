// Gradebook columns: which we are to make or to keep right. Who has one in hand is claimed-column.store.ts.
import { and, arrayContains, asc, eq, exists, gt, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import { lineItemScope } from '../lti/line-items.ts';
import { isColumnOwed } from './claims.ts';

/** Asks for a column at a placement. Who asks while it is being made already changes nothing but makes it due now. */
export async function wantColumn(tx: Transaction, placementId: number, now: Date): Promise<void> {
  const isAskedFor = and(gradebookColumns.isWanted, isColumnOwed);
  await tx
    .insert(gradebookColumns)
    .values({ placementId, isWanted: true, revision: 1, nextTryAt: now })
    .onConflictDoUpdate({
      target: gradebookColumns.placementId,
      set: {
        isWanted: true,
        revision: sql`${gradebookColumns.revision} + case when ${isAskedFor} then 0 else 1 end`,
        tries: sql`case when ${isAskedFor} then ${gradebookColumns.tries} else 0 end`,
        nextTryAt: now,
      },
    });
}

/**
 * A new version of a quiz was published: every placement of it that has or wants a column is looked at again. The first version
 * of all says nothing about a column that was there before it.
 */
export async function reviseColumns(tx: Transaction, quizId: number, now: Date): Promise<void> {
  const hasEarlierVersion = exists(
    tx
      .select({ id: quizVersions.id })
      .from(quizVersions)
      .where(and(eq(quizVersions.quizId, quizId), gt(quizVersions.number, 1))),
  );
  await reviseWhere(tx, eq(placements.quizId, quizId), hasEarlierVersion, now);
}

/** A plan was published: every credit page of the course that has or wants a column has it looked at again. */
export async function reviseCreditColumns(tx: Transaction, courseId: number, now: Date): Promise<void> {
  const isCreditPage = and(eq(placements.courseId, courseId), eq(placements.content, 'credits'));
  await reviseWhere(tx, isCreditPage, undefined, now);
}

/** @param isOurs of a column that nobody asked for: whether it is ours to change, besides that the LMS lets us */
async function reviseWhere(tx: Transaction, isMeant: SQL | undefined, isOurs: SQL | undefined, now: Date) {
  const isOursToChange = and(
    isNotNull(placements.lineItemUrl),
    arrayContains(placements.gradebookScopes, [lineItemScope]),
    isOurs,
  );
  const found = await tx
    .select({ placementId: placements.id })
    .from(placements)
    .leftJoin(gradebookColumns, eq(gradebookColumns.placementId, placements.id))
    .where(and(isMeant, or(isNotNull(gradebookColumns.placementId), isOursToChange)))
    .orderBy(asc(placements.id));
  await revise(
    tx,
    found.map(({ placementId }) => placementId),
    now,
  );
}

/** Has the column of a placement looked at again, if it is one that we asked for: it may be gone. */
export async function recheckColumn(tx: Transaction, placementId: number, now: Date): Promise<void> {
  const [column] = await tx
    .select({ isWanted: gradebookColumns.isWanted })
    .from(gradebookColumns)
    .where(eq(gradebookColumns.placementId, placementId));
  if (column?.isWanted) await revise(tx, [placementId], now);
}

async function revise(tx: Transaction, placementIds: readonly number[], now: Date): Promise<void> {
  if (placementIds.length === 0) return;
  await tx
    .insert(gradebookColumns)
    .values(placementIds.map((placementId) => ({ placementId, isWanted: false, revision: 1, nextTryAt: now })))
    .onConflictDoUpdate({
      target: gradebookColumns.placementId,
      set: { revision: sql`${gradebookColumns.revision} + 1`, tries: 0, nextTryAt: now },
    });
}
