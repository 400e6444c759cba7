// The sums of a plan that must come out even, beside what they should be: what the editor shows while one types. What follows from them is
// said by plan-problems.ts.
import Fraction from 'fraction.js';
import { hoursOf, sumOfPoints, type CreditPlan } from '../plan.ts';
import type { CreditPolicy } from '../policy.ts';

/** One sum; `title` names the control where it is one control's. `field` is where one goes to change it. */
export interface PlanSum {
  code:
    'course-hours' | 'contact-hours' | 'independent-hours' | 'module-credits' | 'control-points' | 'activity-points';
  field: string;
  title: string | null;
  is: Fraction;
  shouldBe: Fraction;
}

/** In the order in which one reads a plan; credits of modules only where a module has some. */
export function planSums(plan: CreditPlan, policy: Pick<CreditPolicy, 'totalPoints'>): PlanSum[] {
  const { modules, controls, activities, contactHours, independentHours, units } = plan;
  const sum = (of: (module: CreditPlan['modules'][number]) => number) =>
    new Fraction(modules.reduce((total, module) => total + of(module), 0));
  const hasOwn = modules.some((module) => module.units !== null);
  return [
    {
      ...{ code: 'course-hours', field: 'contactHours', title: null },
      is: new Fraction(contactHours + independentHours),
      shouldBe: hoursOf(plan),
    },
    {
      ...{ code: 'contact-hours', field: 'modules', title: null },
      is: sum((module) => module.contactHours),
      shouldBe: new Fraction(contactHours),
    },
    {
      ...{ code: 'independent-hours', field: 'modules', title: null },
      is: sum((module) => module.independentHours),
      shouldBe: new Fraction(independentHours),
    },
    ...(hasOwn
      ? [
          {
            ...({ code: 'module-credits', field: 'modules', title: null } as const),
            is: sum((module) => module.units ?? 0).div(100),
            shouldBe: new Fraction(units, 100),
          },
        ]
      : []),
    {
      ...{ code: 'control-points', field: 'controls', title: null },
      is: sumOfPoints(controls),
      shouldBe: new Fraction(policy.totalPoints),
    },
    ...controls.map(({ key, title, points }, index) => ({
      ...({ code: 'activity-points', field: `controls.${index}.points`, title } as const),
      is: sumOfPoints(activities.filter(({ controlKey }) => controlKey === key)),
      shouldBe: new Fraction(points),
    })),
  ];
}
