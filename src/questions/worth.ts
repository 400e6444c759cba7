// How one answer went, in the three words that the result page has for it.
import type Fraction from 'fraction.js';

export type Worth = 'right' | 'partly-right' | 'wrong';

/** Worth all, something, or nothing (or less). */
export function worthOf(weight: Fraction): Worth {
  if (weight.gte(1)) return 'right';
  return weight.gt(0) ? 'partly-right' : 'wrong';
}
