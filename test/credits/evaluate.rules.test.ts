// What results come to under a plan: by the rules of Uzbekistan unless another is named.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { countingMark, type SatMark } from '../../src/credits/counting-mark.ts';
import { evaluate, type ActivityResult } from '../../src/credits/evaluate.ts';
import type { CreditPlan } from '../../src/credits/plan.ts';
import { isPublishable, planProblems } from '../../src/credits/plan-problems.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { activity, planOf } from '../support/credits.ts';

const { uz } = presetPolicies;
const keys = ['q1', 'q2', 'q3', 'essay', 'exam'] as const;
interface Case {
  who: string;
  shares: Shares;
  passed: boolean;
}
type Shares = Record<string, string | ActivityResult>;

/** @param shares of each activity's points; what is not named was not assessed */
function results(shares: Shares, missed: string | null = null) {
  const activities = new Map(
    Object.entries(shares).map(([key, share]) => [
      key,
      typeof share === 'string' ? ({ state: 'scored', share: new Fraction(share), source: key } as const) : share,
    ]),
  );
  return { activities, missedHours: missed === null ? null : new Fraction(missed) };
}

function course(shares: Shares, { plan = planOf(), policy = uz, missed = null as string | null } = {}) {
  return evaluate({ plan, policy, title: 'Mechanics' }, results(shares, missed));
}

const all = (share: string): Shares => Object.fromEntries(keys.map((key) => [key, share]));
const codes = ({ missing }: { missing: readonly { code: string }[] }) => missing.map(({ code }) => code);

/** The same course, with 1.5 credits for each module and something of each control in it. */
const withModuleCredits: CreditPlan = (() => {
  const plan = planOf();
  const modules = plan.modules.map((module) => ({ ...module, units: 150 }));
  const activities = modules.flatMap(({ key: moduleKey }) =>
    plan.controls.map((control) =>
      activity(`${moduleKey}-${control.key}`, {
        ...{ moduleKey, controlKey: control.key, isRequired: control.kind === 'independent' },
        points: new Fraction(control.points).div(4).toString(),
        leastPercent: '50',
      }),
    ),
  );
  return { ...plan, modules, activities };
})();

describe('A student', () => {
  test('who has everything has all points and the best grade', () => {
    const { points, maximumPoints, grade, isPassed, components, progress } = course(all('1'));
    expect([points.toString(), maximumPoints.toString(), grade?.grade, isPassed]).toEqual(['100', '100', '5', true]);
    expect(components.map(({ key, units, isPassed: passed }) => [key, units, passed])).toEqual([['course', 600, true]]);
    expect(progress).toEqual({ required: 1, requiredDone: 1, workloadMinutes: 3000, doneMinutes: 3000 });
  });

  test('of whom nothing is known has no grade and no credits, and is told what is missing', () => {
    const none = course({});
    expect([none.points.toString(), none.grade, none.isPassed]).toEqual(['0', null, false]);
    expect(codes(none)).toEqual(['activity', 'control', 'admission', 'total']);
  });

  test('has thirds of a point exactly', () => {
    expect(course({ q1: '1/3', q2: '1/3', q3: '1/3' }).points.toFraction()).toBe('40/3');
  });

  test.each<Case>([
    { who: 'with 59.99 of 100', shares: { ...all('0.5999'), essay: '0.6' }, passed: false },
    { who: 'with exactly 60 of 100', shares: all('0.6'), passed: true },
    { who: 'with 90 and a required item below its least', shares: { ...all('1'), essay: '0.59' }, passed: false },
    { who: 'with 90 and a final below its minimum', shares: { ...all('1'), exam: '0.5999' }, passed: false },
    {
      who: 'with 29 of 50 before the final',
      shares: { q1: '0.5', q2: '0.5', q3: '0.65', essay: '0.6', exam: '1' },
      passed: false,
    },
    {
      who: 'with 30 of 50 before the final',
      shares: { q1: '0.5', q2: '0.5', q3: '0.7', essay: '0.6', exam: '1' },
      passed: true,
    },
    { who: 'who was absent from a required item', shares: { ...all('1'), essay: { state: 'absent' } }, passed: false },
    { who: 'who was excused from a required item', shares: { ...all('1'), essay: { state: 'excused' } }, passed: true },
    {
      who: 'whose required item waits for a mark',
      shares: { ...all('1'), essay: { state: 'waiting' } },
      passed: false,
    },
  ])('$who: passed is $passed', ({ shares, passed }) => {
    const evaluation = course(shares);
    expect(evaluation.isPassed).toBe(passed);
    expect(evaluation.missing.length === 0).toBe(passed);
  });

  test('who failed has the worst grade, whatever the points; who can still pass has none yet', () => {
    expect(course({ ...all('1'), exam: '0.5' }).grade?.grade).toBe('2');
    expect(course({ q1: '1', q2: '1' }).grade).toBeNull();
  });

  test('who missed a quarter of the hours with a teacher gets no credits', () => {
    expect(course(all('1'), { missed: '14.99' }).isPassed).toBe(true);
    const excluded = course(all('1'), { missed: '15' });
    expect([excluded.isPassed, excluded.isExcluded, excluded.grade?.grade]).toEqual([false, true, '2']);
    expect(codes(excluded)).toEqual(['attendance']);
  });

  test('loses nothing by a formative activity, and gains nothing', () => {
    const formative = activity('self', { controlKey: null, points: '0', form: 'reflection' });
    const plan = planOf();
    const extended = { ...plan, activities: [...plan.activities, formative] };
    const pointsWith = (self: string) => course({ ...all('0.7'), self }, { plan: extended }).points.toString();
    expect([pointsWith('0'), pointsWith('1')]).toEqual(['70', '70']);
  });
});

describe('Modules with credits of their own', () => {
  const part = fc.tuple(fc.nat(20), fc.constant(20)).map(([n, d]) => new Fraction(n, d));
  const anyone = fc.array(fc.option(part), {
    minLength: withModuleCredits.activities.length,
    maxLength: withModuleCredits.activities.length,
  });
  const evaluated = (shares: (Fraction | null)[]) =>
    evaluate(
      { plan: withModuleCredits, policy: uz, title: '' },
      {
        activities: new Map(
          withModuleCredits.activities.flatMap(({ key }, index) => {
            const share = shares[index];
            return share ? [[key, { state: 'scored', share, source: '' }] as const] : [];
          }),
        ),
        missedHours: null,
      },
    );

  test('are a plan that adds up', () => {
    expect(planProblems(withModuleCredits, uz, new Set())).toEqual([]);
    expect(planProblems(planOf(), uz, new Set())).toEqual([]);
  });

  test('give the credits of the course together, and who passed them all has passed the course', () => {
    fc.assert(
      fc.property(anyone, (shares) => {
        const { components, isPassed, points } = evaluated(shares);
        expect(components.reduce((sum, { units }) => sum + units, 0)).toBe(600);
        const sum = components.reduce((total, component) => total.add(component.points), new Fraction(0));
        expect(sum.equals(points)).toBe(true);
        if (components.every((component) => component.isPassed)) expect(isPassed).toBe(true);
      }),
    );
  });

  test('are earned one by one', () => {
    const shares = withModuleCredits.activities.map(({ moduleKey }) =>
      moduleKey === 'm2' ? new Fraction(3, 4) : null,
    );
    const { components } = evaluated(shares);
    expect(components.filter(({ isPassed }) => isPassed).map(({ key, units }) => [key, units])).toEqual([['m2', 150]]);
  });
});

test('More points never take anything away', () => {
  const share = fc.tuple(fc.nat(60), fc.constant(60)).map(([n, d]) => new Fraction(n, d));
  const shares = fc.tuple(share, share, share, share, share);
  fc.assert(
    fc.property(shares, fc.nat(4), share, (given, at, better) => {
      const before = given.map((one) => one.toFraction());
      const after = given.map((one, index) => (index === at && better.gt(one) ? better : one).toFraction());
      const named = (list: string[]) => Object.fromEntries(keys.map((key, index) => [key, list[index] ?? '0']));
      const [one, other] = [course(named(before)), course(named(after))];
      expect(other.points.gte(one.points)).toBe(true);
      if (one.isPassed) expect(other.isPassed).toBe(true);
    }),
  );
});

describe('A plan is not published', () => {
  const plan = planOf();
  const [first = activity('q1'), ...rest] = plan.activities;
  const changed: [string, Partial<CreditPlan>, string][] = [
    ['whose hours are more than its credits', { independentHours: 121 }, 'course-hours'],
    ['whose modules have other hours than the course', { modules: plan.modules.slice(1) }, 'module-hours'],
    ['whose controls come to 90', { controls: plan.controls.filter(({ key }) => key !== 'MT') }, 'control-points'],
    ['whose activities give less than their control', { activities: rest }, 'activity-points'],
    [
      'without a final',
      { controls: plan.controls.map((one) => ({ ...one, kind: 'current' as const })) },
      'final-missing',
    ],
    ['with hours for a credit that the rules do not know', { hoursPerCredit: 24 }, 'hours-per-credit'],
    ['with a quiz that stands nowhere', { activities: [{ ...first, form: 'quiz' }, ...rest] }, 'quiz-not-placed'],
    ['with two activities of one key', { activities: [first, ...plan.activities] }, 'key-twice'],
    [
      'with an activity of a module that is gone',
      { activities: [{ ...first, moduleKey: 'gone' }, ...rest] },
      'activity-without-module',
    ],
    [
      'with credits for one of its modules only',
      { modules: plan.modules.map((module, index) => ({ ...module, units: index ? null : 150 })) },
      'module-credits-missing',
    ],
  ];
  test.each(changed)('%s', (_what, change, code) => {
    const problems = planProblems({ ...plan, ...change }, uz, new Set());
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(isPublishable(problems)).toBe(false);
  });

  test('but one with an unusual share of hours with a teacher is, and it is said', () => {
    const modules = plan.modules.map((module) => ({ ...module, contactHours: 30, independentHours: 15 }));
    const problems = planProblems({ ...plan, contactHours: 120, independentHours: 60, modules }, uz, new Set());
    expect(problems.map(({ code }) => code)).toEqual(['contact-share']);
    expect(isPublishable(problems)).toBe(true);
  });
});

describe('Of the sittings of a final', () => {
  const sat = (sitting: number, points: string): SatMark => ({
    ...{ id: sitting, sitting },
    ...(points === 'absent' || points === 'empty'
      ? { state: points, points: null, maximumPoints: null }
      : { state: 'points', points: new Fraction(points), maximumPoints: new Fraction(50) }),
  });
  test.each([
    ['best', [sat(1, '20'), sat(2, '40'), sat(3, '30')], '4/5'],
    ['last', [sat(1, '20'), sat(2, '40'), sat(3, '30')], '3/5'],
    ['best', [sat(1, '20'), sat(2, 'absent')], '2/5'],
    ['last', [sat(1, '20'), sat(2, 'absent')], 'absent'],
    ['last', [sat(1, '20'), sat(2, 'empty')], '2/5'],
    ['best', [sat(1, 'empty')], 'none'],
    ['best', [sat(1, '60')], '1'],
  ] as const)('the %s counts', (counting, marks, expected) => {
    const result = countingMark([...marks], { retakes: { sittings: 3, counting } });
    expect(result.state === 'scored' ? result.share.toFraction() : result.state).toBe(expected);
  });
});
