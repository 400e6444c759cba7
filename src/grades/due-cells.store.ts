// Which gradebook cells come next: those owed and due, as many for each LMS as it may be sent at a time, and none goes hungry because
// another is owed more.
import { and, asc, count, eq, gt, inArray, isNotNull, notExists, notInArray, or, type SQL } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { gradebookCells, gradebookColumns } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { isCellOwed, isColumnOwed, isDue } from './claims.ts';
import { freeLane, inTurns, isOnTrial, numbered, roomIn } from './delivery-lane.ts';
import { listLanes } from './delivery-lane.store.ts';

const { id, placementId, registrationId, nextTryAt, claimedUntil, tries } = gradebookCells;

/** How many scores are under way to one LMS at a time, whoever sends them. */
const mostPerLms = 8;

/** @returns at most `limit` keys of cells, those to be taken first in front */
export async function nextCells(tx: Transaction, { now, limit }: { now: Date; limit: number }): Promise<number[]> {
  const lanes = await listLanes(tx);
  const inHand = await countInHand(tx, now);
  const hasRoom = (lms: number) =>
    roomIn(lanes.get(lms) ?? freeLane, { now, inHand: inHand.get(lms) ?? 0, most: mostPerLms }) > 0;
  const known = [...new Set([...lanes.keys(), ...inHand.keys()])];
  const onTrial = known.filter((lms) => isOnTrial(lanes.get(lms) ?? freeLane));
  const closed = [...onTrial, ...known.filter((lms) => !hasRoom(lms))];
  const waiting = [
    ...(await firstDue(tx, now, { where: notInArray(registrations.id, closed), order: [], most: mostPerLms })),
    ...(await toTry(tx, now, onTrial.filter(hasRoom))),
  ];
  const turns = numbered(waiting, inHand).filter(({ turn }) => turn <= mostPerLms);
  return inTurns(turns, limit).map((cell) => cell.id);
}

async function countInHand(tx: Transaction, now: Date): Promise<Map<number, number>> {
  const rows = await tx
    .select({ registrationId, cells: count() })
    .from(gradebookCells)
    .where(gt(claimedUntil, now))
    .groupBy(registrationId);
  return new Map(rows.map((row) => [row.registrationId, row.cells]));
}

/**
 * One for each of these LMSs. If it may be, it is of an activity where none has failed, for those may have failed by themselves: a
 * column that is locked, say, keeps nobody else waiting.
 */
async function toTry(tx: Transaction, now: Date, lmss: number[]) {
  if (lmss.length === 0) return [];
  const failing = tx
    .select({ placementId })
    .from(gradebookCells)
    .where(and(inArray(registrationId, lmss), isCellOwed, gt(tries, 0)));
  const order = [inArray(placementId, failing), asc(tries)];
  return firstDue(tx, now, { where: inArray(registrations.id, lmss), order, most: 1 });
}

/** Of each LMS that fits, so many cells: by `order`, then those that have been due for longest. */
function firstDue(tx: Transaction, now: Date, { where, order, most }: { where: SQL; order: SQL[]; most: number }) {
  const due = tx
    .select({ id, dueAt: nextTryAt })
    .from(gradebookCells)
    .innerJoin(placements, eq(placements.id, placementId))
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(people, eq(people.id, gradebookCells.personId))
    .where(
      and(
        eq(registrationId, registrations.id),
        isCellOwed,
        isDue(gradebookCells, now),
        notExists(columnToSettle(tx, now)),
        isNotNull(placements.lineItemUrl),
        isNotNull(people.subject),
        eq(deployments.state, 'active'),
      ),
    )
    .orderBy(...order, asc(nextTryAt))
    .limit(most)
    .as('due');
  return tx
    .select({ registrationId: registrations.id, id: due.id, dueAt: due.dueAt })
    .from(registrations)
    .crossJoinLateral(due)
    .where(and(eq(registrations.state, 'active'), where))
    .orderBy(asc(due.dueAt));
}

/**
 * The column of a cell while it is about to be made or changed, or is in hand: scores go after it. One that the LMS did not
 * answer about holds up no score.
 */
function columnToSettle(tx: Transaction, now: Date) {
  return tx
    .select({ placementId: gradebookColumns.placementId })
    .from(gradebookColumns)
    .where(
      and(
        eq(gradebookColumns.placementId, placementId),
        isColumnOwed,
        or(eq(gradebookColumns.tries, 0), gt(gradebookColumns.claimedUntil, now)),
      ),
    );
}
