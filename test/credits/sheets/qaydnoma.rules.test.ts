// The sheet that a teacher signs: who is on it in which order, whole numbers beside exact ones, and nothing where nothing is known.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { roundHalfUp } from '../../../src/credits/grade.ts';
import { presetPolicies } from '../../../src/credits/policy-presets.ts';
import type { SheetPoints } from '../../../src/credits/sheets/qaydnoma.ts';
import { exactCells, qaydnomaCells, qaydnomaColumns, qaydnomaCsv } from '../../../src/credits/sheets/sheet-cells.ts';
import { rowsOfCsv } from '../../../src/questions/formats/table/rows-of-csv.ts';
import { sheetOf, type Given } from './sheets.ts';

/** All that can be had: 20 in JN, 20 in ON, 10 in MT (which is handed in with JN), 50 in YN. */
const everything = { q1: '1', q2: '1', q3: '1', essay: '1', exam: '1' };

const inNumbers = (points: SheetPoints | undefined) =>
  points && Object.fromEntries(Object.entries(points).map(([column, value]) => [column, value?.valueOf() ?? null]));

describe('a row', () => {
  test.each<[string, Record<string, Given>, object]>([
    ['of who did all', everything, { JN: 30, ON: 20, JN_ON: 50, YN: 50, total: 100 }],
    ['of who did nothing is blank, not 0', {}, { JN: null, ON: null, JN_ON: null, YN: null, total: null }],
    ['has a 0 that was earned', { q1: '0' }, { JN: 0, ON: null, JN_ON: 0, YN: null, total: 0 }],
    ['is rounded half up', { q1: '13/20', q3: '1/8' }, { JN: 7, ON: 3, JN_ON: 9, YN: null, total: 9 }],
    ['of who was absent is blank', { q1: '1', exam: 'absent' }, { JN: 10, ON: null, JN_ON: 10, YN: null, total: 10 }],
    ['of who was excused is blank', { q3: 'excused' }, { JN: null, ON: null, JN_ON: null, YN: null, total: null }],
    ['waits for what is not marked', { essay: 'waiting' }, { JN: null, ON: null, JN_ON: null, YN: null, total: null }],
  ])('%s', (_what, results, expected) => {
    const [row] = sheetOf([{ results }]).sheet.rows;
    expect(inNumbers(row?.rounded)).toEqual(expected);
  });

  test('says kelmadi of who missed the final control, unless a retake counts, whose sheet it then names', () => {
    const [missed, sat] = sheetOf([
      { results: { exam: 'absent' } },
      { results: { ...everything, exam: '4/5' }, sitting: 2 },
    ]).sheet.rows;
    expect([missed?.isAbsent, missed?.finalExamType, missed?.notes[0]]).toEqual([true, '11', { code: 'absent' }]);
    expect([sat?.isAbsent, sat?.finalExamType, sat?.grade]).toEqual([false, '12', '5']);
  });

  test('says so where rounding would make another grade, and where the rounded columns add up to another total', () => {
    // 16 + 14 + 39.5 = 69.5: a 3 by the exact points, 70 when rounded.
    const results = { q1: '1', q2: '0', essay: '3/5', q3: '7/10', exam: '79/100' };
    const [row] = sheetOf([{ results }]).sheet.rows;
    expect(row?.exact.total?.valueOf()).toBe(69.5);
    expect([row?.rounded.total?.valueOf(), row?.grade]).toEqual([70, '3']);
    expect(row?.notes).toContainEqual({ code: 'border', exactGrade: '3', roundedGrade: '4' });
    const [parted] = sheetOf([{ results: { q1: '13/20', q3: '13/40' } }]).sheet.rows;
    expect(parted?.notes).toContainEqual({ code: 'sum', sum: new Fraction(14) });
    // 6.5 + 6.5 = 13 before the final control, and 7 + 7 = 14 when rounded; 13.5 in all is 14 again.
    const [halves] = sheetOf([{ results: { q1: '13/20', q3: '13/40', exam: '1/100' } }]).sheet.rows;
    expect(halves?.notes).toContainEqual({ code: 'before-final-sum', sum: new Fraction(14) });
  });

  test('has as many digits as the institution hands in', () => {
    const rounding = { digits: 1, gradesFollow: 'exact' as const };
    const [row] = sheetOf([{ results: { q1: '2/3' } }], { ...presetPolicies.uz, rounding }).sheet.rows;
    expect(row?.rounded.JN?.valueOf()).toBe(6.7);
  });
});

test('Everybody is numbered from 1 in the order of surnames, and who left is on it only with points', () => {
  const { sheet } = sheetOf([
    { name: 'Aziz Rahimov' },
    { rosterName: 'Oʻrinov Bek' },
    { name: 'Lola Left', isActive: false },
    { name: 'Nora Left', isActive: false, results: { q1: '1' } },
    { name: null },
  ]);
  expect(sheet.rows.map(({ place, fullName }) => [place, fullName])).toEqual([
    [1, ''],
    [2, 'Nora Left'],
    [3, 'Aziz Rahimov'],
    [4, 'Oʻrinov Bek'],
  ]);
});

test('An old account of a student, which is not on the sheet, does not take away their number', () => {
  const { sheet } = sheetOf([
    { name: 'Aziz Rahimov', sourcedId: '391261100001' },
    { name: 'Aziz Rahimov', sourcedId: '391261100001', isActive: false },
  ]);
  expect(sheet.rows.map(({ studentIdNumber }) => studentIdNumber)).toEqual(['391261100001']);
});

test('Below the sheet, grades are counted from the best down, with who is absent and who is not graded', () => {
  const { sheet } = sheetOf([{ results: everything }, { results: everything }, { results: { exam: 'absent' } }, {}]);
  expect(sheet.grades).toEqual([
    { grade: '5', count: 2 },
    { grade: '4', count: 0 },
    { grade: '3', count: 0 },
    { grade: '2', count: 0 },
  ]);
  expect([sheet.ungraded, sheet.absent]).toEqual([2, 1]);
});

const shares = fc.option(
  fc.tuple(fc.nat(60), fc.constantFrom(3, 7, 8, 40, 60)).map(([part, of]) => `${Math.min(part, of)}/${of}`),
);

test('Whatever was earned: exact columns add up, and each whole number is the exact one, rounded half up', () => {
  fc.assert(
    fc.property(fc.record({ q1: shares, q2: shares, q3: shares, essay: shares, exam: shares }), (given) => {
      const results = Object.fromEntries(
        Object.entries(given).flatMap(([key, share]) => (share === null ? [] : [[key, share] as const])),
      );
      const [row] = sheetOf([{ results }]).sheet.rows;
      if (!row) throw new Error('no row');
      const { JN, ON, JN_ON, YN, total } = row.exact;
      const sum = (...parts: (Fraction | null)[]) =>
        parts.every((part) => part === null)
          ? null
          : parts.reduce<Fraction>((all, part) => all.add(part ?? 0), new Fraction(0)).toFraction();
      expect(JN_ON?.toFraction() ?? null).toBe(sum(JN, ON));
      expect(total?.toFraction() ?? null).toBe(sum(JN, ON, YN));
      for (const column of ['JN', 'ON', 'JN_ON', 'YN', 'total'] as const) {
        const exact = row.exact[column];
        expect(row.rounded[column]?.toFraction() ?? null).toBe(exact && roundHalfUp(exact, 0).toFraction());
      }
    }),
  );
});

describe('the cells', () => {
  const sheet = sheetOf([
    { name: 'Aziz Rahimov', groupName: 'F-101', results: { ...everything, q1: '2/3' } },
    { name: 'Ivan Petrov', sourcedId: '' },
  ]);

  test('stand under the names of the columns: numbers as numbers, codes as words, blank for nothing', () => {
    const [names, ivan, aziz] = qaydnomaCells(sheet, ({ code }) => code);
    expect(names).toEqual(qaydnomaColumns);
    const common = [0, 180, '11', '2026/2027', 'Umumiy fizika', '13', '11'];
    expect(aziz).toEqual([2, '391261100001', 'Aziz Rahimov', 'F-101', 27, 20, 47, 50, 97, 5, ...common, 'provisional']);
    expect(ivan?.slice(0, 11)).toEqual([1, null, 'Ivan Petrov', '', null, null, null, null, null, null, 0]);
    expect(ivan?.at(-1)).toBe('no-number');
  });

  test('have the exact values on a sheet of their own', () => {
    expect(exactCells(sheet)[2]).toEqual([
      ...[2, '391261100001', 'Aziz Rahimov', 80 / 3, 20, 140 / 3, 50, 290 / 3],
      ...['80/3', '20', '140/3', '50', '290/3'],
    ]);
  });

  test.each(['=HYPERLINK("http://x")', '+1+cmd', '-2+3', '@SUM(A1)', '\t=1', '=1;2'])(
    'let no name such as %p become a formula',
    (name) => {
      const csv = qaydnomaCsv(sheetOf([{ rosterName: name, groupName: name }]), () => name);
      expect(csv.startsWith('\uFEFFno;student_id_number;')).toBe(true);
      const [, row] = rowsOfCsv(csv.slice(1).replaceAll('\r\n', '\n')).rows;
      expect(row).toHaveLength(qaydnomaColumns.length);
      for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    },
  );

  test('are written in CSV with semicolons, and the comma in numbers', () => {
    const rounding = { digits: 1, gradesFollow: 'exact' as const };
    const csv = qaydnomaCsv(sheetOf([{ results: { q1: '2/3' } }], { ...presetPolicies.uz, rounding }), () => '');
    expect(csv.split('\r\n')[1]).toBe(
      '1;391261100001;Talaba 1;;6,7;;6,7;;6,7;;0;180;11;2026/2027;Umumiy fizika;13;11;',
    );
  });
});
