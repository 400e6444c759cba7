// Whether a plan adds up: what each teacher's slip is told as, and that nothing else is said besides.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CreditPlan, PlanActivity } from '../../src/credits/plan.ts';
import { isPublishable, planProblems } from '../../src/credits/plan-problems.ts';
import { planSums } from '../../src/credits/plan-editor/plan-sums.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { activity, planOf } from '../support/credits.ts';

const plan = planOf();

/** The plan with one activity changed. */
function withActivity(key: string, said: Partial<PlanActivity>): CreditPlan {
  return { ...plan, activities: plan.activities.map((one) => (one.key === key ? { ...one, ...said } : one)) };
}

/** The plan with one module changed. */
function withModule(key: string, said: Partial<CreditPlan['modules'][number]>): CreditPlan {
  return { ...plan, modules: plan.modules.map((one) => (one.key === key ? { ...one, ...said } : one)) };
}

function codes(said: CreditPlan, policy = presetPolicies.uz, placementIds: number[] = []): string[] {
  return planProblems(said, policy, new Set(placementIds)).map(({ code }) => code);
}

test('a plan in which everything adds up has no problem and may be published', () => {
  expect(planProblems(plan, presetPolicies.uz, new Set())).toEqual([]);
  expect(isPublishable([])).toBe(true);
});

const threeTimes = (code: string) => [code, code, code];
const quiz = { form: 'quiz', placementId: 7 } as const;

describe('a teacher is told', () => {
  test.each<[string, CreditPlan, string[]]>([
    [
      'of hours for a credit that the rules do not know',
      { ...plan, hoursPerCredit: 20 },
      ['hours-per-credit', 'course-hours'],
    ],
    ['of credits that give no whole hours', { ...plan, units: 601 }, ['hours-not-whole']],
    ['of hours that the course lacks', { ...plan, independentHours: 110 }, ['course-hours', 'module-hours']],
    ['of module hours with a teacher', withModule('m1', { contactHours: 10 }), ['module-hours']],
    [
      'of a module due before it begins',
      withModule('m1', { opensOn: '2026-10-02', dueOn: '2026-10-01' }),
      ['module-dates'],
    ],
    [
      'of modules with and without credits of their own',
      withModule('m1', { units: 150 }),
      threeTimes('module-credits-missing'),
    ],
    [
      'of a control too small, and of all points',
      { ...plan, controls: plan.controls.map((one) => (one.key === 'MT' ? { ...one, points: '5' } : one)) },
      ['control-points', 'activity-points'],
    ],
    [
      'of a plan without a final control',
      { ...plan, controls: plan.controls.map((one) => ({ ...one, kind: 'current' as const })) },
      ['final-missing'],
    ],
    ['of an activity that lacks points', withActivity('exam', { points: '45' }), ['activity-points']],
    ['of an activity in no module', withActivity('exam', { moduleKey: 'gone' }), ['activity-without-module']],
    [
      'of an activity in no control',
      withActivity('exam', { controlKey: 'gone' }),
      ['activity-points', 'activity-without-control'],
    ],
    [
      'of an activity that counts and gives nothing',
      withActivity('exam', { points: '0' }),
      ['activity-points', 'activity-counts-nothing'],
    ],
    [
      'of practice that gives points',
      withActivity('exam', { controlKey: null }),
      ['activity-points', 'formative-with-points'],
    ],
    [
      'of a quiz that stands nowhere in the course',
      withActivity('q1', { ...quiz, placementId: 8 }),
      ['quiz-not-placed'],
    ],
    [
      'of a quiz that is chosen twice',
      {
        ...withActivity('q1', quiz),
        activities: [
          ...withActivity('q1', quiz).activities,
          activity('again', { ...quiz, controlKey: null, points: '0' }),
        ],
      },
      ['quiz-twice'],
    ],
    [
      'of more work than the course has hours for',
      withActivity('exam', { workloadMinutes: 12_000 }),
      ['independent-hours-exceeded'],
    ],
  ])('%s', (_, said, expected) => {
    expect(codes(said, presetPolicies.uz, [7])).toEqual(expected);
  });

  test('of credits that are not whole where the rules want whole ones', () => {
    const whole = { ...presetPolicies.uz, isWholeCreditsOnly: true };
    expect(codes({ ...plan, units: 550, contactHours: 55, independentHours: 110 }, whole)).toContain(
      'credits-not-whole',
    );
  });

  test('of module credits that are not those of the course, and of a module in which nothing counts', () => {
    const modules = plan.modules.map((module) => ({ ...module, units: 100 }));
    expect(codes({ ...plan, modules })).toEqual(['module-credits']);
    const inOne = plan.activities.map((one) => ({ ...one, moduleKey: 'm1' }));
    const even = plan.modules.map((module) => ({ ...module, units: 150 }));
    expect(codes({ ...plan, modules: even, activities: inOne })).toEqual(threeTimes('module-counts-nothing'));
  });
});

test('what a university may have its reasons for is said and hinders nothing', () => {
  const said = { ...plan, contactHours: 20, independentHours: 160 };
  const modules = plan.modules.map((module) => ({ ...module, contactHours: 5, independentHours: 40 }));
  const problems = planProblems({ ...said, modules }, presetPolicies.uz, new Set());
  expect(problems.map(({ code }) => code)).toEqual(['contact-share']);
  expect(isPublishable(problems)).toBe(true);
});

test('whatever the numbers, a sum that the editor shows as uneven is a problem, and one that is even is none', () => {
  const sumCodes = ['course-hours', 'module-hours', 'control-points', 'activity-points'];
  const number = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      number,
      number,
      number,
      number,
      (credits, contact, independent, own, points) => {
        const said: CreditPlan = {
          ...withActivity('q1', { points: String(points) }),
          ...{ units: credits * 100, contactHours: contact, independentHours: independent },
          modules: plan.modules.map((module) => ({ ...module, contactHours: own, independentHours: own })),
        };
        const uneven = planSums(said, presetPolicies.uz).filter(({ is, shouldBe }) => !is.equals(shouldBe));
        const problems = codes(said).filter((code) => sumCodes.includes(code));
        expect(problems.toSorted()).toEqual(
          uneven.map(({ code }) => (/^(contact|independent)-/.test(code) ? 'module-hours' : code)).toSorted(),
        );
      },
    ),
    { numRuns: 60 },
  );
});
