import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asWritten, permutation, shuffled } from '../../src/questions/shuffle.ts';

test('A shuffled order has every place once', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 60 }), (seed, n) => {
      expect(permutation(seed, n).toSorted((one, other) => one - other)).toEqual(asWritten(n));
    }),
  );
});

// Computed by another program, from the description of the algorithm alone.
test('An order is the same in every process and every version', () => {
  expect(permutation('attempt 42, question 7', 6)).toEqual([0, 4, 3, 1, 2, 5]);
  expect(shuffled('attempt 42, question 7')(10)).toEqual([2, 3, 6, 7, 9, 4, 1, 5, 8, 0]);
});

test('Every order of three comes about as often as every other', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 1200; seed += 1) {
    const order = permutation(String(seed), 3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // 200 expected, five standard deviations allowed; the seeds are fixed, so this cannot fail by chance.
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(65);
});
