// Gradebook columns in hand: taken by one process at a time, and let go with what came of the try.
import { and, asc, count, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import type { CourseTarget } from '../platforms/course-access.ts';
import { isAnyColumnDue, isColumnOwed, isDue, isHeld, letGo } from './claims.ts';
import type { Noting } from './debt.ts';
import type { DeliveryCause } from './delivery-cause.ts';
import { freeLane, inTurns, numbered, roomIn, signOf } from './delivery-lane.ts';
import { listLanes, noteInLane, takeTurn } from './delivery-lane.store.ts';

/** How many columns are settled at one LMS at a time, whoever does it. */
const mostPerLms = 2;

/** A column in hand: where it is or may be made, as of the moment it was claimed. */
export interface ClaimedColumn extends CourseTarget {
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
  /** What stands at the placement, and what its link is called. */
  content: (typeof placements.$inferSelect)['content'];
  title: string | null;
  quizId: number | null;
  gradebookScopes: string[];
  family: string | null;
}

/**
 * Takes columns that are owed and due, until `claimedUntil`; no other process gets them meanwhile. Processes take turns, as with scores, and
 * wait for nobody else.
 */
export async function claimDueColumns(
  db: Database,
  { now, limit, claimedUntil }: { now: Date; limit: number; claimedUntil: Date },
): Promise<ClaimedColumn[]> {
  if (!(await isAnyColumnDue(db, now))) return [];
  return db.transaction(async (tx) => {
    await takeTurn(tx, 'columns');
    const next = await nextColumns(tx, { now, limit });
    const claimed: ClaimedColumn[] = [];
    for (const { column, placement, ...target } of next.length === 0 ? [] : await hold(tx, next, now)) {
      const { placementId, revision, isWanted } = column;
      const { lineItemUrl, lineItemsUrl, resourceLinkId, courseId, content, title, quizId, gradebookScopes } =
        placement;
      const tries = column.tries + 1;
      await tx
        .update(gradebookColumns)
        .set({ claimedUntil, tries })
        .where(eq(gradebookColumns.placementId, placementId));
      claimed.push({
        ...target,
        ...{ placementId, revision, tries, isWanted, claimedUntil },
        ...{ lineItemUrl, lineItemsUrl, resourceLinkId, courseId, content, title, quizId, gradebookScopes },
      });
    }
    return claimed;
  });
}

/** Keeps a column in hand until then; false where another process has taken it over. */
export async function prolongColumn(
  db: Database,
  { placementId, claimedUntil }: ClaimedColumn,
  until: Date,
): Promise<boolean> {
  const kept = await db
    .update(gradebookColumns)
    .set({ claimedUntil: until })
    .where(and(eq(gradebookColumns.placementId, placementId), isHeld(gradebookColumns, claimedUntil)))
    .returning({ placementId: gradebookColumns.placementId });
  return kept.length > 0;
}

/** Their placements, those to be taken first in front. */
async function nextColumns(tx: Transaction, { now, limit }: { now: Date; limit: number }): Promise<number[]> {
  const lanes = await listLanes(tx);
  const inHand = await countInHand(tx, now);
  const due = await listDue(tx, now);
  const hasRoom = ({ registrationId, turn }: { registrationId: number; turn: number }) => {
    const held = inHand.get(registrationId) ?? 0;
    return turn - held <= roomIn(lanes.get(registrationId) ?? freeLane, { now, inHand: held, most: mostPerLms });
  };
  return inTurns(numbered(due, inHand).filter(hasRoom), limit).map(({ placementId }) => placementId);
}

async function countInHand(tx: Transaction, now: Date): Promise<Map<number, number>> {
  const rows = await tx
    .select({ registrationId: deployments.registrationId, columns: count() })
    .from(gradebookColumns)
    .innerJoin(placements, eq(placements.id, gradebookColumns.placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .where(and(isColumnOwed, gt(gradebookColumns.claimedUntil, now)))
    .groupBy(deployments.registrationId);
  return new Map(rows.map((row) => [row.registrationId, row.columns]));
}

/** The first of each LMS, as many as it may have in hand: those that have not failed yet, then those that have been due for longest. */
async function listDue(tx: Transaction, now: Date) {
  const { placementId, tries, nextTryAt } = gradebookColumns;
  const due = tx
    .select({
      placementId,
      registrationId: deployments.registrationId,
      dueAt: nextTryAt,
      place:
        sql<number>`row_number() over (partition by ${deployments.registrationId} order by ${tries}, ${nextTryAt})`.as(
          'place',
        ),
    })
    .from(gradebookColumns)
    .innerJoin(placements, eq(placements.id, placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(
      and(
        isColumnOwed,
        isDue(gradebookColumns, now),
        eq(deployments.state, 'active'),
        eq(registrations.state, 'active'),
      ),
    )
    .as('due');
  return tx
    .select({ placementId: due.placementId, registrationId: due.registrationId, dueAt: due.dueAt })
    .from(due)
    .where(lte(due.place, mostPerLms))
    .orderBy(asc(due.place));
}

function hold(tx: Transaction, placementIds: number[], now: Date) {
  return tx
    .select({
      column: gradebookColumns,
      placement: placements,
      registrationId: deployments.registrationId,
      deploymentId: deployments.deploymentId,
      protocol: registrations.protocol,
      family: registrations.family,
    })
    .from(gradebookColumns)
    .innerJoin(placements, eq(placements.id, gradebookColumns.placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(and(inArray(gradebookColumns.placementId, placementIds), isColumnOwed, isDue(gradebookColumns, now)))
    .for('update', { of: gradebookColumns, skipLocked: true });
}

/** What a try came to, and what was learned by it. */
export interface ColumnResult {
  /** `unavailable` alone is worth another try. */
  outcome: NonNullable<(typeof gradebookColumns.$inferSelect)['lastOutcome']>;
  /** Null where there is none, or it says nothing about scores. */
  cause: DeliveryCause | null;
  /** HTTP status; null where no answer came, or nothing had to be asked. */
  status: number | null;
  detail: string;
  /** How long the LMS asks to be left alone; null: it does not. */
  retryAfterSeconds: number | null;
  /** The column that was found or made for us; null where none was. */
  found: string | null;
  /** The address that no longer leads anywhere. */
  gone: string | null;
}

/**
 * Notes what came of a try and what that says of its LMS, and lets the column go. Any outcome but `unavailable` settles the revision
 * that was read, and only that one. The placement gets the column that was found or made unless a launch has named one by now: a
 * launch knows better.
 */
export async function recordColumn(
  db: Database,
  { placementId, revision, claimedUntil, registrationId, tries }: ClaimedColumn,
  result: ColumnResult,
  { now, nextTryAt, jitter }: Noting,
): Promise<void> {
  const { outcome, detail, found, gone, retryAfterSeconds } = result;
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
    await noteInLane(tx, registrationId, { sign: signOf(result, tries), retryAfterSeconds, now, jitter });
  });
}
