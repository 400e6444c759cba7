// Everything that keeps a draft from being published, each at the field where it is mended.
import type { TypedForm } from '../../questions/forms/typed-form.ts';
import type { CreditPlan } from '../plan.ts';
import { planProblems, warnings, type PlanProblem } from '../plan-problems.ts';
import type { CreditPolicy } from '../policy.ts';
import { planSums, type PlanSum } from './plan-sums.ts';
import { readPlan } from './read-draft.ts';
import type { Fault } from './typed-fields.ts';

/** One thing to be mended, or (a warning) to be thought about. */
export type Finding = { field: string; isWarning: boolean } & (
  { kind: 'fault'; fault: Fault } | { kind: 'problem'; problem: PlanProblem }
);

/** A draft, looked at under the rules. */
export interface ExaminedPlan {
  /** As far as it can be read. */
  plan: CreditPlan;
  sums: readonly PlanSum[];
  findings: readonly Finding[];
  isPublishable: boolean;
}

/**
 * Looks at everything. What follows from a field that cannot be read is not told as well.
 *
 * @param placementIds where quizzes stand in the course
 */
export function examine(form: TypedForm, policy: CreditPolicy, placementIds: ReadonlySet<number>): ExaminedPlan {
  const { plan, faults } = readPlan(form);
  const unread = new Set(faults.map(({ field }) => field));
  const problems = planProblems(plan, policy, placementIds).map(
    (problem) =>
      ({ kind: 'problem', field: fieldOf(problem, plan), isWarning: warnings.has(problem.code), problem }) as const,
  );
  const findings: Finding[] = [
    ...faults.map((fault) => ({ kind: 'fault', field: fault.field, isWarning: false, fault }) as const),
    ...problems.filter(({ field }) => !unread.has(field)),
  ];
  return {
    plan,
    sums: planSums(plan, policy),
    findings,
    isPublishable: findings.every(({ isWarning }) => isWarning),
  };
}

/** Where a problem is mended. */
function fieldOf(problem: PlanProblem, plan: CreditPlan): string {
  const at = (list: 'controls' | 'modules' | 'activities', key: string, field: string) =>
    `${list}.${plan[list].findIndex((row) => row.key === key)}.${field}`;
  switch (problem.code) {
    case 'hours-per-credit':
      return 'hoursPerCredit';
    case 'credits-not-whole':
    case 'hours-not-whole':
      return 'units';
    case 'course-hours':
    case 'contact-share':
      return 'contactHours';
    case 'module-hours':
    case 'module-credits':
      return 'modules';
    case 'module-credits-missing':
      return at('modules', problem.key, 'ownUnits');
    case 'module-counts-nothing':
      return at('modules', problem.key, 'title');
    case 'module-dates':
      return at('modules', problem.key, 'dueOn');
    case 'control-points':
    case 'final-missing':
    case 'key-twice':
      return 'controls';
    case 'activity-points':
      return at('controls', problem.key, 'points');
    case 'activity-without-module':
      return at('activities', problem.key, 'module');
    case 'activity-without-control':
      return at('activities', problem.key, 'control');
    case 'activity-counts-nothing':
    case 'formative-with-points':
      return at('activities', problem.key, 'points');
    case 'quiz-not-placed':
    case 'quiz-twice':
      return at('activities', problem.key, 'placement');
    case 'independent-hours-exceeded':
      return 'activities';
  }
}
