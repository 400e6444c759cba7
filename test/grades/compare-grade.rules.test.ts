// What a teacher is told of a grade here and the same one in the gradebook.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradeDifference, isShownAs, whoseGrade } from '../../src/grades/compare-grade.ts';

const of = (points: number, maximumPoints: number) => ({ points, maximumPoints });

test.each([
  ['same', null, null],
  ['same', of(1, 2), of(50, 100)],
  ['same', of(1, 3), of(33.33333, 100)],
  ['same', of(1, 3), of(33.33, 100)],
  ['same', of(15, 10), of(100, 100)],
  ['same', of(15, 10), of(150, 100)],
  ['same', of(0, 2), of(0, 100)],
  ['changed', of(1, 2), of(73, 100)],
  ['changed', of(1, 2), of(50.01, 100)],
  ['changed', of(15, 10), of(99, 100)],
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

/** A score of ours, and the same as a gradebook of any maximum has it. */
const taken = fc
  .record({
    maximumPoints: fc.integer({ min: 1, max: 200 }),
    share: fc.double({ min: 0, max: 1.5, noNaN: true }),
    columnMaximum: fc.integer({ min: 1, max: 1000 }),
    decimals: fc.integer({ min: 2, max: 5 }),
    isCapped: fc.boolean(),
  })
  .map(({ maximumPoints, share, columnMaximum, decimals, isCapped }) => {
    const points = Math.min(share * columnMaximum, isCapped ? columnMaximum : Infinity);
    return {
      ours: of(share * maximumPoints, maximumPoints),
      there: of(Number(points.toFixed(decimals)), columnMaximum),
    };
  });

describe('whose the points in a gradebook are', () => {
  const score = of(1, 2);
  const none = { wanted: score, confirmed: null, unconfirmed: [] };

  test.each([
    ['nobody’s, where there are none', null, none, 'nobody'],
    ['nobody’s, where there are none any more', null, { ...none, confirmed: score }, 'nobody'],
    ['nobody’s, where the gradebook puts zeros for missing work', of(0, 100), none, 'nobody'],
    ['a teacher’s, who makes a zero of what we sent', of(0, 100), { ...none, confirmed: score }, 'theirs'],
    ['a teacher’s, who was there before us', of(73, 100), none, 'theirs'],
    ['a teacher’s, who changed ours', of(73, 100), { ...none, confirmed: score }, 'theirs'],
    ['ours, as it was confirmed', of(25, 100), { ...none, confirmed: of(1, 4) }, 'ours'],
    ['ours, as it was sent without an answer', of(25, 100), { ...none, unconfirmed: [of(3, 4), of(1, 4)] }, 'ours'],
    ['ours, as it is to be', of(50, 100), none, 'ours'],
    ['ours, a zero that is taken back', of(0, 100), { ...none, wanted: null, confirmed: of(0, 2) }, 'ours'],
    ['nobody’s, a zero that never was ours, when ours is taken back', of(0, 100), { ...none, wanted: null }, 'nobody'],
    ['a teacher’s, in the place of a zero that is taken back', of(40, 100), { ...none, wanted: null }, 'theirs'],
  ])('%s', (_, there, ours, whose) => {
    expect(whoseGrade(there, ours)).toBe(whose);
  });

  test('ours stay ours, scaled, rounded to hundredths or finer, and capped', () => {
    fc.assert(
      fc.property(taken, ({ ours, there }) => {
        expect(isShownAs(there, ours)).toBe(true);
        for (const known of [
          { ...none, wanted: ours },
          { ...none, confirmed: ours },
          { ...none, unconfirmed: [ours] },
        ]) {
          expect(whoseGrade(there, known)).toBe('ours');
        }
      }),
    );
  });

  test('a change of two hundredths of a point is a teacher’s', () => {
    fc.assert(
      fc.property(taken, fc.double({ min: 0.02, max: 50, noNaN: true }), ({ ours, there }, difference) => {
        // A bonus may be shown in two ways.
        fc.pre(ours.points <= ours.maximumPoints);
        for (const points of [there.points + difference, there.points - difference]) {
          const changed = of(points, there.maximumPoints);
          expect(whoseGrade(changed, { wanted: ours, confirmed: ours, unconfirmed: [ours] })).toBe('theirs');
        }
      }),
    );
  });
});
