// What the gradebook shows of a learner beside what counts here.

/** Points of so many; `maximumPoints` more than 0. */
export interface PointsOf {
  points: number;
  maximumPoints: number;
}

/**
 * What a teacher should know of the two: `same`, also where both have none; `changed`, the gradebook has other points;
 * `entered`, it has points and there is no attempt here that has; `missing`, it has none although ours count.
 */
export type GradeDifference = 'same' | 'changed' | 'entered' | 'missing';

/** Whether two are the same share of their maximum: an LMS scales to its column's points and keeps five decimals. */
export function isSameShare(one: PointsOf, other: PointsOf): boolean {
  return Math.abs(one.points / one.maximumPoints - other.points / other.maximumPoints) < 1e-4;
}

/**
 * @param here what counts here; null: nothing does
 * @param there what the gradebook has; null: no points
 */
export function gradeDifference(here: PointsOf | null, there: PointsOf | null): GradeDifference {
  if (here === null) return there === null ? 'same' : 'entered';
  if (there === null) return 'missing';
  return isSameShare(here, there) ? 'same' : 'changed';
}
