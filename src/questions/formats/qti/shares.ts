// Shares and points as QTI writes them: floating point numbers, of which thirds and sevenths are recognised again.
import Fraction from 'fraction.js';
import { shareOfPercent } from '../percent.ts';

const decimals = 9;

/** A number with at most nine decimals. */
export function decimalOf(value: Fraction): string {
  const text = value.toString(decimals + 3);
  if (/^-?\d+(?:\.\d{1,9})?$/.test(text)) return text;
  return value.valueOf().toFixed(decimals);
}

/** The exact value that a decimal means; null for what is no number. */
export function valueOf(text: string): Fraction | null {
  const trimmed = text.trim();
  if (!/^[+-]?(?:\d{1,12}(?:\.\d{0,15})?|\.\d{1,15})$/.test(trimmed)) {
    const number = Number(trimmed);
    return trimmed !== '' && Number.isFinite(number) && Math.abs(number) < 1e9
      ? new Fraction(number.toFixed(12))
      : null;
  }
  const [whole = '', part = ''] = trimmed.replace('+', '').split('.');
  // The hundredfold by moving the point, so that no digit is lost.
  const hundredfold = `${whole === '' ? '0' : whole}${part.slice(0, 2).padEnd(2, '0')}`.replace(/^(-?)0+(?=\d)/, '$1');
  const rest = part.slice(2).replace(/0+$/, '');
  return shareOfPercent(rest === '' ? hundredfold : `${hundredfold}.${rest}`);
}

/** Whether a value is read back as what it was. */
export function isWritable(value: Fraction): boolean {
  return valueOf(decimalOf(value))?.equals(value) ?? false;
}
