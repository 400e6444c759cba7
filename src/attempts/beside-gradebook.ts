// A row of the table of results with what the gradebook shows of the same learner.
import { gradeDifference, type GradeDifference, type PointsOf } from '../grades/compare-grade.ts';
import type { CountedScore } from '../grades/counting-attempt.ts';
import type { GradeStatus } from '../grades/grade-status.ts';

/** What the gradebook shows (null: no points), and whether a teacher should look at it. */
export interface Beside {
  there: PointsOf | null;
  difference: GradeDifference;
}

/**
 * @param row a score that is not there yet differs from nothing, and one that is never sent is missed by nobody
 * @param grades by our key of the person
 */
export function beside<Row extends { personId: number; counted: CountedScore | null; grade: GradeStatus }>(
  row: Row,
  grades: ReadonlyMap<number, PointsOf>,
): Row & Beside {
  const there = grades.get(row.personId) ?? null;
  return { ...row, there, difference: isOnItsWay(row.grade) ? 'same' : gradeDifference(sentOf(row), there) };
}

function isOnItsWay({ state }: GradeStatus): boolean {
  return state === 'on-its-way' || state === 'waiting';
}

function sentOf({ counted, grade }: { counted: CountedScore | null; grade: GradeStatus }): PointsOf | null {
  if (counted === null || grade.state === 'not-gradable') return null;
  return { points: counted.points.valueOf(), maximumPoints: counted.maximumPoints.valueOf() };
}
