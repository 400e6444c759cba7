// Numbers as every other program reads them.
import { readNumber } from '../read-number.ts';

const longest = 60;

/** `'9,81'`, `'1.5·10^3'` as `9.81`, `1500`; as it was written if that would be too long to be read again. */
export function decimalText(text: string): string {
  const tidy = text.trim();
  if (/^-?\d{1,40}(?:\.\d{1,15})?$/.test(tidy)) return tidy;
  const decimal = readNumber(text)?.toString() ?? tidy;
  return decimal.length > longest ? tidy : decimal;
}
