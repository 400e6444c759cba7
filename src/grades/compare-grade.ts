// What the gradebook shows of a learner beside what counts here: whether the two are the same, and whose the points there are.

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

/** Gradebooks keep two decimals of a point, or more; the last bit of a binary fraction on top. */
const roundingPoints = 0.005 + 1e-9;

/** Whether a gradebook that took `ours` may show `there`: scaled to its column, perhaps capped by it, perhaps rounded to hundredths. */
export function isShownAs(there: PointsOf, ours: PointsOf): boolean {
  const scaled = (ours.points / ours.maximumPoints) * there.maximumPoints;
  const shown = [scaled, Math.min(scaled, there.maximumPoints)];
  return shown.some((points) => Math.abs(there.points - points) <= roundingPoints);
}

/**
 * @param here what counts here; null: nothing does
 * @param there what the gradebook has; null: no points
 */
export function gradeDifference(here: PointsOf | null, there: PointsOf | null): GradeDifference {
  if (here === null) return there === null ? 'same' : 'entered';
  if (there === null) return 'missing';
  return isShownAs(there, here) ? 'same' : 'changed';
}

/** What of ours a gradebook may show. */
export interface OurScores {
  /** Null: it should show none. */
  wanted: PointsOf | null;
  /** What it last confirmed; null: nothing, or that there is none any more. */
  confirmed: PointsOf | null;
  /** What was sent since without our learning of its end. */
  unconfirmed: readonly PointsOf[];
}

/**
 * Whose the points in a gradebook are: `ours`, or `theirs`, which somebody there has entered and which must stay; `nobody`: there
 * are none, or there is a zero, as gradebooks put by themselves for missing work, where nothing of ours was ever confirmed.
 */
export function whoseGrade(
  there: PointsOf | null,
  { wanted, confirmed, unconfirmed }: OurScores,
): 'nobody' | 'ours' | 'theirs' {
  if (there === null) return 'nobody';
  const mayBe = [wanted, confirmed, ...unconfirmed].filter((score) => score !== null);
  if (mayBe.some((score) => isShownAs(there, score))) return 'ours';
  return there.points === 0 && confirmed === null ? 'nobody' : 'theirs';
}
