// What a teacher is told of a grade here and the same one in the gradebook.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradeDifference } from '../../src/grades/compare-grade.ts';

const of = (points: number, maximumPoints: number) => ({ points, maximumPoints });

test.each([
  ['same', null, null],
  ['same', of(1, 2), of(50, 100)],
  ['same', of(1, 3), of(33.33333, 100)],
  ['same', of(0, 2), of(0, 100)],
  ['changed', of(1, 2), of(73, 100)],
  ['changed', of(1, 2), of(50.1, 100)],
  ['missing', of(0, 2), null],
  ['entered', null, of(0, 100)],
] as const)('%s: %j here, %j there', (difference, here, there) => {
  expect(gradeDifference(here, there)).toBe(difference);
});

test('A score that a gradebook scales to its own points, kept to five decimals, is the same', () => {
  const scaled = fc.record({
    maximumPoints: fc.integer({ min: 1, max: 200 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    columnMaximum: fc.integer({ min: 1, max: 1000 }),
  });
  fc.assert(
    fc.property(scaled, ({ maximumPoints, share, columnMaximum }) => {
      const here = of(share * maximumPoints, maximumPoints);
      const there = of(Number((share * columnMaximum).toFixed(5)), columnMaximum);
      expect(gradeDifference(here, there)).toBe('same');
    }),
  );
});
