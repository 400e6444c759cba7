// Exact numbers as text. Weights and points are fractions, never floats: three thirds make one.
import Fraction from 'fraction.js';
import { z } from 'zod';

const shape = /^-?\d{1,12}(\.\d{1,12}|\/\d{1,12})?$/;

/** Text of an exact number within two bounds. */
export function exactWithin(least: number, most: number) {
  const fits = (text: string) => {
    if (!shape.test(text) || /\/0+$/.test(text)) return false;
    const value = new Fraction(text);
    return value.gte(least) && value.lte(most);
  };
  // What is built on it computes with it, so a bad one ends the check.
  return z.string().refine(fits, { error: `expected a decimal or n/d from ${least} to ${most}`, abort: true });
}

/** A share of a question's points, from -1 to 1: `'1/3'`, `'-0.5'`. */
export const weightSchema = exactWithin(-1, 1);

/** A share that a wrong try costs, from 0 to 1: `'1/3'`. */
export const penaltySchema = exactWithin(0, 1);

/** Points a question is worth, from 0 to 1000: `'1'`, `'2.5'`, `'1/3'`. */
export const pointsSchema = exactWithin(0, 1000);
