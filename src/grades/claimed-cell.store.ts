// Gradebook cells in hand: taken by one process at a time, and let go with what came of the try.
import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { gradebookCells, gradebookColumns, gradeDeliveries } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import type { CourseTarget } from '../platforms/course-access.ts';
import { isAnyCellDue, isCellOwed, isDue, isHeld, letGo } from './claims.ts';
import type { PointsOf } from './compare-grade.ts';
import type { Noting } from './debt.ts';
import type { DeliveryCause } from './delivery-cause.ts';
import { signOf } from './delivery-lane.ts';
import { noteInLane, takeTurn } from './delivery-lane.store.ts';
import { scoreTimestamp } from './delivery-plan.ts';
import { nextCells } from './due-cells.store.ts';
import type { CellState } from './grade-status.ts';
import { pointsOf } from './gradebook-cell.store.ts';

/** What a try came to; `unavailable` alone is tried again by itself. */
export type DeliveryOutcome = NonNullable<CellState['lastOutcome']>;

/** A cell in hand: everything needed to post its score, as of the moment it was claimed. */
export interface ClaimedCell extends CourseTarget {
  id: number;
  placementId: number;
  revision: number;
  tries: number;
  /** Null: the gradebook should show none. */
  scoreGiven: number | null;
  scoreMaximum: number;
  scoredAt: Date;
  comment: string;
  timestamp: Date;
  /** Whether this revision may have reached the LMS before, without our learning of it. */
  isRetry: boolean;
  /** A teacher wants ours, whatever the gradebook shows. */
  mayOverwrite: boolean;
  /** What the LMS last confirmed of ours; null: nothing yet, or that there is none any more. */
  confirmed: PointsOf | null;
  /** What was sent since without our learning of its end, this score included: may be there, and is ours, too. */
  unconfirmed: PointsOf[];
  claimedUntil: Date;
  subject: string;
  lineItemUrl: string;
  gradebookScopes: string[];
  family: string | null;
}

/**
 * Takes cells that are owed and due, until `claimedUntil`; no other process gets them meanwhile, and if this one dies they come free by
 * themselves. The score is read here, just in time. Revision and timestamp are noted as sent before anything is: whatever happens
 * afterwards, the next timestamp is later than any the LMS may have seen.
 *
 * Processes take turns, so that all of them together keep to what one LMS may be sent at a time. A cell that somebody else holds, as
 * who hands in or sends again does, is left for the next time: this waits for nobody but another claim, and so never in a circle.
 */
export async function claimDueCells(
  db: Database,
  { now, limit, claimedUntil }: { now: Date; limit: number; claimedUntil: Date },
): Promise<ClaimedCell[]> {
  if (!(await isAnyCellDue(db, now))) return [];
  return db.transaction(async (tx) => {
    await takeTurn(tx, 'scores');
    const next = await nextCells(tx, { now, limit });
    const claimed: ClaimedCell[] = [];
    for (const { cell, subject, lineItemUrl, ...target } of next.length === 0 ? [] : await hold(tx, next, now)) {
      const timestamp = scoreTimestamp(cell, now);
      const isHere = eq(gradebookCells.id, cell.id);
      // Never ahead of time: Moodle would keep such a timestamp and refuse every score until then (lti.md §0.7).
      if (timestamp > now) await tx.update(gradebookCells).set({ nextTryAt: timestamp }).where(isHere);
      if (timestamp > now || subject === null || lineItemUrl === null) continue;
      const tries = cell.tries + 1;
      const unconfirmed = withScore(cell);
      const sent = { sentRevision: cell.revision, sentTimestamp: timestamp, unconfirmed };
      await tx
        .update(gradebookCells)
        .set({ claimedUntil, tries, ...sent })
        .where(isHere);
      claimed.push({
        ...target,
        ...wanted(cell),
        ...{ subject, lineItemUrl, timestamp, claimedUntil, tries, unconfirmed },
      });
    }
    return claimed;
  });
}

/** Keeps a cell in hand until then; false where another process has taken it over. */
export async function prolongCell(db: Database, { id, claimedUntil }: ClaimedCell, until: Date): Promise<boolean> {
  const kept = await db
    .update(gradebookCells)
    .set({ claimedUntil: until })
    .where(and(eq(gradebookCells.id, id), isHeld(gradebookCells, claimedUntil)))
    .returning({ id: gradebookCells.id });
  return kept.length > 0;
}

/** Of these cells, those that are still to be had; ours until the transaction ends. */
function hold(tx: Transaction, ids: number[], now: Date) {
  return tx
    .select({
      cell: gradebookCells,
      subject: people.subject,
      courseId: placements.courseId,
      lineItemUrl: placements.lineItemUrl,
      gradebookScopes: placements.gradebookScopes,
      registrationId: deployments.registrationId,
      deploymentId: deployments.deploymentId,
      protocol: registrations.protocol,
      family: registrations.family,
    })
    .from(gradebookCells)
    .innerJoin(placements, eq(placements.id, gradebookCells.placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .innerJoin(people, eq(people.id, gradebookCells.personId))
    .where(and(inArray(gradebookCells.id, ids), isCellOwed, isDue(gradebookCells, now)))
    .for('update', { of: gradebookCells, skipLocked: true });
}

function wanted(cell: typeof gradebookCells.$inferSelect) {
  const { id, placementId, revision, scoredAt, comment, mayOverwrite } = cell;
  return {
    ...{ id, placementId, revision, scoredAt, comment, mayOverwrite },
    scoreGiven: cell.scoreGiven === null ? null : Number(cell.scoreGiven),
    scoreMaximum: Number(cell.scoreMaximum),
    isRetry: cell.sentRevision === revision,
    confirmed: pointsOf(cell.confirmedGiven, cell.confirmedMaximum),
  };
}

/** More than can be on their way at once; of older ones none can be there any more without one of these. */
const mostUnconfirmed = 20;

function withScore({ unconfirmed, scoreGiven, scoreMaximum }: typeof gradebookCells.$inferSelect): PointsOf[] {
  const score = pointsOf(scoreGiven, scoreMaximum);
  const isKnown = unconfirmed.some((one) => isDeepStrictEqual(one, score));
  return score === null || isKnown ? unconfirmed : [...unconfirmed, score].slice(-mostUnconfirmed);
}

/** What a try came to, and what was learned by it. */
export interface DeliveryResult {
  outcome: DeliveryOutcome;
  /** Of all but what was delivered, superseded or overridden. */
  cause: DeliveryCause | null;
  /** HTTP status; null where no answer came. */
  status: number | null;
  /** At most 300 characters of the answer. */
  detail: string;
  /** How long the LMS asks to be left alone; null: it does not. */
  retryAfterSeconds: number | null;
  /** What the gradebook showed; null: no points. Undefined where it was not read. */
  there?: PointsOf | null;
  /** The score bore too early a moment: the next try bears one of its own. */
  isTooEarly?: boolean;
}

/**
 * Notes what came of a try and what that says of its LMS, and lets the cell go. Any outcome but `unavailable` settles the revision
 * that was read, and only that one: if the score changed meanwhile, the cell is still owed. Who comes late, after another process has
 * taken the cell over and settled that revision or a later one, changes nothing about it.
 */
export async function recordDelivery(
  db: Database,
  cell: ClaimedCell,
  result: DeliveryResult,
  { now, nextTryAt, jitter }: Noting,
): Promise<void> {
  const { outcome, cause, status, detail, there, retryAfterSeconds, isTooEarly = false } = result;
  const isSettled = outcome !== 'unavailable';
  const scoreGiven = cell.scoreGiven === null ? null : String(cell.scoreGiven);
  const scoreMaximum = String(cell.scoreMaximum);
  const confirmedMaximum = scoreGiven === null ? null : scoreMaximum;
  // Who comes late knows nothing of what was sent after it.
  const isLatest = sql`${gradebookCells.sentRevision} = ${cell.revision}`;
  const unconfirmed = sql`case when ${isLatest} then '[]'::jsonb else ${gradebookCells.unconfirmed} end`;
  const confirmed = { confirmedGiven: scoreGiven, confirmedMaximum, unconfirmed };
  const settled = {
    deliveredRevision: cell.revision,
    owedSince: sql`case when ${gradebookCells.revision} > ${cell.revision} then ${gradebookCells.owedSince} end`,
    // What a teacher has wanted meanwhile is still to be done.
    mayOverwrite: cell.mayOverwrite ? false : gradebookCells.mayOverwrite,
    tries: 0,
    nextTryAt: now,
  };
  await db.transaction(async (tx) => {
    await tx.insert(gradeDeliveries).values({
      ...{ outcome, cause, status, detail, scoreGiven, scoreMaximum },
      cellId: cell.id,
      revision: cell.revision,
      sentTimestamp: cell.timestamp,
      triedAt: now,
    });
    await tx
      .update(gradebookCells)
      .set({
        claimedUntil: letGo(gradebookCells, cell.claimedUntil),
        lastOutcome: outcome,
        lastCause: cause,
        lastTriedAt: now,
        ...(isSettled ? settled : { nextTryAt }),
        ...(outcome === 'delivered' && confirmed),
        ...(isTooEarly && { sentRevision: 0, sentTimestamp: now }),
        ...(there !== undefined && thereOf(there, now)),
      })
      .where(and(eq(gradebookCells.id, cell.id), lt(gradebookCells.deliveredRevision, cell.revision)));
    const sign = signOf(result, cell.tries);
    await noteInLane(tx, cell.registrationId, { sign, retryAfterSeconds, now, jitter });
  });
}

function thereOf(there: PointsOf | null, now: Date) {
  return {
    thereGiven: there && String(there.points),
    thereMaximum: there && String(there.maximumPoints),
    thereReadAt: now,
  };
}

/** Frees every claim. Right only where no other process can have one: at the start on an embedded database. */
export async function releaseClaims(db: Database): Promise<void> {
  for (const work of [gradebookCells, gradebookColumns]) {
    await db.update(work).set({ claimedUntil: null }).where(isNotNull(work.claimedUntil));
  }
}
