// From points to grades, and from grades to a GPA: exact, by lower bounds alone, compared before anything is rounded (credits.md §2.6).
import Fraction from 'fraction.js';
import type { Band, CreditPolicy } from './policy.ts';

/** Half up, to so many digits: what institutions mean by rounding. */
export function roundHalfUp(value: Fraction, digits: number): Fraction {
  const scale = 10 ** digits;
  return value.mul(scale).add(new Fraction(1, 2)).floor().div(scale);
}

/**
 * The grade for so many points of so many. The bands have lower bounds only and end at 0, so that every number has exactly one:
 * 69.99 of 100 is a 3 and 70 a 4, where HEMIS's whole bounds have holes.
 */
export function gradeFor(
  points: Fraction,
  maximumPoints: Fraction,
  { bands, rounding }: Pick<CreditPolicy, 'bands' | 'rounding'>,
): Band {
  const compared = rounding.gradesFollow === 'rounded' ? roundHalfUp(points, rounding.digits) : points;
  const percent = maximumPoints.equals(0) ? new Fraction(0) : compared.div(maximumPoints).mul(100);
  const band = bands.find(({ fromPercent }) => percent.gte(fromPercent)) ?? bands.at(-1);
  if (!band) throw new Error('Rules without a grade');
  return band;
}

/**
 * The grade of who did not pass: by their points among the grades below a pass, such as FX and F; the best of those for who has the points
 * and lacks something else. The worst there is for who is excluded, whatever the points.
 */
export function failingGrade(
  points: Fraction,
  maximumPoints: Fraction,
  {
    bands,
    rounding,
    passPercent,
    isExcluded,
  }: Pick<CreditPolicy, 'bands' | 'rounding' | 'passPercent'> & { isExcluded: boolean },
): Band {
  const failing = bands.filter(({ fromPercent }) => new Fraction(fromPercent).lt(passPercent));
  const open = failing.length === 0 || isExcluded ? bands.slice(-1) : failing;
  return gradeFor(points, maximumPoints, { bands: open, rounding });
}

/** One subject for a GPA; `gradePoints` is null while it is not graded. */
export interface GradedSubject {
  /** In hundredths of a credit. */
  units: number;
  gradePoints: Fraction | null;
}

/**
 * `Σ K·U / Σ K` over what is graded, exact: K the credits of a subject, U what its grade counts (decree 824).
 *
 * @returns null while nothing is graded
 */
export function gradePointAverage(subjects: readonly GradedSubject[]): Fraction | null {
  const graded = subjects.flatMap(({ units, gradePoints }) => (gradePoints ? [{ units, gradePoints }] : []));
  const all = graded.reduce((sum, { units }) => sum.add(units), new Fraction(0));
  if (all.equals(0)) return null;
  return graded.reduce((sum, { units, gradePoints }) => sum.add(gradePoints.mul(units)), new Fraction(0)).div(all);
}

/**
 * What HEMIS shows for the same: whole credits and whole grades, what is not graded as 0, one digit
 * (`EStudentGpa::reCalculateGpa`, credits.md §2.6.5).
 */
export function gradePointAverageOfHemis(subjects: readonly GradedSubject[]): Fraction | null {
  const whole = subjects.map(({ units, gradePoints }) => ({
    credits: Math.floor(units / 100),
    grade: gradePoints ? gradePoints.floor().valueOf() : 0,
  }));
  const all = whole.reduce((sum, { credits }) => sum + credits, 0);
  if (all === 0) return null;
  const sum = whole.reduce((total, { credits, grade }) => total + credits * grade, 0);
  return roundHalfUp(new Fraction(sum, all), 1);
}
