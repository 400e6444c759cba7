// What teachers type into the form of a plan: kept to the letter, read where it can be read, and told at its field where it cannot.
import { describe, expect, test } from '@jest/globals';
import {
  draftOf,
  restoreRow,
  shownForm,
  stepDraft,
  typedPlan,
  type DraftPlan,
} from '../../src/credits/plan-editor/draft-plan.ts';
import { examine } from '../../src/credits/plan-editor/findings.ts';
import { educationYearOf, formFromPlan, formFromRules } from '../../src/credits/plan-editor/plan-beginnings.ts';
import { planChanges } from '../../src/credits/plan-editor/plan-changes.ts';
import { planToForm, readPlan } from '../../src/credits/plan-editor/read-draft.ts';
import { rubricFromLines, rubricToLines } from '../../src/credits/plan-editor/rubric-lines.ts';
import { policyPresets } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import type { TypedForm } from '../../src/questions/forms/typed-form.ts';
import { planOf } from '../support/credits.ts';

const plan = planOf({ placementIds: [1, 2, 3] });
const form = planToForm(plan);

let made = 0;
const newKey = () => `new${(made += 1)}`;

/** The form with one field typed otherwise: `units`, or `modules.0.title`. */
function typing(field: string, text: string): TypedForm {
  const [list = '', place, name] = field.split('.');
  if (name === undefined) return { ...form, values: { ...form.values, [field]: text } };
  const rows = (form.rows[list] ?? []).map((row, index) => (index === Number(place) ? { ...row, [name]: text } : row));
  return { ...form, rows: { ...form.rows, [list]: rows } };
}

describe('reading', () => {
  test('a plan, shown in its form and read again, is the same plan, also with a rubric, days and credits of modules', () => {
    const rubric = [
      {
        criterion: 'Dalillar',
        levels: [
          { text: 'toʻliq', share: '1' },
          { text: 'yoʻq', share: '0' },
        ],
      },
    ];
    const full = {
      ...plan,
      modules: plan.modules.map((module) => ({ ...module, units: 150, opensOn: '2026-09-01', dueOn: '2026-10-01' })),
      activities: plan.activities.map((one) => (one.key === 'essay' ? { ...one, rubric, dueOn: '2026-12-01' } : one)),
    };
    expect(readPlan(planToForm(full))).toEqual({ plan: full, faults: [] });
  });

  test.each<[string, string, string]>([
    ['units', '', 'not-credits'],
    ['units', '1,555', 'not-credits'],
    ['units', '61', 'not-credits'],
    ['hoursPerCredit', 'thirty', 'not-whole'],
    ['contactHours', '1.5', 'not-whole'],
    ['semester', '17', 'not-whole'],
    ['educationYear', '2026/2028', 'not-a-year'],
    ['subjectCode', 'x'.repeat(65), 'too-long'],
    ['controls.0.points', 'ten', 'not-points'],
    ['controls.0.minimumPercent', '101', 'not-percent'],
    ['modules.1.title', '  ', 'empty'],
    ['modules.1.contactHours', '-3', 'not-whole'],
    ['modules.1.dueOn', '2026-02-31', 'not-a-day'],
    ['modules.1.ownUnits', 'all', 'not-credits'],
    ['activities.2.workload', '0,001', 'not-workload'],
    ['activities.3.rubric', 'Dalillar', 'rubric-shape'],
    ['activities.3.rubric', 'Dalillar: toʻliq 60; yoʻq 0', 'rubric-best'],
  ])('%s as “%s” is told there: %s', (field, text, code) => {
    const { faults } = readPlan(typing(field, text));
    expect(faults.map((fault) => [fault.field, fault.code])).toEqual([[field, code]]);
  });

  test.each<[string, string, string]>([
    ['units', ' 1,5 ', '1.5'],
    ['educationYear', '2026 – 2027', '2026/2027'],
    ['activities.3.workload', '1,5', '1.5'],
    ['controls.0.minimumPercent', '55,5 %', '55.5'],
    ['modules.1.contactHours', '', '0'],
    ['activities.3.points', '10,0', '10.0'],
  ])('%s may be typed as “%s”', (field, text, meant) => {
    expect(readPlan(typing(field, text))).toEqual({ ...readPlan(typing(field, meant)), faults: [] });
  });

  test('nothing typed at all is told and breaks nothing', () => {
    const { plan: read, faults } = readPlan({ values: {}, rows: {} });
    expect(read.activities).toEqual([]);
    expect(faults.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['units', 'controls', 'modules', 'educationYear', 'semester']),
    );
  });

  test('what follows from a field that cannot be read is not told as well', () => {
    const { findings, isPublishable } = examine(
      typing('activities.4.points', 'fifty'),
      presetPolicies.uz,
      new Set([1, 2, 3]),
    );
    expect(findings.map(({ field }) => field)).toEqual(['activities.4.points', 'controls.3.points']);
    expect(isPublishable).toBe(false);
  });
});

describe('keeping', () => {
  test('decimals are shown as the reader writes them, and come back as they were', () => {
    const typed = typing('activities.3.workload', '1.5');
    const shown = shownForm(typed, ',');
    expect(shown.rows.activities?.[3]?.workload).toBe('1,5');
    expect(typedPlan(shown, newKey)).toEqual(typed);
  });

  test('a name with a comma stays as it was typed, and what is no field of a plan is left out', () => {
    const typed = typing('modules.0.title', '1,5');
    expect(typedPlan(typed, newKey).rows.modules?.[0]?.title).toBe('1,5');
    expect(typedPlan({ ...form, values: { ...form.values, from: 'preset:uz' } }, newKey)).toEqual(form);
  });

  test('rows without a key, with a key of ours or with another row’s get one of their own', () => {
    const rows = [{ key: 'm1' }, { key: 'm1' }, {}, { key: 'course' }].map((row) => ({ title: 'M', ...row }));
    const kept = typedPlan({ values: {}, rows: { modules: rows } }, newKey).rows.modules ?? [];
    const keys = kept.map(({ key }) => key);
    expect(keys[0]).toBe('m1');
    expect(new Set(keys).size).toBe(4);
    expect(keys).not.toContain('course');
  });

  test('a row that was removed comes back where it stood, with its key', () => {
    const draft: DraftPlan = draftOf(form);
    const without = stepDraft(draft, { act: 'remove', list: 'modules', place: 1 }, newKey).draft;
    expect(without.rows.modules?.map(({ key }) => key)).toEqual(['m1', 'm3', 'm4']);
    expect(examine(without, presetPolicies.uz, new Set([1, 2, 3])).findings.map(({ field }) => field)).toContain(
      'activities.1.module',
    );
    const again = restoreRow(without, 0);
    expect(again).toEqual({ draft, focus: 'modules.1.title' });
    expect(restoreRow(again.draft, 0)).toEqual({ draft: again.draft, focus: null });
  });

  test('a new activity begins in the module and the control of the one before, and one that moves keeps its key', () => {
    const added = stepDraft(draftOf(form), { act: 'add', list: 'activities', place: 0 }, newKey);
    expect(added.draft.rows.activities?.at(-1)).toMatchObject({ module: 'm4', control: 'YN', title: '' });
    expect(added.focus).toBe('activities.5.title');
    const moved = stepDraft(added.draft, { act: 'up', list: 'activities', place: 5 }, newKey);
    expect(moved.draft.rows.activities?.map(({ key }) => key).slice(3)).toEqual([
      'essay',
      added.draft.rows.activities?.[5]?.key,
      'exam',
    ]);
  });

  test('no list grows beyond what a plan may hold', () => {
    const modules = Array.from({ length: 40 }, (_, index) => ({ key: `m${index}`, title: 'M' }));
    const full = draftOf({ values: {}, rows: { modules } });
    expect(stepDraft(full, { act: 'add', list: 'modules', place: 0 }, newKey).draft).toEqual(full);
  });
});

describe('beginning', () => {
  const now = new Date('2026-11-26T05:00:00Z');

  test.each(policyPresets.map((preset) => [preset]))(
    'with the rules of %s, hours and points of controls add up',
    (preset) => {
      const { sums } = examine(formFromRules(presetPolicies[preset], now, newKey), presetPolicies[preset], new Set());
      const uneven = sums.filter(({ is, shouldBe }) => !is.equals(shouldBe)).map(({ code }) => code);
      expect(new Set(uneven)).toEqual(new Set(['activity-points']));
    },
  );

  test.each([
    ['2026-07-31T00:00:00Z', '2025/2026'],
    ['2026-08-01T00:00:00Z', '2026/2027'],
    ['2027-01-10T00:00:00Z', '2026/2027'],
  ])('on %s the academic year is %s', (at, year) => {
    expect(educationYearOf(new Date(at))).toBe(year);
  });

  test('a copy of last year’s plan has keys of its own, the next year, and no quiz or day of the past', () => {
    const { plan: copy } = readPlan(formFromPlan(plan, newKey));
    expect(copy.educationYear).toBe('2027/2028');
    const keys = [...plan.modules, ...plan.activities].map(({ key }) => key);
    expect([...copy.modules, ...copy.activities].filter(({ key }) => keys.includes(key))).toEqual([]);
    expect(copy.activities.map(({ placementId }) => placementId)).toEqual(Array(5).fill(null));
    const moduleOf = ({ activities, modules }: typeof copy) =>
      activities.map(({ moduleKey }) => modules.findIndex(({ key }) => key === moduleKey));
    expect(moduleOf(copy)).toEqual(moduleOf(plan));
    expect(copy.controls).toEqual(plan.controls);
  });
});

describe('what is new in a plan', () => {
  test('is nothing where nothing was changed', () => {
    expect(planChanges(plan, plan)).toEqual([]);
  });

  test('is each fact, each part that came, went or changed, and another order', () => {
    const [first, second, ...rest] = plan.activities;
    if (!first || !second) throw new Error('The plan has activities');
    const after = {
      ...plan,
      units: 500,
      modules: [
        ...plan.modules.slice(0, 3),
        { ...plan.modules[0], key: 'm5', title: 'Yangi' } as (typeof plan.modules)[0],
      ],
      activities: [second, { ...first, points: '9' }, ...rest],
    };
    expect(planChanges(plan, after)).toEqual([
      { code: 'fact', fact: 'units' },
      { code: 'added', of: 'module', title: 'Yangi' },
      { code: 'removed', of: 'module', title: 'Modul 4' },
      { code: 'changed', of: 'activity', title: 'q1' },
      { code: 'moved', of: 'activity' },
    ]);
  });
});

test('a rubric is lines of criteria with levels in percent, thirds included', () => {
  const lines = 'Dalillar: toʻliq 2/3; qisman 25; yoʻq 0\nTil: ravon 1/3; xatolar bilan 10 %';
  const read = rubricFromLines(lines);
  expect(read).toMatchObject({
    rubric: [{ levels: [{ share: '2/3' }, { share: '1/4' }, { share: '0' }] }, { criterion: 'Til' }],
  });
  if (!('rubric' in read) || !read.rubric) throw new Error('It was not read');
  expect(rubricFromLines(rubricToLines(read.rubric))).toEqual(read);
});
