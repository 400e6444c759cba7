// From points to grades and to a GPA, exact. Vectors: credits.md §2.6.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import {
  failingGrade,
  gradeFor,
  gradePointAverage,
  gradePointAverageOfHemis,
  roundHalfUp,
} from '../../src/credits/grade.ts';
import { hoursOf, splitHours } from '../../src/credits/plan.ts';
import { policySchema } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';

const { uz, kz } = presetPolicies;
const hundred = new Fraction(100);
const presets = Object.entries(presetPolicies);

describe('A grade', () => {
  test.each([
    ['59.99', '2'],
    ['60', '3'],
    ['69.99', '3'],
    ['70', '4'],
    ['89.99', '4'],
    ['90', '5'],
    // Where the whole bounds of HEMIS have holes.
    ['59.5', '2'],
    ['69.5', '3'],
    ['89.5', '4'],
    ['0', '2'],
    ['100', '5'],
  ])('of %s points is a %s in Uzbekistan', (points, grade) => {
    expect(gradeFor(new Fraction(points), hundred, uz).grade).toBe(grade);
  });

  test('follows rounded points only where an institution says so', () => {
    const rounding = { digits: 0, gradesFollow: 'rounded' } as const;
    expect(gradeFor(new Fraction('69.5'), hundred, { ...uz, rounding }).grade).toBe('4');
    expect(gradeFor(new Fraction('69.49'), hundred, { ...uz, rounding }).grade).toBe('3');
  });

  test('is by the share of the points that could be had', () => {
    expect(gradeFor(new Fraction(47, 2), new Fraction(25), kz).grade).toBe('A-');
    expect(gradeFor(new Fraction(0), new Fraction(0), uz).grade).toBe('2');
  });

  test.each([
    ['49', false, 'FX'],
    ['25', false, 'FX'],
    ['24.99', false, 'F'],
    ['80', false, 'FX'],
    ['80', true, 'F'],
  ])('of who has not passed with %s points (excluded: %s) is %s in Kazakhstan', (points, isExcluded, grade) => {
    expect(failingGrade(new Fraction(points), hundred, { ...kz, isExcluded }).grade).toBe(grade);
    expect(failingGrade(new Fraction(points), hundred, { ...uz, isExcluded }).grade).toBe('2');
  });

  test.each(presets)('of any number of points exists, is one, and never falls as points rise (%s)', (_name, policy) => {
    const rank = (points: Fraction) => policy.bands.indexOf(gradeFor(points, hundred, policy));
    const points = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 10_000 })).map(([n, d]) => {
      const value = new Fraction(n, d);
      return value.gt(100) ? new Fraction(100) : value;
    });
    fc.assert(
      fc.property(points, points, (one, other) => {
        expect(rank(one)).toBeGreaterThanOrEqual(0);
        if (one.gte(other)) expect(rank(one)).toBeLessThanOrEqual(rank(other));
      }),
    );
  });
});

describe('Rules', () => {
  test.each(presets)('of the preset %s are rules', (_name, policy) => {
    expect(policySchema.parse(policy)).toEqual(policy);
    const sum = policy.controls.reduce((all, { points }) => all.add(points), new Fraction(0));
    expect(sum.toFraction()).toBe(policy.totalPoints);
  });

  test.each([
    ['with a gap at the bottom', { bands: [...uz.bands.slice(0, -1)] }],
    ['with two bands that begin together', { bands: [uz.bands[0], ...uz.bands] }],
    ['with bands from the worst up', { bands: [...uz.bands].reverse() }],
    ['with hours out of order', { hoursPerCredit: { least: 30, usual: 25, most: 30 } }],
    ['with two controls of one key', { controls: [...uz.controls, ...uz.controls.slice(0, 1)] }],
  ])('%s are none', (_what, changed) => {
    expect(policySchema.safeParse({ ...uz, ...changed }).success).toBe(false);
  });
});

describe('A GPA', () => {
  const subject = (credits: number, grade: string | null) => ({
    units: credits * 100,
    gradePoints: grade === null ? null : new Fraction(grade),
  });

  test.each([
    [
      'is Σ K·U / Σ K over the grades',
      [subject(6, '4'), subject(4, '5'), subject(5, '2'), subject(3, '4')],
      '11/3',
      '3.7',
    ],
    [
      'leaves out what is not graded, which HEMIS counts as 0',
      [subject(6, '4'), subject(4, '5'), subject(5, null), subject(3, '4')],
      '56/13',
      '3.1',
    ],
    [
      'is not the wrong one that is copied everywhere',
      [subject(3, '2'), subject(2, '5'), subject(4, '3')],
      '28/9',
      '3.1',
    ],
    ['counts parts of a credit, which HEMIS cuts off', [subject(1.5, '5'), subject(1, '2')], '19/5', '3.5'],
  ])('%s', (_what, subjects, exact, hemis) => {
    expect(gradePointAverage(subjects)?.toFraction()).toBe(exact);
    expect(gradePointAverageOfHemis(subjects)?.toString()).toBe(hemis);
  });

  test('of 2.35 is below a threshold of 2.4, though HEMIS shows 2.4', () => {
    const subjects = [subject(13, '2'), subject(7, '3')];
    expect(gradePointAverage(subjects)?.toString()).toBe('2.35');
    expect(gradePointAverage(subjects)?.gte('2.4')).toBe(false);
    expect(gradePointAverageOfHemis(subjects)?.toString()).toBe('2.4');
  });

  test('is none without a grade', () => {
    expect(gradePointAverage([subject(6, null)])).toBeNull();
    expect(gradePointAverage([])).toBeNull();
    expect(gradePointAverageOfHemis([])).toBeNull();
  });

  test('lies between the worst and the best grade', () => {
    const subjects = fc.array(
      fc.record({ units: fc.integer({ min: 1, max: 6000 }), grade: fc.integer({ min: 2, max: 5 }) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(subjects, (all) => {
        const average = gradePointAverage(all.map(({ units, grade }) => ({ units, gradePoints: new Fraction(grade) })));
        expect(average?.gte(Math.min(...all.map(({ grade }) => grade)))).toBe(true);
        expect(average?.lte(Math.max(...all.map(({ grade }) => grade)))).toBe(true);
      }),
    );
  });
});

describe('Hours', () => {
  test('of the published example: 5 credits of 25 hours, 40 % with a teacher', () => {
    const course = { units: 500, hoursPerCredit: 25 };
    expect(hoursOf(course).valueOf()).toBe(125);
    expect(splitHours(course, '40')).toEqual({ contactHours: 50, independentHours: 75 });
  });

  test('always add up', () => {
    const course = fc.record({
      credits: fc.integer({ min: 1, max: 60 }),
      hoursPerCredit: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(course, fc.nat(100), ({ credits, hoursPerCredit }, percent) => {
        const { contactHours, independentHours } = splitHours({ units: credits * 100, hoursPerCredit }, `${percent}`);
        expect(contactHours + independentHours).toBe(credits * hoursPerCredit);
        expect(contactHours).toBeGreaterThanOrEqual(0);
        expect(independentHours).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test.each([
  ['2.5', 0, '3'],
  ['2.4999999', 0, '2'],
  ['2.345', 2, '2.35'],
  ['1/3', 2, '0.33'],
  ['2/3', 1, '0.7'],
])('%s with %d digits is %s', (value, digits, rounded) => {
  expect(roundHalfUp(new Fraction(value), digits).toString()).toBe(rounded);
});
