// Numbers as people write them, read exactly.
import Fraction from 'fraction.js';

const maximumLength = 60;
const digits = String.raw`(\d+(?:\.\d*)?|\.\d+)`;
const exponent = String.raw`(?:[eе]([+-]?\d{1,3})|[·⋅*×xх]10(?:\^\(?([+-]?\d{1,3})\)?|([+-]?\d{1,3})))?`;
const number = new RegExp(`^([+-]?)${digits}${exponent}$`, 'i');
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number that was typed: its value, and how many significant figures it may be taken to state. */
export type TypedNumber = {
  /** Exact. */
  value: Fraction;
  /** From the first digit that is not 0 to the last one; 0 for a zero. `1500` may state 4, though it need not. */
  figures: number;
};

/**
 * Reads a number: `-0,5`, `9.81`, `12 345,67`, `1e-3`, `1,5·10^3`, `1.5*10³`; comma or point, a real minus or a hyphen,
 * spaces around the parts and between thousands; `10^-3` alone. `e` and `x` may be Cyrillic.
 *
 * @returns null for anything else, such as a unit after the number or both a comma and a point
 */
export function readTypedNumber(text: string): TypedNumber | null {
  if (text.length > maximumLength) return null;
  const match = number.exec(tidy(text));
  if (!match) return null;
  const [, sign, mantissa = '', ...powers] = match;
  const power = Number(powers.find((value) => value !== undefined) ?? '0');
  const [whole = '', decimals = ''] = mantissa.split('.');
  const scale = power - decimals.length;
  const value = new Fraction(BigInt(whole + decimals)).mul(new Fraction(10).pow(scale) ?? 1);
  const figures = (whole + decimals).replace(/^0+/, '').length;
  return { value: sign === '-' ? value.neg() : value, figures };
}

/** The exact value of a number as `readTypedNumber` reads it; null for anything else. */
export function readNumber(text: string): Fraction | null {
  return readTypedNumber(text)?.value ?? null;
}

function tidy(text: string): string {
  return text
    .trim()
    .replace(/[\u2212\u2012\u2013\uFE63\uFF0D]/g, '-')
    .replace(/[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (raised) => `^${[...raised].map(lowered).join('')}`)
    .replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, '')
    .replace(/\s*([·⋅*×xх^])\s*/gi, '$1')
    .replace(/^([+-])\s+/, '$1')
    .replace(/^([+-]?)(?=10\^)/, '$11*')
    .replace(',', '.');
}

function lowered(raised: string): string {
  if (raised === '⁻') return '-';
  return raised === '⁺' ? '+' : String(superscripts.indexOf(raised));
}
