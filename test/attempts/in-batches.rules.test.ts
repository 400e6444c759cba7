// What comes while something is done is done together afterwards.
import { expect, test } from '@jest/globals';
import { inBatches } from '../../src/attempts/journal/in-batches.ts';

/** Doubles numbers, and says which it was given together; refuses those of a batch with a zero. */
function doubling(most: number) {
  const batches: number[][] = [];
  const double = inBatches(most, async (numbers: readonly number[]) => {
    batches.push([...numbers]);
    await Promise.resolve();
    if (numbers.includes(0)) throw new Error('a zero');
    return numbers.map((number) => 2 * number);
  });
  return { batches, double };
}

test('Who comes alone is served at once, and who comes meanwhile together in the next turn, each with their own result', async () => {
  const { batches, double } = doubling(3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(await double(6)).toBe(12);
});

test('A batch that fails is told to each of it, and to nobody else', async () => {
  const { double } = doubling(2);
  const served = await Promise.allSettled([1, 0, 3, 4].map(double));
  expect(served.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
});
