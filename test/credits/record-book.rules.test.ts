// What a record book adds up to, and the code that is printed on it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bookCourseOf } from '../../src/credits/record-book/book-course.ts';
import { newPrintCode, tidyPrintCode } from '../../src/credits/record-book/print-code.ts';
import {
  averagesOf,
  printStanding,
  recordBookSchema,
  termsOf,
  totalsOf,
  type BookCourse,
} from '../../src/credits/record-book/record-book.ts';
import { balanceOf, type LedgerEntry } from '../../src/credits/ledger.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import type { CreditPolicy } from '../../src/credits/policy.ts';
import { creditsWithout } from '../../src/credits/student/shown-credits.ts';
import { noResults } from '../../src/credits/course-credits.ts';
import { noAccommodation } from '../../src/courses/accommodation.ts';
import { planOf } from '../support/credits.ts';

const now = new Date('2026-11-26T08:00:00Z');
const { uz, kg, kz, ects } = presetPolicies;

function scaleOf({ bands, gpa }: CreditPolicy): BookCourse['scale'] {
  const grades = bands.map(({ grade, gradePoints }) => ({ grade, gradePoints }));
  return { grades, threshold: gpa.threshold, digits: gpa.digits };
}

function course(credits: number, grade: string | null, said: Partial<BookCourse> = {}, policy = uz): BookCourse {
  const band = policy.bands.find((one) => one.grade === grade);
  return {
    ...{ courseId: 1, title: 'Fan', subjectCode: '', educationYear: '2026/2027', semester: 1 },
    ...{ plannedUnits: credits * 100, confirmedUnits: 0, provisionalUnits: 0, points: '0', maximumPoints: '100' },
    grade: band ? { grade: band.grade, gradePoints: band.gradePoints } : null,
    isGradeConfirmed: band !== undefined,
    ...{ isPartHidden: false, scale: scaleOf(policy), entryIds: [], ...said },
  };
}

describe('The sums of a record book', () => {
  /** A course of a student's, with awards that were partly taken back; the last word on each account is what stands. */
  const anyCourse = fc.record({
    courseId: fc.integer({ min: 1, max: 1000 }),
    year: fc.integer({ min: 2020, max: 2026 }),
    semester: fc.integer({ min: 1, max: 8 }),
    accounts: fc.array(fc.record({ units: fc.integer({ min: 1, max: 900 }), turns: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 4,
    }),
  });

  function ownCourse({
    courseId,
    year,
    semester,
    accounts,
  }: typeof anyCourse extends fc.Arbitrary<infer Of> ? Of : never) {
    const plan = planOf({ educationYear: `${year}/${year + 1}`, semester });
    const inForce = {
      ...{ id: 1, courseId, number: 1, title: 'Fan', plan, policyId: 1, policyNumber: 1, policy: uz, publishedAt: now },
    };
    const kept = new Map(
      accounts.map(({ units, turns }, place) => {
        const key = place === 0 ? 'course' : `m${place}`;
        const entries = Array.from({ length: turns }, (_, turn): LedgerEntry => {
          const isAward = turn % 2 === 0;
          const evidence = { points: '1', maximumPoints: '1', grade: null, gradePoints: null, activities: [] };
          return {
            ...{ id: courseId * 100 + place * 10 + turn, personId: 1, componentKey: key, planId: 1 },
            ...{ kind: isAward ? 'award' : 'reversal', units: isAward ? units : -units, evidence, evidenceHash: '' },
            ...{ reason: 'x', actorId: 1, confirmationId: null, enteredAt: now },
          };
        });
        return [key, entries] as const;
      }),
    );
    const credits = creditsWithout(new Set(), inForce, noResults, kept);
    return {
      kept,
      line: bookCourseOf({ inForce, credits, marks: [], places: new Map(), accommodation: noAccommodation }),
    };
  }

  test('are those of the accounts: nothing is lost, and nothing counted twice, by term or in all', () => {
    fc.assert(
      fc.property(fc.array(anyCourse, { maxLength: 8 }), (drawn) => {
        const own = drawn.map(ownCourse);
        const ledger = own.flatMap(({ kept }) => [...kept.values()]).reduce((sum, one) => sum + balanceOf(one), 0);
        const lines = own.map(({ line }) => line);
        const terms = termsOf(lines);
        expect(totalsOf(lines).confirmed).toBe(ledger);
        expect(terms.reduce((sum, { totals }) => sum + totals.confirmed, 0)).toBe(ledger);
        expect(terms.reduce((sum, { totals }) => sum + totals.planned, 0)).toBe(600 * drawn.length);
        expect(terms.flatMap(({ courses }) => courses)).toHaveLength(drawn.length);
        const order = terms.map(({ educationYear, semester }) => `${educationYear} ${semester}`);
        expect(order).toEqual([...new Set(order)].sort());
        const book = { personName: null, courses: lines };
        expect(recordBookSchema.parse(JSON.parse(JSON.stringify(book)))).toEqual(book);
      }),
      { numRuns: 100 },
    );
  });
});

describe('The GPA', () => {
  test('is exact over what is confirmed, and beside it stands what HEMIS would show (credits.md §2.6.5)', () => {
    const graded = [course(6, '4'), course(4, '5'), course(5, '2'), course(3, '4')];
    const [average] = averagesOf(graded);
    expect([average?.exact.toFraction(), average?.asHemis?.toString()]).toEqual(['11/3', '3.7']);
    const [open] = averagesOf([course(6, '4'), course(4, '5'), course(5, null), course(3, '4')]);
    expect([open?.exact.toFraction(), open?.asHemis?.toString()]).toEqual(['56/13', '3.1']);
    expect([open?.confirmedCount, open?.courseCount]).toEqual([3, 4]);
  });

  test('counts no grade that is only provisional', () => {
    const provisional = course(4, '5', { isGradeConfirmed: false });
    const [average] = averagesOf([course(6, '4'), provisional]);
    expect([average?.exact.toString(), average?.asHemis?.toString(), average?.confirmedCount]).toEqual(['4', '2.4', 1]);
    expect(averagesOf([provisional])).toEqual([]);
  });

  test('of 2.35 does not reach 2.4, though it would once rounded', () => {
    const [average] = averagesOf([course(13, '2'), course(7, '3')]);
    expect(average?.exact.toString()).toBe('2.35');
    expect(average?.thresholds).toEqual([{ threshold: '2.4', isReached: false }]);
  });

  test('joins courses of one scale, and never those of two; grades that count nothing have none', () => {
    const inKg = course(4, '5', {}, kg);
    const all = averagesOf([course(6, '4'), inKg, course(5, 'A', {}, kz), course(5, 'P', {}, ects)]);
    expect(all.map(({ exact, courseCount }) => [exact.toFraction(), courseCount])).toEqual([
      ['22/5', 2],
      ['4', 1],
    ]);
    expect(averagesOf([course(5, null)])).toEqual([]);
  });
});

describe('What a print says', () => {
  const book = { personName: null, courses: [course(6, '4', { entryIds: [3] }), course(4, '5', { entryIds: [5] })] };

  test.each([
    ['same', [3, 5]],
    ['added', [3, 5, 8]],
    ['changed', [3, 9]],
    ['changed', [3]],
    ['changed', []],
  ] as const)('is %s where the entries in force are %j', (standing, today) => {
    expect(printStanding(book, new Set(today))).toBe(standing);
  });
});

describe('The code of a print', () => {
  test('is four times four letters that look like nothing else', () => {
    let next = 0;
    const code = newPrintCode((bound) => (next += 7) % bound);
    expect(code).toMatch(/^([B-DF-HJKMNPR-TV-Z]{4}-){3}[B-DF-HJKMNPR-TV-Z]{4}$/);
    expect(code).not.toMatch(/[AEIOULQ]/);
  });

  test.each([
    ['bcdfghjkmnprstvw', 'BCDF-GHJK-MNPR-STVW'],
    [' BCDF ghjk–MNPR.stvw\n', 'BCDF-GHJK-MNPR-STVW'],
    ['ВСDF-GНJК-МNРR-SТVW', 'BCDF-GHJK-MNPR-STVW'],
    ['BCDF', 'BCDF'],
    ['---', ''],
    ["' or 1=1 --\u0000", 'OR11'],
  ])('is read from %j', (typed, code) => {
    expect(tidyPrintCode(typed)).toBe(code);
  });
});
