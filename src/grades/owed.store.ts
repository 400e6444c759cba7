// What gradebooks are owed altogether, for whoever watches over the installation. Only what could be delivered counts: nobody waits
// for a grade without a column, or for an LMS that is switched off.
import { and, asc, count, eq, exists, gt, isNotNull, lt, min, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { courses, people, placements } from '../database/tables/courses.ts';
import { deliveryLanes, gradebookCells } from '../database/tables/grades.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { isCellOwed } from './claims.ts';
import { isPaused } from './delivery-lane.ts';
import { patienceMs } from './grade-status.ts';

/** What one LMS is owed at a moment. */
export interface OwedToPlatform {
  registrationId: number;
  issuer: string;
  /** How many grades. */
  owed: number;
  /** Since when the oldest of them has been; null where there is none. */
  oldestSince: Date | null;
  /** How many of them some process is sending. */
  inHand: number;
  /** Whether they are held back for a while, because the LMS takes none. */
  isPaused: boolean;
}

/** Every LMS that is switched on, also one that is owed nothing. Costs as much as is owed, not as was ever delivered. */
export async function listOwed(db: Database, now: Date): Promise<OwedToPlatform[]> {
  const { registrationId, owedSince, claimedUntil } = gradebookCells;
  const owed = db
    .select({
      registrationId,
      cells: count().as('cells'),
      oldestSince: min(owedSince).as('oldest_since'),
      inHand: sql<number>`count(*) filter (where ${gt(claimedUntil, now)})`.as('in_hand'),
    })
    .from(gradebookCells)
    .where(isDeliverable(db))
    .groupBy(registrationId)
    .as('owed');
  const rows = await db
    .select({
      registrationId: registrations.id,
      issuer: registrations.issuer,
      owed: owed.cells,
      oldestSince: owed.oldestSince,
      inHand: owed.inHand,
      lane: { failures: deliveryLanes.failures, pausedUntil: deliveryLanes.pausedUntil },
    })
    .from(registrations)
    .leftJoin(owed, eq(owed.registrationId, registrations.id))
    .leftJoin(deliveryLanes, eq(deliveryLanes.registrationId, registrations.id))
    .where(eq(registrations.state, 'active'))
    .orderBy(asc(registrations.id));
  return rows.map(({ lane, ...row }) => ({
    ...row,
    owed: row.owed ?? 0,
    inHand: row.inHand ?? 0,
    isPaused: lane !== null && isPaused(lane, now),
  }));
}

/** Whether a grade is owed for longer than even an LMS that is away should be. */
export async function areGradesLate(db: Database, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - patienceMs);
  const found = await db
    .select({ id: gradebookCells.id })
    .from(gradebookCells)
    .where(and(isDeliverable(db), lt(gradebookCells.owedSince, before)))
    .limit(1);
  return found.length > 0;
}

function isDeliverable(db: Database) {
  const target = db
    .select({ id: placements.id })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .innerJoin(people, eq(people.id, gradebookCells.personId))
    .where(
      and(
        eq(placements.id, gradebookCells.placementId),
        isNotNull(placements.lineItemUrl),
        isNotNull(people.subject),
        eq(deployments.state, 'active'),
        eq(registrations.state, 'active'),
      ),
    );
  return and(isCellOwed, exists(target));
}
