// Who keeps up with the course, and who is behind: so that a teacher sees whom to speak to before it is too late.
import type Fraction from 'fraction.js';
import type { EvaluatedActivity, Evaluation } from '../evaluate.ts';
import { sumOfPoints, type CreditPlan, type PlanActivity } from '../plan.ts';
import type { CreditPolicy } from '../policy.ts';

/**
 * How somebody fares. `excluded`: by missed hours; `failed`: everything was assessed, and it is not enough; `overdue`: something is not
 * done whose day is over; `below`: what was assessed so far is less than what passes.
 */
export type Pace =
  | { code: 'passed' | 'on-track' | 'excluded' | 'failed' }
  | { code: 'overdue'; activities: readonly PlanActivity[] }
  | { code: 'below'; points: Fraction; maximumPoints: Fraction };

/** The first is furthest behind. */
const order: readonly Pace['code'][] = ['excluded', 'failed', 'overdue', 'below', 'on-track', 'passed'];

/** @param today as `2026-11-26`, where the course is */
export function paceOf(
  evaluation: Evaluation,
  { plan, policy }: { plan: CreditPlan; policy: Pick<CreditPolicy, 'passPercent'> },
  today: string,
): Pace {
  const { isPassed, isExcluded, grade } = evaluation;
  if (isPassed) return { code: 'passed' };
  if (isExcluded) return { code: 'excluded' };
  if (grade) return { code: 'failed' };
  const activities = evaluation.activities.filter((one) => isOverdue(one, plan, today)).map((one) => one.activity);
  if (activities.length > 0) return { code: 'overdue', activities };
  const soFar = assessedSoFar(evaluation);
  const passes = soFar.maximumPoints.mul(policy.passPercent).div(100);
  return soFar.points.lt(passes) ? { code: 'below', ...soFar } : { code: 'on-track' };
}

/** Whether somebody should speak to the student. */
export function isBehind({ code }: Pace): boolean {
  return code !== 'passed' && code !== 'on-track';
}

/** For sorting: who is furthest behind comes first. */
export function comparePaces(one: Pace, other: Pace): number {
  return order.indexOf(one.code) - order.indexOf(other.code) || overdueCount(other) - overdueCount(one);
}

function overdueCount(pace: Pace): number {
  return pace.code === 'overdue' ? pace.activities.length : 0;
}

/** What counts or is required, is not done, and should have been by yesterday. What waits for a mark is not the student's to do. */
function isOverdue({ activity, result, isDone }: EvaluatedActivity, { modules }: CreditPlan, today: string): boolean {
  const dueOn = activity.dueOn ?? modules.find(({ key }) => key === activity.moduleKey)?.dueOn ?? null;
  if (dueOn === null || dueOn >= today) return false;
  if (activity.isRequired) return !isDone && result.state !== 'waiting';
  return activity.controlKey !== null && (result.state === 'none' || result.state === 'absent');
}

/** The points of what was assessed and counts, and out of how many. What somebody was excused from tells nothing. */
function assessedSoFar({ activities, points }: Evaluation): { points: Fraction; maximumPoints: Fraction } {
  const assessed = activities.filter(
    ({ activity, result }) => activity.controlKey !== null && (result.state === 'scored' || result.state === 'absent'),
  );
  return { points, maximumPoints: sumOfPoints(assessed.map(({ activity }) => activity)) };
}
