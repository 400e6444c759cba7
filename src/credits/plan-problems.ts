// Whether a plan adds up (credits.md §5.3, invariant 8). What does not stands in the way of publishing; the editor says it as one types.
import Fraction from 'fraction.js';
import { countingActivities, hoursOf, sumOfPoints, type CreditPlan } from './plan.ts';
import type { CreditPolicy } from './policy.ts';

/** What does not add up; `is` and `shouldBe` are exact. `key` names the control, module or activity. */
export type PlanProblem =
  | { code: 'hours-per-credit'; least: number; most: number }
  | { code: 'credits-not-whole' }
  | { code: 'hours-not-whole' }
  | { code: 'course-hours'; is: Fraction; shouldBe: Fraction }
  | { code: 'contact-share'; is: Fraction; least: string; most: string }
  | { code: 'module-hours'; is: Fraction; shouldBe: Fraction; of: 'contact' | 'independent' }
  | { code: 'module-credits'; is: Fraction; shouldBe: Fraction }
  | { code: 'module-credits-missing'; key: string }
  | { code: 'module-counts-nothing'; key: string }
  | { code: 'control-points'; is: Fraction; shouldBe: Fraction }
  | { code: 'activity-points'; key: string; is: Fraction; shouldBe: Fraction }
  | { code: 'final-missing' }
  | { code: 'activity-without-module'; key: string }
  | { code: 'activity-without-control'; key: string }
  | { code: 'activity-counts-nothing'; key: string }
  | { code: 'formative-with-points'; key: string }
  | { code: 'quiz-not-placed'; key: string }
  | { code: 'quiz-twice'; key: string }
  | { code: 'independent-hours-exceeded'; is: Fraction; shouldBe: Fraction }
  | { code: 'module-dates'; key: string }
  | { code: 'key-twice'; key: string };

/** The codes that are said and hinder nothing: a rule of the policy that a university may have its reasons to bend. */
export const warnings: ReadonlySet<PlanProblem['code']> = new Set([
  'contact-share',
  'independent-hours-exceeded',
] as const);

/**
 * Everything about a plan that does not add up under the rules, in the order in which one reads a plan.
 *
 * @param placementIds where quizzes stand in the course
 */
export function planProblems(plan: CreditPlan, policy: CreditPolicy, placementIds: ReadonlySet<number>): PlanProblem[] {
  return [
    ...courseProblems(plan, policy),
    ...keysTwice(plan),
    ...controlProblems(plan, policy),
    ...moduleProblems(plan),
    ...activityProblems(plan, placementIds),
  ];
}

/** Whether a plan may be published. */
export function isPublishable(problems: readonly PlanProblem[]): boolean {
  return problems.every(({ code }) => warnings.has(code));
}

function courseProblems(plan: CreditPlan, policy: CreditPolicy): PlanProblem[] {
  const { least, most } = policy.hoursPerCredit;
  const all = hoursOf(plan);
  const is = new Fraction(plan.contactHours + plan.independentHours);
  const share = all.equals(0) ? new Fraction(0) : new Fraction(plan.contactHours).div(all).mul(100);
  const bounds = policy.contactPercent;
  return [
    ...problem(plan.hoursPerCredit < least || plan.hoursPerCredit > most, { code: 'hours-per-credit', least, most }),
    ...problem(policy.isWholeCreditsOnly && plan.units % 100 !== 0, { code: 'credits-not-whole' }),
    ...(all.d === 1n
      ? problem(!is.equals(all), { code: 'course-hours', is, shouldBe: all })
      : [{ code: 'hours-not-whole' } as const]),
    ...(bounds
      ? problem(share.lt(bounds.least) || share.gt(bounds.most), { code: 'contact-share', is: share, ...bounds })
      : []),
  ];
}

function controlProblems(plan: CreditPlan, policy: CreditPolicy): PlanProblem[] {
  const is = sumOfPoints(plan.controls);
  const shouldBe = new Fraction(policy.totalPoints);
  return [
    ...problem(!is.equals(shouldBe), { code: 'control-points', is, shouldBe }),
    ...problem(!plan.controls.some(({ kind }) => kind === 'final'), { code: 'final-missing' }),
    ...plan.controls.flatMap(({ key, points }) => {
      const given = sumOfPoints(plan.activities.filter(({ controlKey }) => controlKey === key));
      return problem(!given.equals(points), {
        code: 'activity-points',
        key,
        is: given,
        shouldBe: new Fraction(points),
      });
    }),
  ];
}

function moduleProblems(plan: CreditPlan): PlanProblem[] {
  const { modules, contactHours, independentHours, units } = plan;
  const sum = (of: (module: CreditPlan['modules'][number]) => number) =>
    new Fraction(modules.reduce((total, module) => total + of(module), 0));
  const contact = sum((module) => module.contactHours);
  const independent = sum((module) => module.independentHours);
  const own = modules.filter((module) => module.units !== null);
  const credits = sum((module) => module.units ?? 0);
  const workload = new Fraction(plan.activities.reduce((total, { workloadMinutes }) => total + workloadMinutes, 0));
  const hasOwn = own.length > 0;
  return [
    ...problem(!contact.equals(contactHours), {
      ...{ code: 'module-hours', of: 'contact', is: contact },
      shouldBe: new Fraction(contactHours),
    }),
    ...problem(!independent.equals(independentHours), {
      ...{ code: 'module-hours', of: 'independent', is: independent },
      shouldBe: new Fraction(independentHours),
    }),
    ...problem(hasOwn && own.length === modules.length && !credits.equals(units), {
      ...{ code: 'module-credits', is: credits.div(100) },
      shouldBe: new Fraction(units, 100),
    }),
    ...modules.flatMap(({ key, units: ownUnits, opensOn, dueOn }) => [
      ...problem(hasOwn && ownUnits === null, { code: 'module-credits-missing', key }),
      ...problem(hasOwn && sumOfPoints(countingActivities(plan, key)).equals(0), {
        code: 'module-counts-nothing',
        key,
      }),
      // Days of one form are in order when their texts are.
      ...problem(opensOn !== null && dueOn !== null && opensOn > dueOn, { code: 'module-dates', key }),
    ]),
    ...problem(workload.gt((contactHours + independentHours) * 60), {
      ...{ code: 'independent-hours-exceeded', is: workload.div(60) },
      shouldBe: new Fraction(contactHours + independentHours),
    }),
  ];
}

function activityProblems({ activities, modules, controls }: CreditPlan, placementIds: ReadonlySet<number>) {
  const moduleKeys = new Set(modules.map(({ key }) => key));
  const controlKeys = new Set(controls.map(({ key }) => key));
  return activities.flatMap(({ key, moduleKey, controlKey, points, form, placementId }, index): PlanProblem[] => {
    const counts = controlKey !== null;
    const isWorth = new Fraction(points).gt(0);
    const isBefore = activities.slice(0, index).some((other) => other.placementId === placementId);
    return [
      ...problem(!moduleKeys.has(moduleKey), { code: 'activity-without-module', key }),
      ...problem(counts && !controlKeys.has(controlKey), { code: 'activity-without-control', key }),
      ...problem(counts && !isWorth, { code: 'activity-counts-nothing', key }),
      ...problem(!counts && isWorth, { code: 'formative-with-points', key }),
      ...problem(form === 'quiz' && (placementId === null || !placementIds.has(placementId)), {
        code: 'quiz-not-placed',
        key,
      }),
      ...problem(form === 'quiz' && placementId !== null && isBefore, { code: 'quiz-twice', key }),
    ];
  });
}

function keysTwice({ controls, modules, activities }: CreditPlan): PlanProblem[] {
  const twice = (all: readonly { key: string }[]) =>
    all.filter(({ key }, index) => all.findIndex((other) => other.key === key) < index);
  return [controls, modules, activities].flatMap((all) =>
    twice(all).map(({ key }) => ({ code: 'key-twice', key }) as const),
  );
}

function problem<Found extends PlanProblem>(holds: boolean, found: Found): Found[] {
  return holds ? [found] : [];
}
