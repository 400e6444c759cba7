// The lanes to the LMSs, for all processes together: what is known of each, and what a try has shown.
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { deliveryLanes, gradebookCells, gradebookColumns } from '../database/tables/grades.ts';
import { deployments } from '../database/tables/platforms.ts';
import { isCellOwed, isColumnOwed } from './claims.ts';
import { freeLane, isOnTrial, laneAfter, type Lane, type LaneSign } from './delivery-lane.ts';

const { registrationId, failures, pausedUntil } = deliveryLanes;
const columns = { failures, pausedUntil };

/** The lanes of which something is known, by our key of the registration; every other one is free. */
export async function listLanes(db: Database): Promise<Map<number, Lane>> {
  const rows = await db.select({ registrationId, lane: columns }).from(deliveryLanes);
  return new Map(rows.map((row) => [row.registrationId, row.lane]));
}

/** What a try has shown of the LMS, and when that was. */
export interface LaneNews {
  sign: LaneSign;
  retryAfterSeconds: number | null;
  now: Date;
  /** From 0 up to 1. */
  jitter: number;
}

/**
 * Notes what a try has shown, in the transaction that notes the try, and last in it: whoever holds a lane waits for nothing else.
 * While all is well nothing is written. When an LMS that was given up takes something again, all that waits for it is due.
 */
export async function noteInLane(tx: Transaction, registration: number, news: LaneNews): Promise<void> {
  if (news.sign === 'works') return noteSuccess(tx, registration, news);
  if (news.sign === 'unclear' && news.retryAfterSeconds === null) return;
  const isIts = eq(registrationId, registration);
  await tx
    .insert(deliveryLanes)
    .values({ registrationId: registration, ...freeLane })
    .onConflictDoNothing();
  const [lane = freeLane] = await tx.select(columns).from(deliveryLanes).where(isIts).for('update');
  await tx
    .update(deliveryLanes)
    .set(laneAfter(lane, news.sign, news))
    .where(isIts);
}

async function noteSuccess(tx: Transaction, registration: number, news: LaneNews) {
  const hasFailed = and(eq(registrationId, registration), gt(failures, 0));
  const [lane] = await tx.select(columns).from(deliveryLanes).where(hasFailed).for('update');
  if (!lane) return;
  if (isOnTrial(lane)) await makeDue(tx, registration, news.now);
  await tx
    .update(deliveryLanes)
    .set(laneAfter(lane, news.sign, news))
    .where(hasFailed);
}

/** All that waits for another try. What somebody holds just now is left out: it is being tried, or changed, and we wait for nobody. */
async function makeDue(tx: Transaction, registration: number, now: Date) {
  const cells = tx
    .select({ id: gradebookCells.id })
    .from(gradebookCells)
    .where(
      and(
        eq(gradebookCells.registrationId, registration),
        isCellOwed,
        eq(gradebookCells.lastOutcome, 'unavailable'),
        gt(gradebookCells.nextTryAt, now),
      ),
    )
    .for('update', { skipLocked: true });
  await tx.update(gradebookCells).set({ nextTryAt: now }).where(inArray(gradebookCells.id, cells));
  const waiting = tx
    .select({ id: gradebookColumns.placementId })
    .from(gradebookColumns)
    .innerJoin(placements, eq(placements.id, gradebookColumns.placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .where(and(eq(deployments.registrationId, registration), isColumnOwed, gt(gradebookColumns.nextTryAt, now)))
    .for('update', { of: gradebookColumns, skipLocked: true });
  await tx.update(gradebookColumns).set({ nextTryAt: now }).where(inArray(gradebookColumns.placementId, waiting));
}

/** Leaves these LMSs alone no longer: somebody has reason to try them now. */
export async function resumeLanes(tx: Transaction, registrationIds: readonly number[]): Promise<void> {
  if (registrationIds.length === 0) return;
  await tx
    .update(deliveryLanes)
    .set({ pausedUntil: null })
    .where(inArray(registrationId, [...new Set(registrationIds)]));
}

/** Any fixed numbers: whoever takes scores in hand waits for who does just now, and so with columns. */
const turns = { scores: 1_297_437_522, columns: 1_297_437_523 } as const;

/**
 * Lets one process at a time take work of a kind in hand, until the transaction ends, so that what all of them have in hand together
 * stays within its limits. To be called before anything is held or read; the statements after it see what the one before took. A
 * process that stands still in the middle is cut off by the database, and its turn ends.
 */
export async function takeTurn(tx: Transaction, kind: keyof typeof turns): Promise<void> {
  await tx.execute(
    sql`select set_config('idle_in_transaction_session_timeout', '10000', true), pg_advisory_xact_lock(${turns[kind]})`,
  );
}
