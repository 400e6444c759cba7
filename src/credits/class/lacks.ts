// What a student still lacks to pass, in an order in which something can be done about it.
import type Fraction from 'fraction.js';
import type { Evaluation, Missing } from '../evaluate.ts';
import type { CreditPlan } from '../plan.ts';
import type { Pace } from './pace.ts';

/** One thing that is missing, with the titles that the plan has for it. Points are exact, and what is still missing. */
export type Lack =
  | { code: 'attendance' }
  | { code: 'overdue'; title: string }
  | { code: 'activity'; title: string; leastPercent: string }
  | { code: 'control'; title: string; points: Fraction }
  | { code: 'admission' | 'total'; points: Fraction };

/** Missed hours first, then what is overdue, then the rest as the evaluation has it; nothing where the course is passed. */
export function lacksOf({ isPassed, missing }: Evaluation, plan: CreditPlan, pace: Pace): Lack[] {
  if (isPassed) return [];
  const overdue = pace.code === 'overdue' ? pace.activities : [];
  const isSaid = (one: Missing) => one.code === 'activity' && overdue.some(({ key }) => key === one.key);
  const rest = missing.filter((one) => !isSaid(one)).map((one) => lackOf(one, plan));
  const isAttendance = ({ code }: Lack) => code === 'attendance';
  return [
    ...rest.filter(isAttendance),
    ...overdue.map(({ title }) => ({ code: 'overdue' as const, title })),
    ...rest.filter((lack) => !isAttendance(lack)),
  ];
}

function lackOf(missing: Missing, { activities, controls }: CreditPlan): Lack {
  switch (missing.code) {
    case 'activity': {
      const { key, leastPercent } = missing;
      return { code: 'activity', title: titleIn(activities, key), leastPercent };
    }
    case 'control':
      return { code: 'control', title: titleIn(controls, missing.key), points: missing.points };
    case 'attendance':
    case 'admission':
    case 'total':
      return missing;
  }
}

function titleIn(all: readonly { key: string; title: string }[], key: string): string {
  return all.find((one) => one.key === key)?.title ?? key;
}
