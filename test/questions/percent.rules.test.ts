import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { percentOf, shareOfPercent } from '../../src/questions/formats/percent.ts';

test.each([
  ['100', '1'],
  ['50', '1/2'],
  ['33.33333', '1/3'],
  ['33.33334', '1/3'],
  ['33.33', '1/3'],
  ['33.3', '1/3'],
  ['33', '33/100'],
  ['66.66667', '2/3'],
  ['66.66666', '2/3'],
  ['16.66667', '1/6'],
  ['83.33333', '5/6'],
  ['14.28571', '1/7'],
  ['11.11111', '1/9'],
  ['12.5', '1/8'],
  ['-33.33333', '-1/3'],
  ['33.4', '167/500'],
  ['0', '0'],
])('%s %% stands for %s', (percent, share) => {
  expect(shareOfPercent(percent).toFraction()).toBe(share);
});

test('A share written with five decimals, as Moodle does, comes back as itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20),
      fc.integer({ min: 1, max: 20 }),
      (parts, some) => {
        const share = new Fraction(Math.min(some, parts), parts);
        expect(shareOfPercent(share.mul(100).valueOf().toFixed(5)).equals(share)).toBe(true);
      },
    ),
  );
});

test('A sum is shown in percent', () => {
  expect([percentOf(new Fraction(9, 10)), percentOf(new Fraction(1, 3))]).toEqual(['90', '33.33333']);
});
