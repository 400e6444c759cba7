// Rounding to significant figures, exactly.
import Fraction from 'fraction.js';

/**
 * A number rounded to so many significant figures, halves away from zero: 9.80665 to 3 is 9.81, 0.9996 to 3 is 1.
 *
 * @param figures at least 1
 */
export function roundToFigures(value: Fraction, figures: number): Fraction {
  if (value.equals(0)) return value;
  const step = powerOfTen(leadingPower(value.abs()) - figures + 1);
  const rounded = value.abs().div(step).add(new Fraction(1, 2)).floor().mul(step);
  return value.lt(0) ? rounded.neg() : rounded;
}

/** The power of ten of the first digit that is not 0: 2 for 123.4, -3 for 0.005. */
function leadingPower(value: Fraction): number {
  // The lengths of the two numbers say it to within one.
  const guess = String(value.n).length - String(value.d).length;
  return powerOfTen(guess).lte(value) ? guess : guess - 1;
}

function powerOfTen(power: number): Fraction {
  return power < 0 ? new Fraction(1n, 10n ** BigInt(-power)) : new Fraction(10n ** BigInt(power));
}
