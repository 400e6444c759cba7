// Every try to tell a gradebook of one learner's grade, for who wants to know what happened.
import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { gradebookCells, gradeDeliveries } from '../database/tables/grades.ts';
import type { PointsOf } from './compare-grade.ts';
import { causeKept, type DeliveryCause } from './delivery-cause.ts';
import type { CellState } from './grade-status.ts';

/** One try. */
export interface Delivery {
  triedAt: Date;
  /** What was sent, or would have been; null: that there is no grade. */
  sent: PointsOf | null;
  outcome: NonNullable<CellState['lastOutcome']>;
  cause: DeliveryCause | null;
  /** HTTP status of the LMS's answer; null where none came. */
  status: number | null;
  /** At most 300 characters of it. */
  detail: string;
}

/** Longer than anybody reads: an hourly try for a week and a half. */
const mostListed = 250;

/** The last tries for a learner at a placement, the newest first. */
export async function listDeliveries(db: Database, placementId: number, personId: number): Promise<Delivery[]> {
  const { triedAt, scoreGiven, scoreMaximum, outcome, cause, status, detail } = gradeDeliveries;
  const rows = await db
    .select({ triedAt, scoreGiven, scoreMaximum, outcome, cause, status, detail })
    .from(gradeDeliveries)
    .innerJoin(gradebookCells, eq(gradebookCells.id, gradeDeliveries.cellId))
    .where(and(eq(gradebookCells.placementId, placementId), eq(gradebookCells.personId, personId)))
    .orderBy(desc(gradeDeliveries.id))
    .limit(mostListed);
  return rows.map(({ scoreGiven: given, scoreMaximum: maximum, cause: kept, ...row }) => ({
    ...row,
    sent: given === null ? null : { points: Number(given), maximumPoints: Number(maximum) },
    cause: causeKept(kept),
  }));
}
