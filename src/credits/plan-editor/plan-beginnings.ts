// What a new draft begins with: the rules of a preset, or the plan of another course.
import type { TypedForm } from '../../questions/forms/typed-form.ts';
import { splitHours, type CreditPlan } from '../plan.ts';
import type { CreditPolicy } from '../policy.ts';
import type { NewKey } from './draft-plan.ts';
import { planToForm } from './read-draft.ts';

/** What most courses are worth; one number to be changed. */
const usualCredits = 6;
const usualModules = 4;

/**
 * A plan with everything that the rules say, one course of the usual size in modules of equal hours, and nothing to do in it yet.
 *
 * @param now says which academic year it is
 */
export function formFromRules(policy: CreditPolicy, now: Date, newKey: NewKey): TypedForm {
  const units = usualCredits * 100;
  const hoursPerCredit = policy.hoursPerCredit.usual;
  const { contactPercent } = policy;
  const hours = splitHours({ units, hoursPerCredit }, contactPercent === null ? '40' : shareWithin(contactPercent));
  const form = planToForm({
    ...{ units, hoursPerCredit, ...hours, educationYear: educationYearOf(now), semester: 1, subjectCode: '' },
    controls: policy.controls,
    modules: Array.from({ length: usualModules }, (_, index) => ({
      ...{ key: newKey(), title: '', outcomes: [], opensOn: null, dueOn: null, units: null },
      contactHours: part(hours.contactHours, index),
      independentHours: part(hours.independentHours, index),
    })),
    ...{ activities: [], gradebookColumn: 'points' },
  });
  return form;
}

/**
 * Last year's plan for a new course: everything but what is this year's own. Modules and activities get keys of their own, so that no
 * mark of the past is taken for theirs; quizzes are placed anew, days are set anew, the year is the next one.
 */
export function formFromPlan(plan: CreditPlan, newKey: NewKey): TypedForm {
  const moduleKeys = new Map(plan.modules.map(({ key }) => [key, newKey()]));
  return planToForm({
    ...plan,
    educationYear: yearAfter(plan.educationYear),
    modules: plan.modules.map((module) => ({
      ...module,
      ...{ key: moduleKeys.get(module.key) ?? newKey(), opensOn: null, dueOn: null },
    })),
    activities: plan.activities.map((activity) => ({
      ...activity,
      ...{ key: newKey(), moduleKey: moduleKeys.get(activity.moduleKey) ?? '', placementId: null, dueOn: null },
    })),
  });
}

/** The academic year of a day; the new one begins with August, when plans are written. */
export function educationYearOf(now: Date): string {
  const from = now.getUTCMonth() >= 7 ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  return `${from}/${from + 1}`;
}

function yearAfter(educationYear: string): string {
  const from = Number(educationYear.slice(0, 4)) + 1;
  return `${from}/${from + 1}`;
}

/** 40 % where the rules allow it, and the nearest they allow otherwise. */
function shareWithin({ least, most }: { least: string; most: string }): string {
  if (Number(least) > 40) return least;
  return Number(most) < 40 ? most : '40';
}

/** So that the parts of all modules add up. */
function part(hours: number, index: number): number {
  return Math.floor(hours / usualModules) + (index < hours % usualModules ? 1 : 0);
}
