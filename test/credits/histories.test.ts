// Whatever teachers and students of a course do, in whatever order: the invariants of the ledger hold after every step
// (credits.md §5.3, by their numbers there).
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { confirmCredits } from '../../src/credits/confirm-credits.ts';
import { loadCourseCredits } from '../../src/credits/course-credits.ts';
import { recogniseCredits, takeCreditsBack } from '../../src/credits/decide-credits.ts';
import { enterMarks } from '../../src/credits/enter-marks.ts';
import { balanceOf, inForce } from '../../src/credits/ledger.ts';
import { listAccounts } from '../../src/credits/ledger.store.ts';
import { listMarks } from '../../src/credits/mark.store.ts';
import { findPlan, getPlans } from '../../src/credits/plan.store.ts';
import type { CreditPlan } from '../../src/credits/plan.ts';
import { isPublishable, planProblems } from '../../src/credits/plan-problems.ts';
import type { CreditPolicy } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { previewReevaluation, reevaluateCredits } from '../../src/credits/reevaluate-credits.ts';
import { settleCredits } from '../../src/credits/settle-credits.ts';
import type { Database, OpenDatabase } from '../../src/database/database.ts';
import { creditComponents, creditEntries } from '../../src/database/tables/credits.ts';
import { activity, planOf, publishPlan } from '../support/credits.ts';
import { openTestDatabase } from '../support/database.ts';
import { handInFor, newLedgerCourse, type LedgerCourse } from '../support/ledger-course.ts';

const start = new Date('2026-11-26T08:00:00Z').getTime();
let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** One component, with something formative in it. */
function wholePlan(placementIds: number[]): CreditPlan {
  const plan = planOf({ placementIds });
  const self = activity('self', { controlKey: null, points: '0', form: 'reflection' });
  return { ...plan, activities: [...plan.activities, self] };
}

/** That one, and one whose modules have credits of their own. */
function plans(placementIds: number[]): CreditPlan[] {
  const whole = planOf({ placementIds });
  const exams = whole.modules.map(({ key }) =>
    activity(`exam-${key}`, { controlKey: 'YN', moduleKey: key, points: '12.5' }),
  );
  const spread = { JN: 'm1', ON: 'm2', MT: 'm3' } as const;
  const others = whole.activities.flatMap((one) =>
    one.controlKey === 'YN' ? [] : [{ ...one, moduleKey: spread[one.controlKey as 'JN'] ?? 'm4' }],
  );
  return [
    wholePlan(placementIds),
    {
      ...whole,
      modules: whole.modules.map((module) => ({ ...module, units: 150 })),
      activities: [...others, ...exams],
    },
  ];
}

const student = fc.nat(2);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      student,
      what: fc.nat(6),
      points: fc.nat(12),
      sitting: fc.constantFrom(1, 1, 1, 2, 3),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('mark-all' as const), student, share: fc.constantFrom(6, 7, 10, 10, 12) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('hand-in' as const), student, what: fc.nat(2), points: fc.nat(60) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('confirm' as const), twice: fc.boolean(), stale: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take-back' as const), student, what: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recognise' as const), student, what: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('publish' as const), plan: fc.nat(1), automatic: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('re-evaluate' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

const markedKeys = ['essay', 'exam', 'self', 'exam-m1', 'exam-m2', 'exam-m3', 'exam-m4'];

async function take(db: Database, course: LedgerCourse, said: Step, at: number): Promise<void> {
  const { courseId, teacherId, studentIds, placementIds } = course;
  const now = new Date(start + at * 1000);
  const personOf = (index: number) => studentIds[index] ?? 0;
  const mayGrade = (personId: number) => studentIds.includes(personId);
  const onEntered = async (
    tx: Parameters<typeof settleCredits>[0],
    changed: { courseId: number; personIds: readonly number[]; actorId: number | null },
  ) => {
    await settleCredits(tx, changed, { actorId: changed.actorId, now });
  };
  const enter = async (personId: number, marks: { activityKey: string; sitting: number; share: Fraction | null }[]) => {
    const inPlan = (await findPlan(db, courseId))?.plan.activities ?? [];
    const before = await listMarks(db, courseId, [personId]);
    const entered = marks.flatMap(({ activityKey, sitting, share }) => {
      const found = inPlan.find(({ key }) => key === activityKey);
      if (!found) return [];
      const seen = before.find((mark) => mark.activityKey === activityKey && mark.sitting === sitting)?.number ?? 0;
      const maximum = new Fraction(found.points).gt(0) ? found.points : '100';
      const points = share && share.mul(maximum);
      const state = points ? ('points' as const) : ('absent' as const);
      return [{ personId, activityKey, sitting, seen, state, points, said: null }];
    });
    await enterMarks(db, { courseId, markedBy: teacherId, marks: entered }, { mayGrade, onEntered }, now);
  };
  switch (said.do) {
    case 'mark':
      // 11 and 12 of 10 are refused; 0 stands for absent.
      return enter(personOf(said.student), [
        {
          ...{ activityKey: markedKeys[said.what] ?? '', sitting: said.sitting },
          share: said.points === 0 ? null : new Fraction(said.points, 10),
        },
      ]);
    case 'mark-all':
      return enter(
        personOf(said.student),
        markedKeys.map((activityKey) => ({ activityKey, sitting: 1, share: new Fraction(said.share, 12) })),
      );
    case 'hand-in': {
      const personId = personOf(said.student);
      const placementId = placementIds[said.what] ?? 0;
      await handInFor(db, course, { placementId, personId, number: at + 1, points: said.points }, now);
      await db.transaction((tx) => settleCredits(tx, { courseId, personIds: [personId] }, { actorId: null, now }));
      return;
    }
    case 'confirm': {
      const credits = await loadCourseCredits(db, courseId);
      const lines = studentIds.flatMap((personId) =>
        (credits?.of(personId).components ?? []).map(({ key, evidenceHash }) => ({
          ...{ personId, componentKey: key },
          evidenceHash: said.stale ? '0'.repeat(64) : evidenceHash,
        })),
      );
      const list = { courseId, key: `list-${at}`, note: '', actorId: teacherId, lines };
      await confirmCredits(db, list, mayGrade, now);
      if (said.twice) {
        expect(await confirmCredits(db, list, mayGrade, now)).toEqual({ ok: false, code: 'confirmed-before' });
      }
      return;
    }
    case 'take-back':
    case 'recognise': {
      const components = (await loadCourseCredits(db, courseId))?.of(personOf(said.student)).components ?? [];
      const componentKey = components[said.what % components.length]?.key ?? '';
      const decision = {
        courseId,
        personId: personOf(said.student),
        componentKey,
        actorId: teacherId,
        reason: 'So it was',
      };
      if (said.do === 'take-back') await takeCreditsBack(db, decision, now);
      else await recogniseCredits(db, { ...decision, recognised: 'A certificate' }, now);
      return;
    }
    case 'publish': {
      const plan = plans(placementIds)[said.plan] ?? planOf();
      const policy: CreditPolicy = { ...presetPolicies.uz, confirmation: said.automatic ? 'automatic' : 'teacher' };
      const before = await db.select().from(creditEntries).where(eq(creditEntries.courseId, courseId));
      await publishPlan(db, { courseId, teacherId, plan, policy }, now);
      // 9: a new plan or new rules change nothing by themselves.
      expect(await db.select().from(creditEntries).where(eq(creditEntries.courseId, courseId))).toEqual(before);
      return;
    }
    case 're-evaluate': {
      const seen = (await previewReevaluation(db, courseId)) ?? [];
      expect(await reevaluateCredits(db, { courseId, actorId: teacherId, seen }, now)).toEqual({
        done: seen.length,
        left: 0,
      });
      expect((await previewReevaluation(db, courseId))?.filter(({ unitsAfter }) => unitsAfter > 0)).toEqual([]);
    }
  }
}

/** The entries that stood there before stand there still, to the letter (1), and all of them are as they must be. */
async function check(db: Database, { courseId, studentIds }: LedgerCourse, before: readonly unknown[]) {
  const rows = await db
    .select()
    .from(creditEntries)
    .where(eq(creditEntries.courseId, courseId))
    .orderBy(creditEntries.id);
  expect(rows.slice(0, before.length)).toEqual(before);
  // 2: everything that an entry needs to be believed.
  for (const row of rows) {
    expect(Number.isInteger(row.units)).toBe(true);
    expect(row.evidenceHash).toMatch(/^[0-9a-f]{64}$/);
    if (row.kind !== 'award') expect(row.reason).not.toBe('');
  }
  // 11: nothing is entered twice for one reason.
  expect(new Set(rows.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(rows.length);
  const accounts = await listAccounts(db, courseId);
  const components = await db.select().from(creditComponents);
  const credits = await loadCourseCredits(db, courseId);
  if (!credits) throw new Error('A course without a plan');
  const planIds = [...new Set(rows.map(({ planId }) => planId))];
  const under = await getPlans(db, courseId, planIds);
  for (const [personId, own] of accounts) {
    for (const [key, account] of own) {
      const balance = balanceOf(account);
      const award = inForce(account);
      // 3: all of a component as its plan has it, or nothing; 7: a component counts once.
      const units = components.find((one) => one.planId === award?.planId && one.key === key)?.units ?? 0;
      expect(balance).toBe(award ? units : 0);
      // 12: the same from the rows alone, whatever was remembered on the way.
      const replayed = rows.filter((row) => row.personId === personId && row.componentKey === key);
      expect(replayed.reduce((sum, row) => sum + row.units, 0)).toBe(balance);
      // 4: an award was earned under its own plan, and somebody who may said so, or the rule did.
      if (award?.kind === 'award') {
        const plan = under.get(award.planId);
        expect(
          award.confirmationId !== null || award.reason === 're-evaluated' || plan?.policy.confirmation === 'automatic',
        ).toBe(true);
      }
      // 14: whose it is.
      expect(studentIds).toContain(personId);
    }
  }
  // 5, 13: what pages and sheets say is what the ledger adds up to, student by student and in all.
  const confirmed = studentIds.map((personId) => credits.of(personId).sums.confirmed);
  const sumOf = (personId: number) =>
    rows.filter((row) => row.personId === personId).reduce((sum, { units }) => sum + units, 0);
  expect(confirmed).toEqual(studentIds.map(sumOf));
  // 3: whatever plans came and went, nobody has more than the course is worth.
  expect(Math.max(...confirmed)).toBeLessThanOrEqual(credits.inForce.plan.units);
  expect(confirmed.reduce((sum, units) => sum + units, 0)).toBe(rows.reduce((sum, { units }) => sum + units, 0));
  // 4, 7: what is in force under the plan of now is still earned under it.
  for (const personId of studentIds) {
    for (const { account, isPassed } of credits.of(personId).components) {
      const award = inForce(account);
      if (award?.kind === 'award' && award.planId === credits.inForce.id) expect(isPassed).toBe(true);
    }
    // 6: formative work counts for nothing, and of attempts the best stays.
    const { activities, points, maximumPoints } = credits.of(personId).evaluation;
    expect(points.lte(maximumPoints)).toBe(true);
    const formative = activities.filter(({ activity: { controlKey } }) => controlKey === null);
    expect(formative.every((one) => one.points === null || one.points.equals(0))).toBe(true);
  }
  return rows;
}

test('The invariants of the ledger hold through any history of a course', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
      const course = await newLedgerCourse(db);
      for (const plan of plans(course.placementIds)) {
        // 8: what is published adds up.
        expect(isPublishable(planProblems(plan, presetPolicies.uz, new Set(course.placementIds)))).toBe(true);
      }
      await publishPlan(db, { ...course, plan: wholePlan(course.placementIds) }, new Date(start));
      let rows: readonly unknown[] = [];
      for (const [index, said] of steps.entries()) {
        const bestBefore = await pointsOf(db, course);
        await take(db, course, said, index);
        rows = await check(db, course, rows);
        // 6: another attempt never lowers.
        if (said.do === 'hand-in') {
          const after = await pointsOf(db, course);
          expect(after.every((points, at) => points.gte(bestBefore[at] ?? 0))).toBe(true);
        }
      }
    }),
    { numRuns: 25 },
  );
});

async function pointsOf(db: Database, { courseId, studentIds }: LedgerCourse): Promise<Fraction[]> {
  const credits = await loadCourseCredits(db, courseId);
  return studentIds.map((personId) => credits?.of(personId).evaluation.points ?? new Fraction(0));
}

test('Of two teachers who confirm the same students at once, one does, and nobody has twice the credits', async () => {
  const { db } = database;
  const course = await newLedgerCourse(db);
  const { courseId, teacherId, studentIds } = course;
  await publishPlan(db, { ...course, plan: wholePlan(course.placementIds) }, new Date(start));
  for (const [index] of studentIds.entries()) {
    await take(db, course, { do: 'mark-all', student: index, share: 12 }, 1);
    for (const what of [0, 1, 2]) await take(db, course, { do: 'hand-in', student: index, what, points: 60 }, 2 + what);
  }
  const credits = await loadCourseCredits(db, courseId);
  const lines = studentIds.map((personId) => ({
    ...{ personId, componentKey: 'course' },
    evidenceHash: credits?.of(personId).components[0]?.evidenceHash ?? '',
  }));
  const confirm = (key: string, inOrder: typeof lines) =>
    confirmCredits(db, { courseId, key, note: '', actorId: teacherId, lines: inOrder }, () => true, new Date(start));
  const outcomes = await Promise.all([
    confirm('one', lines),
    confirm('other', [...lines].reverse()),
    confirm('one', lines),
  ]);
  const counted = outcomes.flatMap((outcome) =>
    outcome.ok ? outcome.lines.map(({ outcome: of }) => of) : [outcome.code],
  );
  expect(counted.filter((of) => of === 'confirmed')).toHaveLength(3);
  expect(counted.filter((of) => of === 'confirmed-already')).toHaveLength(3);
  expect(counted.filter((of) => of === 'confirmed-before')).toHaveLength(1);
  const after = await loadCourseCredits(db, courseId);
  expect(studentIds.map((personId) => after?.of(personId).sums)).toEqual(
    studentIds.map(() => ({ confirmed: 600, provisional: 0 })),
  );
});

test('Credits that Dilnoza took back are not given again by the rule alone, only by somebody’s word', async () => {
  const { db } = database;
  const course = await newLedgerCourse(db, { students: 1 });
  const policy: CreditPolicy = { ...presetPolicies.uz, confirmation: 'automatic' };
  await publishPlan(db, { ...course, policy, plan: wholePlan(course.placementIds) }, new Date(start));
  const [personId = 0] = course.studentIds;
  const entries = async () => (await listAccounts(db, course.courseId)).get(personId)?.get('course') ?? [];
  for (const what of [0, 1, 2]) await take(db, course, { do: 'hand-in', student: 0, what, points: 60 }, what);
  await take(db, course, { do: 'mark-all', student: 0, share: 10 }, 3);
  expect((await entries()).map(({ kind, actorId }) => [kind, actorId])).toEqual([['award', null]]);
  // The rule follows what it rests on.
  await take(db, course, { do: 'mark-all', student: 0, share: 12 }, 4);
  expect((await entries()).map(({ kind }) => kind)).toEqual(['award', 'reversal', 'award']);
  expect((await entries()).at(-1)?.evidence.points).toBe('100');

  await take(db, course, { do: 'take-back', student: 0, what: 0 }, 5);
  await take(db, course, { do: 'mark-all', student: 0, share: 10 }, 6);
  expect(balanceOf(await entries())).toBe(0);
  await take(db, course, { do: 'confirm', twice: false, stale: false }, 7);
  expect(balanceOf(await entries())).toBe(600);
});

test('A course that is split into modules after it was confirmed gives nothing twice', async () => {
  const { db } = database;
  const course = await newLedgerCourse(db, { students: 1 });
  const [personId = 0] = course.studentIds;
  const [whole, modules] = plans(course.placementIds);
  const sums = async () => (await loadCourseCredits(db, course.courseId))?.of(personId).sums;
  if (!whole || !modules) throw new Error('There are two plans');
  await publishPlan(db, { ...course, plan: whole }, new Date(start));
  for (const what of [0, 1, 2]) await take(db, course, { do: 'hand-in', student: 0, what, points: 60 }, what);
  await take(db, course, { do: 'mark-all', student: 0, share: 12 }, 3);
  await take(db, course, { do: 'confirm', twice: false, stale: false }, 4);
  await publishPlan(db, { ...course, plan: modules }, new Date(start));
  await take(db, course, { do: 'mark-all', student: 0, share: 12 }, 5);
  await take(db, course, { do: 'confirm', twice: false, stale: false }, 6);
  expect(await sums()).toEqual({ confirmed: 600, provisional: 0 });
  await take(db, course, { do: 're-evaluate' }, 7);
  await take(db, course, { do: 'confirm', twice: false, stale: false }, 8);
  expect((await sums())?.confirmed).toBeGreaterThan(0);
  expect((await sums())?.confirmed).toBeLessThanOrEqual(600);
});
