import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { readNumber } from '../../src/questions/read-number.ts';

describe('A number is read however it is written', () => {
  test.each([
    ['5', '5'],
    ['-0,5', '-1/2'],
    ['+9.81', '981/100'],
    [' 12 345,67 ', '1234567/100'],
    ['12\u00A0345', '12345'],
    ['\u22125', '-5'],
    ['– 5', '-5'],
    ['.5', '1/2'],
    ['5.', '5'],
    ['1e-3', '1/1000'],
    ['1E3', '1000'],
    ['1,5·10^3', '1500'],
    ['1.5*10^3', '1500'],
    ['1,5 × 10^(-3)', '3/2000'],
    ['1,5х10^3', '1500'],
    ['2·10³', '2000'],
    ['2·10⁻³', '1/500'],
    ['10^-3', '1/1000'],
    ['-10^2', '-100'],
  ])('%j is %s', (text, expected) => {
    expect(readNumber(text)?.toFraction()).toBe(expected);
  });

  test.each([
    '',
    ' ',
    '5 m/s',
    '1,234.5',
    '1.234,5',
    'five',
    '--5',
    '5 5',
    '1e',
    '1e9999',
    '10^',
    '0x10',
    '1/2',
    'Infinity',
    'NaN',
  ])('%j is not a number', (text) => {
    expect(readNumber(text)).toBeNull();
  });

  test('one longer than anybody writes is not read', () => {
    expect(readNumber('1'.repeat(61))).toBeNull();
  });
});

test('Every decimal comes back exactly, with a comma or a point', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      fc.integer({ min: 1, max: 12 }),
      (digits, decimals) => {
        const padded = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
        const sign = digits < 0n ? '-' : '';
        const [whole, rest] = [padded.slice(0, -decimals), padded.slice(-decimals)];
        const expected = new Fraction(digits, 10n ** BigInt(decimals)).toFraction();
        expect(readNumber(`${sign}${whole},${rest}`)?.toFraction()).toBe(expected);
        expect(readNumber(`${sign}${whole}.${rest}`)?.toFraction()).toBe(expected);
      },
    ),
  );
});

test('No text makes the reader throw', () => {
  const piece = fc.constantFrom('1', '0', ',', '.', ' ', '-', '+', 'e', '·', '*', '10', '^', '³', '⁻', '(', ')', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 70 }), (pieces) => {
      expect([true, false]).toContain(readNumber(pieces.join('')) === null);
    }),
  );
});
