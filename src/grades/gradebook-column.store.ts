// Gradebook columns: which we are to make or to keep right, who has one in hand, and what came of every try.
import { and, arrayContains, asc, eq, exists, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import { lineItemScope } from '../lti/line-items.ts';
import { isDue, letGo } from './claims.ts';

/** What a try came to; `unavailable` alone is worth another. */
export type ColumnOutcome = NonNullable<(typeof gradebookColumns.$inferSelect)['lastOutcome']>;

/** A column in hand: where it is or may be made, as of the moment it was claimed. */
export interface ClaimedColumn {
  placementId: number;
  revision: number;
  tries: number;
  /** Whether to make one where there is none. */
  isWanted: boolean;
  claimedUntil: Date;
  /** The placement's column; null where it has none that we know of. */
  lineItemUrl: string | null;
  lineItemsUrl: string | null;
  resourceLinkId: string;
  quizId: number | null;
  gradebookScopes: string[];
  registrationId: number;
  deploymentId: string;
  family: string | null;
}

/** What to note of a try. */
export interface ColumnResult {
  outcome: ColumnOutcome;
  detail: string;
  /** The column that was found or made for us; null where none was. */
  found: string | null;
  /** The address that no longer leads anywhere. */
  gone: string | null;
}

const isOwed = lt(gradebookColumns.settledRevision, gradebookColumns.revision);

/** Asks for a column at a placement. Who asks while it is being made already changes nothing but makes it due now. */
export async function wantColumn(tx: Transaction, placementId: number, now: Date): Promise<void> {
  const isAskedFor = and(gradebookColumns.isWanted, isOwed);
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
  const isOursToChange = and(
    isNotNull(placements.lineItemUrl),
    arrayContains(placements.gradebookScopes, [lineItemScope]),
    hasEarlierVersion,
  );
  const found = await tx
    .select({ placementId: placements.id })
    .from(placements)
    .leftJoin(gradebookColumns, eq(gradebookColumns.placementId, placements.id))
    .where(and(eq(placements.quizId, quizId), or(isNotNull(gradebookColumns.placementId), isOursToChange)))
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

/** Takes columns that are owed and due, for `leaseMs`; no other process gets them meanwhile. */
export async function claimDueColumns(
  db: Database,
  { now, limit, leaseMs }: { now: Date; limit: number; leaseMs: number },
): Promise<ClaimedColumn[]> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({
        column: gradebookColumns,
        placement: placements,
        registrationId: deployments.registrationId,
        deploymentId: deployments.deploymentId,
        family: registrations.family,
      })
      .from(gradebookColumns)
      .innerJoin(placements, eq(placements.id, gradebookColumns.placementId))
      .innerJoin(courses, eq(courses.id, placements.courseId))
      .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
      .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
      .where(
        and(isOwed, isDue(gradebookColumns, now), eq(deployments.state, 'active'), eq(registrations.state, 'active')),
      )
      .orderBy(asc(gradebookColumns.nextTryAt))
      .limit(limit)
      .for('update', { of: gradebookColumns, skipLocked: true });
    const claimedUntil = new Date(now.getTime() + leaseMs);
    const claimed: ClaimedColumn[] = [];
    for (const { column, placement, ...target } of rows) {
      const { placementId, revision, isWanted } = column;
      const { lineItemUrl, lineItemsUrl, resourceLinkId, quizId, gradebookScopes } = placement;
      const tries = column.tries + 1;
      await tx
        .update(gradebookColumns)
        .set({ claimedUntil, tries })
        .where(eq(gradebookColumns.placementId, placementId));
      claimed.push({
        ...target,
        ...{ placementId, revision, tries, isWanted, claimedUntil },
        ...{ lineItemUrl, lineItemsUrl, resourceLinkId, quizId, gradebookScopes },
      });
    }
    return claimed;
  });
}

/**
 * Notes what came of a try, and lets the column go. Any outcome but `unavailable` settles the revision that was read, and only
 * that one. The placement gets the column that was found or made unless a launch has named one by now: a launch knows better.
 */
export async function recordColumn(
  db: Database,
  { placementId, revision, claimedUntil }: ClaimedColumn,
  { outcome, detail, found, gone }: ColumnResult,
  { now, nextTryAt }: { now: Date; nextTryAt: Date },
): Promise<void> {
  const isSettled = outcome !== 'unavailable';
  const isGone = (url: PgColumn) => (gone === null ? sql`false` : eq(url, gone));
  await db.transaction(async (tx) => {
    // The placement first, as publishing does: in the other order the two could wait for each other.
    await tx
      .update(placements)
      .set({ lineItemUrl: found })
      .where(
        and(
          eq(placements.id, placementId),
          or(isGone(placements.lineItemUrl), found === null ? undefined : isNull(placements.lineItemUrl)),
        ),
      );
    await tx
      .update(gradebookColumns)
      .set({
        claimedUntil: letGo(gradebookColumns, claimedUntil),
        lastOutcome: outcome,
        lastDetail: detail,
        lineItemUrl: sql`case when ${isGone(gradebookColumns.lineItemUrl)} or ${found}::text is not null
          then ${found}::text else ${gradebookColumns.lineItemUrl} end`,
        ...(isSettled ? { settledRevision: revision, tries: 0, nextTryAt: now } : { nextTryAt }),
      })
      .where(and(eq(gradebookColumns.placementId, placementId), lt(gradebookColumns.settledRevision, revision)));
  });
}
