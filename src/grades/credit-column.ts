// What the credit page's column in the gradebook shows of a student, and out of how much, as the plan says.
import Fraction from 'fraction.js';
import type { StudentCredits } from '../credits/course-credits.ts';
import { countingActivities, sumOfPoints, type CreditPlan } from '../credits/plan.ts';

/** What the column is worth: all points of the course, or its credits. */
export function creditColumnPoints(plan: CreditPlan): Fraction {
  return plan.gradebookColumn === 'credits' ? new Fraction(plan.units, 100) : sumOfPoints(countingActivities(plan));
}

/** What a student has there: points of the whole course so far, or confirmed credits. Null while nothing was assessed or given. */
export function creditScore(
  { evaluation: { activities, points }, sums }: StudentCredits,
  plan: CreditPlan,
): { points: Fraction; maximumPoints: Fraction } | null {
  if (activities.every((activity) => activity.points === null) && sums.confirmed === 0) return null;
  const maximumPoints = creditColumnPoints(plan);
  const confirmed = new Fraction(sums.confirmed, 100);
  return { points: plan.gradebookColumn === 'credits' ? confirmed : points, maximumPoints };
}
