import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitsPattern, foldText, hasWildcard, readablePattern } from '../../src/questions/fold-text.ts';

test.each(["o'", 'o`', 'o´', 'oʻ', 'oʼ', 'oˈ', 'o‘', 'o’', 'o‛', 'o′', 'o＇', 'Oʻ'])(
  'A student who types %s has typed the letter oʻ',
  (typed) => {
    expect(foldText(typed)).toBe(foldText('oʻ'));
  },
);

test('The letter o is not the letter oʻ, and й is one letter however it is composed', () => {
  expect(foldText('o')).not.toBe(foldText('oʻ'));
  expect(foldText('и\u0306')).toBe(foldText('й'));
});

test.each([
  ['Nyuton', 'nyuton', true],
  ['  sof   suv ', 'sof suv', true],
  ['nyutonlar', 'nyuton*', true],
  ['bir nyuton', '*nyuton', true],
  ['a b c', 'a*b*c', true],
  ['aba', 'ab*ba', false],
  ['abXXba', 'ab*ba', true],
  ['2*2', '2\\*2', true],
  ['2x2', '2\\*2', false],
  ['nyuton', 'nyut', false],
  ['.', '*', true],
  ['a+b', 'a.b', false],
])('%j against %j is %s', (text, pattern, fits) => {
  expect(fitsPattern(text, pattern)).toBe(fits);
});

test.each([
  ['*Bishkek*', '…Bishkek…', true],
  ['50\\*2', '50*2', false],
  ['2\\**', '2*…', true],
  ['a***b', 'a…b', true],
  ['Bishkek', 'Bishkek', false],
])('People read the pattern %j as %j', (pattern, text, isWild) => {
  expect(readablePattern(pattern)).toBe(text);
  expect(hasWildcard(pattern)).toBe(isWild);
});

test('A text fits itself with any part of it replaced by a star', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'o', 'ʻ', 'я') });
  fc.assert(
    fc.property(letters, letters, letters, (start, middle, end) => {
      expect(fitsPattern(start + middle + end, `${start}*${end}`)).toBe(true);
    }),
  );
});
