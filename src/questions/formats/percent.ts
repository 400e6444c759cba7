// Percentages as question files write them, turned into the fractions they stand for.
import Fraction from 'fraction.js';

// Thirds, sixths, sevenths … cannot be written out in percent, so files round them: 33.33333, 16.66667, 14.28571.
const unwritable = [3, 6, 7, 9, 11, 12] as const;

/**
 * The share that a percentage means: `'50'` is 1/2, and `'33.33333'`, `'33.33334'` or `'33.3'` is exactly 1/3, as
 * Moodle matches them to its own list of grades. A whole number is taken at its word: `'33'` is 33/100.
 *
 * @param text digits with an optional minus and decimals, such as `-12.5`
 */
export function shareOfPercent(text: string): Fraction {
  const written = new Fraction(text);
  const decimals = text.split('.')[1]?.length ?? 0;
  if (decimals === 0) return written.div(100);
  const lastDigit = new Fraction(1, 10n ** BigInt(decimals));
  const slack = decimals === 1 ? lastDigit.div(2) : lastDigit;
  for (const denominator of unwritable) {
    const meant = written.mul(denominator).div(100).round().div(denominator);
    if (meant.d !== 1n && 100n % meant.d !== 0n && meant.mul(100).sub(written).abs().lte(slack)) return meant;
  }
  return written.div(100);
}

/** A share as a percentage for people, with at most five decimals. */
export function percentOf(share: Fraction): string {
  return String(Number(share.mul(100).valueOf().toFixed(5)));
}

/** Whether a share comes back from its percentage as it was. */
export function isWritable(share: Fraction): boolean {
  return shareOfPercent(percentOf(share)).equals(share);
}

/**
 * A share as a percentage for a file, with at most five decimals. One that cannot be written out is rounded up if it earns something:
 * then several that make a whole do so still.
 */
export function writtenPercent(share: Fraction): string {
  if (share.lte(0) || isWritable(share)) return percentOf(share);
  return percentOf(
    share
      .mul(10n ** 7n)
      .ceil()
      .div(10n ** 7n),
  );
}
