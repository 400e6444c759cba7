// Units after (or before) a number: which one was typed, and how much of the question's first unit it is.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { latinLookAlikes } from './fold-text.ts';
import { readNumber, readTypedNumber } from './read-number.ts';
import type { TypedNumber } from './read-number.ts';

const ratio = /^\d{1,12}\/[1-9]\d{0,11}$/;

/** A number above 0, exact: `'1000'`, `'1,6·10^-19'`, or `n/d` for what no decimal says, such as `'5/18'`. */
const factor = z.string().refine((text) => (readFactor(text)?.compare(0) ?? 0) > 0, {
  error: 'expected a number above 0',
  abort: true,
});

const unit = z.strictObject({
  /** As it is written: `km`, `m/s²`, `км/ч`. */
  unit: z.string().trim().min(1).max(30),
  /** How much of the first unit one of this is; 1 for the first. */
  factor,
});

/** Units that an answer may be given in; the author's numbers are in the first. */
export const unitsSchema = z
  .array(unit)
  .min(1)
  .max(30)
  .refine(
    ([first]) => first !== undefined && readFactor(first.factor)?.equals(1),
    'expected 1 of the first unit to be 1',
  )
  .refine(
    (units) => new Set(units.map(({ unit }) => foldUnit(unit))).size === units.length,
    'expected different units',
  );

export type Unit = z.infer<typeof unit>;

/** A typed number with what stood beside it. */
export type Quantity = {
  number: TypedNumber;
  /** How much of the first unit one of the unit typed is; null if it is none of the question's, or there is none. */
  factor: Fraction | null;
  hasUnit: boolean;
};

/**
 * Takes a number and its unit apart: `12 km`, `1,5·10^3 m/s^2`, `$5`. The unit is what follows the longest beginning that can be
 * read as a number; only a unit of the question's own may stand before it. Case decides (mW is not MW), spaces and the way a power
 * or a product is written do not, nor whether a letter is Latin or the Cyrillic one that looks like it.
 *
 * @returns null if there is no number
 */
export function readQuantity(text: string, units: readonly Unit[]): Quantity | null {
  for (let end = text.length; end > 0; end -= 1) {
    const number = readTypedNumber(text.slice(0, end));
    if (number) return { number, factor: factorOf(text.slice(end), units), hasUnit: text.slice(end).trim() !== '' };
  }
  for (let start = 1; start < text.length; start += 1) {
    const factor = factorOf(text.slice(0, start), units);
    const number = factor && readTypedNumber(text.slice(start));
    if (number) return { number, factor, hasUnit: true };
  }
  return null;
}

/** Each unit with its factor in one way of writing them, for comparing keys. */
export function unitsKey(units: readonly Unit[]): string[][] {
  return units.map(({ unit, factor }) => [foldUnit(unit), readFactor(factor)?.toFraction() ?? '']);
}

function factorOf(text: string, units: readonly Unit[]): Fraction | null {
  const typed = foldUnit(text);
  const found = units.find(({ unit }) => foldUnit(unit) === typed);
  return found ? readFactor(found.factor) : null;
}

function readFactor(text: string): Fraction | null {
  return ratio.test(text) ? new Fraction(text) : readNumber(text);
}

// NFKC makes m² m2 and the micro sign a mu; then m^2 is written as that too.
function foldUnit(text: string): string {
  return latinLookAlikes(
    text
      .normalize('NFKC')
      .replace(/[\s^]/g, '')
      .replace(/[·⋅∙×]/g, '*')
      .replaceAll('\u2212', '-'),
  );
}
