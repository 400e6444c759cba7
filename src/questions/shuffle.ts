// Shuffled orders that can be made again: the same seed gives the same order in every process and every version, so
// nothing but the seed needs storing.
import { createHash } from 'node:crypto';
import type { Order } from './question-type.ts';

const wordsPerBlock = 8;
const wordRange = 2 ** 32;

/** Endless 32-bit words: SHA-256 of the seed and a block number, read big-endian. */
function* words(seed: string): Generator<number, never> {
  for (let block = 0; ; block += 1) {
    const digest = createHash('sha256').update(`${seed}:${block}`).digest();
    for (let word = 0; word < wordsPerBlock; word += 1) yield digest.readUInt32BE(word * 4);
  }
}

/** A number from 0 to `n - 1`, each as likely: words above the last whole multiple of `n` are passed over. */
function below(n: number, source: Generator<number, never>): number {
  const limit = wordRange - (wordRange % n);
  for (;;) {
    const word = source.next().value;
    if (word < limit) return word % n;
  }
}

/**
 * A permutation of `0 … n-1`, each as likely, fixed for ever by `seed` and `n` (Fisher–Yates over SHA-256).
 *
 * @param seed must hold something the student cannot know, such as a random value kept with the attempt: authors write
 *             the right option first, so whoever can compute the permutation knows where that went
 */
export function permutation(seed: string, n: number): number[] {
  const source = words(`${n}:${seed}`);
  const items = [...Array(n).keys()];
  for (let last = n - 1; last > 0; last -= 1) {
    const other = below(last + 1, source);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}

/** Endless numbers from 0 to below 1, each as likely, fixed for ever by `seed`: words in units of 2^-32. */
export function* seededNumbers(seed: string): Generator<number, never> {
  const source = words(`number:${seed}`);
  for (;;) yield source.next().value / wordRange;
}

/** The order of one question in one attempt; for what the seed must be see `permutation`. */
export function shuffled(seed: string): Order {
  return (n) => permutation(seed, n);
}

/** The order in which the author wrote. */
export const asWritten: Order = (n) => [...Array(n).keys()];
