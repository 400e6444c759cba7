// What students may know of their own credits, what is still needed, and what would be if …
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { studentCredits } from '../../src/credits/course-credits.ts';
import type { ActivityResult, StudentResults } from '../../src/credits/evaluate.ts';
import type { Account, LedgerEntry } from '../../src/credits/ledger.ts';
import type { CreditPlan } from '../../src/credits/plan.ts';
import type { PublishedPlan } from '../../src/credits/plan.store.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { creditsWithout, hiddenQuizzes } from '../../src/credits/student/shown-credits.ts';
import { statementOf } from '../../src/credits/student/statement.ts';
import { readSupposition, suppose } from '../../src/credits/student/what-if.ts';
import { noAccommodation } from '../../src/courses/accommodation.ts';
import { planOf } from '../support/credits.ts';

const now = new Date('2026-11-26T08:00:00Z');
const keys = ['q1', 'q2', 'q3', 'essay', 'exam'];
const quizPlan = planOf({ placementIds: [1, 2, 3] });

function published(plan: CreditPlan = quizPlan): PublishedPlan {
  const policy = presetPolicies.uz;
  return {
    ...{ id: 1, courseId: 1, number: 1, title: 'Mexanika', policyId: 1, policyNumber: 1 },
    ...{ plan, policy, publishedAt: now },
  };
}

const scored = (share: Fraction | string): ActivityResult => ({
  state: 'scored',
  share: new Fraction(share),
  source: 'test',
});

function resultsOf(shares: Record<string, ActivityResult | string>): StudentResults {
  const activities = Object.entries(shares).map(
    ([key, given]) => [key, typeof given === 'string' ? scored(given) : given] as const,
  );
  return { activities: new Map(activities), missedHours: null };
}

function awardOf(units: number): LedgerEntry {
  const evidence = { points: '80', maximumPoints: '100', grade: '4', gradePoints: '4', activities: [] };
  return {
    ...{ id: 1, personId: 1, componentKey: 'course', kind: 'award', units, planId: 1, evidence, evidenceHash: '' },
    ...{ reason: '', actorId: 1, confirmationId: null, enteredAt: now },
  };
}

/** The page of a student, in Tashkent. */
function pageOf(
  results: StudentResults,
  {
    hidden = new Set<string>(),
    plan = quizPlan,
    account = [] as Account,
    accommodation = noAccommodation,
    dueOfQuiz = null as Date | null,
  } = {},
) {
  const accounts = new Map(account.length > 0 ? [['course', account]] : []);
  const credits = creditsWithout(hidden, published(plan), results, accounts);
  const places = new Map([[1, { dueAt: dueOfQuiz, isOwnDue: false, arePointsShown: true }]]);
  const own = { inForce: published(plan), credits, marks: [], places, accommodation };
  return { credits, statement: statementOf(own, { earlier: new Map(), timeZone: 'Asia/Tashkent', now }) };
}

describe('Points that a quiz does not show yet', () => {
  const share = fc.integer({ min: 0, max: 20 }).map((twentieths) => new Fraction(twentieths, 20));
  const any = fc.record({ q1: share, q2: share, q3: share, essay: share, exam: share });

  test('change nothing at all of what the student reads', () => {
    fc.assert(
      fc.property(any, share, fc.boolean(), (shares, other, isConfirmed) => {
        const read = (hiddenShare: Fraction) => {
          const results = resultsOf(
            Object.fromEntries(
              Object.entries({ ...shares, q3: hiddenShare }).map(([key, given]) => [key, scored(given)]),
            ),
          );
          const hidden = new Set(['q3']);
          return pageOf(results, { hidden, account: isConfirmed ? [awardOf(600)] : [] });
        };
        expect(read(other)).toEqual(read(shares.q3));
      }),
      { numRuns: 60 },
    );
  });

  test('are those of quizzes that were scored and may not be seen, and of no other', () => {
    const place = (arePointsShown: boolean) => ({ dueAt: null, isOwnDue: false, arePointsShown });
    const places = new Map([
      [1, place(false)],
      [2, place(true)],
      [3, place(false)],
    ]);
    const results = resultsOf({ q1: '1/2', q2: '1', q3: { state: 'waiting' } });
    expect([...hiddenQuizzes(quizPlan, results, places)]).toEqual(['q1']);
  });

  test('leave no grade, and what is confirmed stays confirmed', () => {
    const results = resultsOf(Object.fromEntries(keys.map((key) => [key, '1'])));
    const { credits } = pageOf(results, { hidden: new Set(['q3']), account: [awardOf(600)] });
    expect(credits.evaluation.grade).toBeNull();
    expect(credits.components[0]?.standing).toBe('confirmed');
    expect(credits.sums).toEqual({ confirmed: 600, provisional: 0 });
  });

  test('let a quiz be done where handing in is all it takes, and say nothing where it is not', () => {
    const [q1, ...others] = quizPlan.activities;
    const required = (leastPercent: string) => ({
      ...quizPlan,
      activities: [{ ...q1, isRequired: true, leastPercent }, ...others] as CreditPlan['activities'],
    });
    const results = resultsOf({ q1: '1' });
    const saidOfQ1 = (plan: CreditPlan) => {
      const [next] = pageOf(results, { hidden: new Set(['q1']), plan }).statement.toEarn;
      return next?.needs.filter(({ title }) => title === 'q1').map(({ code }) => code);
    };
    expect(saidOfQ1(required('0'))).toEqual([]);
    expect(saidOfQ1(required('60'))).toEqual(['result-hidden']);
  });
});

test('What is passed waits, and says so, while credits of a plan that is no more stand', () => {
  const results = resultsOf(Object.fromEntries(keys.map((key) => [key, '1'])));
  const older = new Map([['m1', [{ ...awardOf(300), componentKey: 'm1' }]]]);
  const credits = studentCredits(published(), results, older);
  expect(credits.components.map(({ standing }) => standing)).toEqual(['held']);
  expect(credits.sums).toEqual({ confirmed: 300, provisional: 0 });
});

describe('What is still needed', () => {
  test('names activities, controls, the admission and the total, each with its points', () => {
    const { toEarn } = pageOf(resultsOf({ q1: '1', q2: '1/2', essay: { state: 'waiting' } })).statement;
    const needs = toEarn[0]?.needs.map(({ code, title, points }) => [code, title, points?.toFraction() ?? null]);
    expect(needs).toEqual([
      ['activity', 'essay', null],
      ['control', 'Yakuniy nazorat', '30'],
      ['admission', '', '15'],
      ['total', '', '45'],
    ]);
  });

  test('says by when: the activity before its module, the LMS before the plan, and the student’s own date before all', () => {
    const plan: CreditPlan = {
      ...quizPlan,
      modules: quizPlan.modules.map((module) => ({ ...module, dueOn: '2026-12-20' })),
      activities: quizPlan.activities.map((activity) =>
        activity.key === 'essay' ? { ...activity, dueOn: '2026-12-10' } : activity,
      ),
    };
    const dueOf = (key: string, said: Parameters<typeof pageOf>[1] = {}) => {
      const { modules } = pageOf(resultsOf({}), { plan, ...said }).statement;
      const row = modules.flatMap(({ activities }) => activities).find(({ activity }) => activity.key === key);
      return row?.due && [row.due.at.toISOString().slice(0, 16), row.due.isOwn];
    };
    expect(dueOf('exam')).toEqual(['2026-12-20T18:59', false]);
    expect(dueOf('essay')).toEqual(['2026-12-10T18:59', false]);
    expect(dueOf('q1', { dueOfQuiz: now })).toEqual(['2026-11-26T08:00', false]);
    const accommodation = { extraTimePercent: 0, dueUntil: new Date('2027-01-15T12:00:00Z') };
    expect(dueOf('essay', { accommodation })).toEqual(['2027-01-15T12:00', true]);
  });

  test('names the next day on which something can be done in time, and says of the last one that it is over', () => {
    const dueOf = (days: Record<string, string>) => {
      const activities = quizPlan.activities.map((activity) => ({ ...activity, dueOn: days[activity.key] ?? null }));
      const { needs = [] } = pageOf(resultsOf({}), { plan: { ...quizPlan, activities } }).statement.toEarn[0] ?? {};
      const due = needs.find(({ code }) => code === 'total')?.due;
      return due && [due.at.toISOString().slice(0, 10), due.isPast];
    };
    expect(dueOf({ q1: '2026-11-20', q2: '2026-12-05', exam: '2026-12-20' })).toEqual(['2026-12-05', false]);
    expect(dueOf({ q1: '2026-11-20', q2: '2026-11-22' })).toEqual(['2026-11-22', true]);
  });

  test('of a module goes by the dates of that module', () => {
    const days: Record<string, string> = { m1: '2026-12-01', m2: '2026-12-02', m3: '2026-12-03', m4: '2026-12-04' };
    const modules = quizPlan.modules.map((module) => ({ ...module, units: 150, dueOn: days[module.key] ?? null }));
    const { toEarn } = pageOf(resultsOf({ q1: '1' }), { plan: { ...quizPlan, modules } }).statement;
    const dates = toEarn.map(({ component, needs }) => [
      component.key,
      ...new Set(needs.map(({ due }) => due?.at.toISOString().slice(0, 10))),
    ]);
    expect(dates).toEqual([
      ['m2', '2026-12-02'],
      ['m3', '2026-12-03'],
      ['m4', '2026-12-04'],
    ]);
  });

  test('stands by what was taken back, until something is given again', () => {
    const award = awardOf(600);
    const reversal: LedgerEntry = { ...award, id: 2, kind: 'reversal', units: -600, reason: 'A mistake' };
    const taken = (account: Account) =>
      pageOf(resultsOf({}), { account }).statement.takenBack.map(({ entry }) => entry.id);
    expect(taken([award])).toEqual([]);
    expect(taken([award, reversal])).toEqual([2]);
    expect(taken([award, reversal, { ...award, id: 3 }])).toEqual([]);
  });
});

describe('What if I get …', () => {
  const rowsOf = (results: StudentResults) => pageOf(results).statement.modules.flatMap(({ activities }) => activities);

  test('asks for what counts and is open, and not for what is known', () => {
    const rows = rowsOf(resultsOf({ q1: '1', q2: { state: 'excused' }, q3: { state: 'absent' } }));
    expect(readSupposition({}, rows).fields.map(({ activity }) => activity.key)).toEqual(['q3', 'essay', 'exam']);
  });

  test.each([
    ['7,5', null],
    ['10', null],
    ['10.01', 'out-of-range'],
    ['-1', 'out-of-range'],
    ['seven', 'not-a-number'],
  ])('keeps “%s” as it was typed, and says what is wrong with it: %s', (typed, problem) => {
    const { fields, isComplete } = readSupposition({ 'if-essay': ` ${typed} ` }, rowsOf(resultsOf({})));
    expect(fields.find(({ activity }) => activity.key === 'essay')).toMatchObject({ typed, problem });
    expect(isComplete).toBe(problem === null);
  });

  test('works nothing out of an empty form, nor of two values for one field', () => {
    const rows = rowsOf(resultsOf({}));
    expect(readSupposition({ 'if-essay': '' }, rows).isComplete).toBe(false);
    expect(readSupposition({ 'if-essay': ['1', '2'] }, rows).isComplete).toBe(false);
  });

  test('comes to what the rules make of it: 60 points and all minima are six credits, a point less is none', () => {
    const results = resultsOf({ q1: '1', q2: '1', q3: '1/5' });
    const { credits } = pageOf(results);
    const with60 = (exam: string) =>
      suppose(published(), credits, readSupposition({ 'if-essay': '6', 'if-exam': exam }, rowsOf(results)).shares);
    expect([with60('30').sums.provisional, with60('30').evaluation.grade?.grade]).toEqual([600, '3']);
    expect([with60('29').sums.provisional, with60('29').evaluation.grade?.grade]).toEqual([0, '2']);
  });

  test('says the same as the results would, were they real', () => {
    const share = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(share, share, share, (essay, exam, q3) => {
        const known = resultsOf({ q1: '1', q2: '1/2' });
        const typed = { 'if-essay': `${essay}`, 'if-exam': `${exam * 5}`, 'if-q3': `${q3 * 2}` };
        const supposed = suppose(published(), pageOf(known).credits, readSupposition(typed, rowsOf(known)).shares);
        const tenths = (of: number) => `${of}/10`;
        const real = resultsOf({ q1: '1', q2: '1/2', essay: tenths(essay), exam: tenths(exam), q3: tenths(q3) });
        const { evaluation, sums } = studentCredits(published(), real, new Map());
        expect(supposed.evaluation.points).toEqual(evaluation.points);
        expect(supposed.evaluation.grade).toEqual(evaluation.grade);
        expect(supposed.sums).toEqual(sums);
      }),
      { numRuns: 60 },
    );
  });
});
