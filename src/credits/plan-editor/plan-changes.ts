// In what a plan differs from the one before it, for whoever publishes it and whoever reads it later.
import { isSameJson } from '../../quizzes/same-json.ts';
import type { CreditPlan } from '../plan.ts';

/** What of a plan is compared by its key. */
const lists = { controls: 'control', modules: 'module', activities: 'activity' } as const;

export type ChangedPart = (typeof lists)[keyof typeof lists];

/** Single facts of a plan, by their names. */
export const planFacts = [
  ...(['units', 'hoursPerCredit', 'contactHours', 'independentHours'] as const),
  ...(['educationYear', 'semester', 'subjectCode', 'gradebookColumn'] as const),
] as const;

export type PlanFact = (typeof planFacts)[number];

/** One difference; `title` is the newer one. */
export type PlanChange =
  | { code: 'fact'; fact: PlanFact }
  | { code: 'added' | 'removed' | 'changed'; of: ChangedPart; title: string }
  | { code: 'moved'; of: ChangedPart };

/** All differences, in the order in which one reads a plan. */
export function planChanges(before: CreditPlan, after: CreditPlan): PlanChange[] {
  return [
    ...planFacts.flatMap((fact): PlanChange[] => (before[fact] === after[fact] ? [] : [{ code: 'fact', fact }])),
    ...partChanges('controls', before.controls, after.controls),
    ...partChanges('modules', before.modules, after.modules),
    ...partChanges('activities', before.activities, after.activities),
  ];
}

type Part = { key: string; title: string };

function partChanges(list: keyof typeof lists, before: readonly Part[], after: readonly Part[]): PlanChange[] {
  const of = lists[list];
  const old = new Map(before.map((part) => [part.key, part]));
  const now = new Set(after.map(({ key }) => key));
  const stayed = (parts: readonly Part[]) => parts.map(({ key }) => key).filter((key) => old.has(key) && now.has(key));
  return [
    ...after.flatMap((part): PlanChange[] => {
      const was = old.get(part.key);
      if (!was) return [{ code: 'added', of, title: part.title }];
      return isSameJson(was, part) ? [] : [{ code: 'changed', of, title: part.title }];
    }),
    ...before.flatMap(({ key, title }): PlanChange[] => (now.has(key) ? [] : [{ code: 'removed', of, title }])),
    ...(isSameJson(stayed(before), stayed(after)) ? [] : [{ code: 'moved', of } as const]),
  ];
}
