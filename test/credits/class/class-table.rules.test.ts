// The class as its teacher reads it: who is behind and why, what is missing, and in which order.
import { describe, expect, test } from '@jest/globals';
import Fraction from 'fraction.js';
import { classRows, isShown, sortRows, summarise, type ClassRow } from '../../../src/credits/class/class-table.ts';
import { studentCredits, type CourseCredits } from '../../../src/credits/course-credits.ts';
import type { ActivityResult } from '../../../src/credits/evaluate.ts';
import type { LedgerEntry } from '../../../src/credits/ledger.ts';
import type { PublishedPlan } from '../../../src/credits/plan.store.ts';
import { presetPolicies } from '../../../src/credits/policy-presets.ts';
import { activity, planOf } from '../../support/credits.ts';

const today = '2026-11-26';
const published: PublishedPlan = {
  ...{ id: 2, courseId: 1, number: 2, title: 'Umumiy fizika', policyId: 1, policyNumber: 1 },
  ...{ plan: planOf(), policy: presetPolicies.uz, publishedAt: new Date(0) },
};
const withDates = planOf({
  activities: planOf().activities.map((one) => ({
    ...one,
    dueOn: { q1: '2026-11-01', q2: '2026-11-25', q3: today, essay: '2026-11-20', exam: '2027-01-15' }[one.key] ?? null,
  })),
});

const share = (of100: number): ActivityResult => ({
  ...{ state: 'scored', share: new Fraction(of100).div(100), source: 'mark:1' },
});
const all = (of100: number) =>
  Object.fromEntries(['q1', 'q2', 'q3', 'essay', 'exam'].map((key) => [key, share(of100)]));

interface Said {
  results?: Record<string, ActivityResult>;
  missedHours?: number;
  account?: readonly Partial<LedgerEntry>[];
  isActive?: boolean;
}

/** The table of students by name, in the order in which they are given. */
function tableOf(students: Record<string, Said>, plan = planOf()): ClassRow[] {
  const names = Object.keys(students);
  const inForce = { ...published, plan };
  const of: CourseCredits['of'] = (personId) => {
    const { results = {}, missedHours, account = [] } = students[names[personId] ?? ''] ?? {};
    const missed = missedHours === undefined ? null : new Fraction(missedHours);
    const entries = account.map((entry) => ({ planId: 2, kind: 'award', units: 600, ...entry }) as LedgerEntry);
    const accounts = new Map(entries.length > 0 ? [['course', entries]] : []);
    return studentCredits(inForce, { activities: new Map(Object.entries(results)), missedHours: missed }, accounts);
  };
  const listed = names.map((name, personId) => ({
    ...{ personId, name, language: 'uz', isActive: students[name]?.isActive ?? true },
  }));
  return classRows({ inForce, of }, listed, today);
}

const rowOf = (said: Said, plan = planOf()) => tableOf({ Aziz: said }, plan)[0];
const namesOf = (rows: readonly ClassRow[]) => rows.map(({ name }) => name);

describe('who is behind', () => {
  test('is who has not done what was due by yesterday; what is due today still has time', () => {
    const row = rowOf({ results: { q1: share(100), essay: share(50) } }, withDates);
    expect(row?.pace).toMatchObject({ code: 'overdue', activities: [{ key: 'q2' }, { key: 'essay' }] });
  });

  test('is nobody whose work waits for a mark, or who is excused', () => {
    const results: Record<string, ActivityResult> = {
      ...{ q1: share(90), q2: { state: 'excused' }, essay: { state: 'waiting' } },
    };
    expect(rowOf({ results }, withDates)?.pace).toEqual({ code: 'on-track' });
  });

  test('is who was absent where something counted', () => {
    const results: Record<string, ActivityResult> = { q1: { state: 'absent' }, q2: share(90), essay: share(90) };
    expect(rowOf({ results }, withDates)?.pace).toMatchObject({ code: 'overdue', activities: [{ key: 'q1' }] });
  });

  test('is who has less so far than what passes, exactly: 59.99% is less, 60% is not', () => {
    expect(rowOf({ results: { q1: share(59.99) } })?.pace.code).toBe('below');
    expect(rowOf({ results: { q1: share(60) } })?.pace.code).toBe('on-track');
    expect(rowOf({})?.pace.code).toBe('on-track');
  });

  test('is who is excluded by missed hours, and who has failed once everything is assessed', () => {
    expect(rowOf({ results: all(50) })?.pace.code).toBe('failed');
    expect(rowOf({ results: all(90), missedHours: 15 })?.pace.code).toBe('excluded');
  });

  test('is nobody who has passed, whatever was late', () => {
    const results = { ...all(90), q1: { state: 'none' } as const };
    expect(rowOf({ results }, withDates)).toMatchObject({ pace: { code: 'passed' }, lacks: [] });
  });
});

test('a date of the module holds for what has none of its own', () => {
  const modules = planOf().modules.map((module) => ({ ...module, dueOn: module.key === 'm1' ? '2026-11-01' : null }));
  const plan = planOf({ modules, activities: [activity('q1', { points: '100' })] });
  expect(rowOf({}, plan)?.pace.code).toBe('overdue');
});

test('what is missing begins with what cannot wait, names what is overdue once, and ends with the points', () => {
  const { lacks = [] } = rowOf({ results: { q1: share(100), q2: share(100) }, missedHours: 14 }, withDates) ?? {};
  expect(lacks.map((lack) => ('title' in lack ? `${lack.code} ${lack.title}` : lack.code))).toEqual([
    ...['overdue essay', 'control Yakuniy nazorat', 'admission', 'total'],
  ]);
  const total = lacks.at(-1);
  expect(total?.code === 'total' && total.points.toFraction()).toBe('40');
  expect(rowOf({ missedHours: 15 })?.lacks[0]).toEqual({ code: 'attendance' });
});

describe('the order', () => {
  const rows = () =>
    tableOf(
      {
        Zulfiya: { results: { q1: share(100) } },
        Oʻtkir: { results: all(90) },
        Anvar: { results: { essay: share(10) } },
        Ketgan: { results: all(90), isActive: false },
        Bahor: { results: { q1: share(100), q2: share(100), essay: share(100) } },
        Guli: { results: all(20) },
      },
      withDates,
    );

  test('by name is that of the reader’s alphabet, and who left comes last', () => {
    expect(namesOf(sortRows(rows(), 'name', 'uz'))).toEqual(['Anvar', 'Bahor', 'Guli', 'Zulfiya', 'Oʻtkir', 'Ketgan']);
  });

  test('by who is behind has the failed first, then by how much is overdue and by points; who passed comes last', () => {
    expect(namesOf(sortRows(rows(), 'behind', 'uz'))).toEqual([
      ...['Guli', 'Anvar', 'Zulfiya', 'Bahor', 'Oʻtkir', 'Ketgan'],
    ]);
  });
});

describe('the filters and the summary', () => {
  const hash = rowOfHash();
  const rows = tableOf({
    Anvar: { results: all(90) },
    Bahor: { results: all(90), account: [{ evidenceHash: hash }] },
    Guli: { results: all(90), account: [{ evidenceHash: 'other' }] },
    Komil: { results: all(50), account: [{ evidenceHash: hash, planId: 1 }] },
    Ketgan: { isActive: false },
  });

  test('tell provisional, changed and lost credits apart', () => {
    const shown = (show: 'provisional' | 'changed' | 'lost' | 'behind') =>
      namesOf(rows.filter((row) => isShown(row, show)));
    expect(shown('provisional')).toEqual(['Anvar']);
    expect(shown('changed')).toEqual(['Guli']);
    expect(shown('lost')).toEqual(['Komil']);
    expect(shown('behind')).toEqual(['Komil']);
  });

  test('count who is there, and add up credits; who left with nothing is in no row', () => {
    expect(summarise(rows)).toEqual({
      ...{ students: 4, passed: 3, confirmed: 1800, provisional: 600, underOlderPlan: 1 },
      counts: { all: 4, behind: 1, provisional: 1, changed: 1, lost: 1 },
    });
  });

  function rowOfHash(): string {
    const results = { activities: new Map(Object.entries(all(90))), missedHours: null };
    return studentCredits(published, results, new Map()).components[0]?.evidenceHash ?? '';
  }
});
