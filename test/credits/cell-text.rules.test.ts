// What may stand in a cell of the grid, and that what it shows reads back as the same mark.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { cellText, cellWriting, readCell, wordsOf, type CellMark } from '../../src/credits/marks/cell-text.ts';
import { languages } from '../../src/i18n/i18n.ts';

const marked = (text: string) => {
  const read = readCell(text, { isHours: false });
  if (!read.ok) return read.problem;
  return read.mark.points?.toFraction() ?? read.mark.state;
};

describe('a cell', () => {
  test.each([
    ['7', '7'],
    ['7,5', '15/2'],
    ['7.50', '15/2'],
    [' 7,25\u00a0', '29/4'],
    ['+3', '3'],
    ['.5', '1/2'],
    ['7,', '7'],
    ['1 000', '1000'],
    ['0', '0'],
    ['-0', '0'],
    ['10/3', '10/3'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['a', 'absent'],
    ['Absent', 'absent'],
    ['y', 'absent'],
    ['YOʻQ', 'absent'],
    ["yo'q", 'absent'],
    ['nb', 'absent'],
    ['e', 'excused'],
    ['sababli', 'excused'],
  ])('with “%s” says %s', (text, says) => {
    expect(marked(text)).toBe(says);
  });

  test.each([
    ['ten', 'not-a-mark'],
    ['7 points', 'not-a-mark'],
    ['1,2,3', 'not-a-mark'],
    ['1e2', 'not-a-mark'],
    ['5/0', 'not-a-mark'],
    ['7,125', 'too-precise'],
    ['-1', 'below-zero'],
    ['−0,5', 'below-zero'],
    ['8'.repeat(61), 'not-a-mark'],
    ['\0', 'not-a-mark'],
  ])('with “%s” is refused as %s', (text, problem) => {
    expect(marked(text)).toBe(problem);
  });

  test('where hours are counted takes numbers, and no words', () => {
    expect(readCell('12', { isHours: true })).toMatchObject({ ok: true, mark: { state: 'points' } });
    expect(readCell('', { isHours: true })).toMatchObject({ ok: true, mark: { state: 'empty' } });
    expect(readCell('absent', { isHours: true })).toEqual({ ok: false, problem: 'no-hours' });
  });

  test('shows what reads back as the same mark, in every language, whoever reads it', () => {
    const points = fc
      .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1000 }))
      .map(([above, below]): CellMark => ({ state: 'points', points: new Fraction(above, below) }));
    const others = fc
      .constantFrom('absent', 'excused', 'empty')
      .map((state): CellMark => ({ state, points: null }) as const);
    fc.assert(
      fc.property(fc.oneof(points, others), fc.constantFrom(...languages.map(({ code }) => code)), (mark, language) => {
        const read = readCell(cellText(mark, cellWriting(language)), { isHours: false });
        expect(read.ok && { ...read.mark, points: read.mark.points?.toFraction() ?? null }).toEqual({
          ...mark,
          points: mark.points?.toFraction() ?? null,
        });
      }),
    );
  });
});

test('no word means absent in one language and excused in another, and none is a number', () => {
  const all = (state: 'absent' | 'excused') => languages.flatMap(({ code }) => wordsOf(code, state));
  expect(all('absent').filter((word) => all('excused').includes(word))).toEqual([]);
  expect(all('absent').map(marked)).toEqual(all('absent').map(() => 'absent'));
  expect(all('excused').map(marked)).toEqual(all('excused').map(() => 'excused'));
});
