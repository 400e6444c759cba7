// A mark as the text of a cell, and a cell's text as a mark: what is shown reads back as the same mark.
import Fraction from 'fraction.js';
import { languages, translator, type Language } from '../../i18n/i18n.ts';
import { foldText } from '../../questions/fold-text.ts';
import type { Mark } from '../mark.store.ts';

/** What a cell says. `points` with `points` alone. */
export type CellMark = Pick<Mark, 'state' | 'points'>;

/** Why a text is no mark. `no-hours`: a word where hours are counted. */
export type CellProblem = 'not-a-mark' | 'below-zero' | 'too-precise' | 'no-hours';

/** How a reader writes cells. */
export interface CellWriting {
  /** Between whole points and parts. */
  decimal: string;
  absent: string;
  excused: string;
}

/** The longest text that is looked at; a longer one is no mark. */
export const longestCell = 60;

let known: Map<string, 'absent' | 'excused'> | undefined;

/** What stands for a state in any language. */
function words(): Map<string, 'absent' | 'excused'> {
  known ??= new Map(
    languages.flatMap(({ code }) =>
      (['absent', 'excused'] as const).flatMap((state) =>
        wordsOf(code, state).map((word) => [foldText(word), state] as const),
      ),
    ),
  );
  return known;
}

const decimal = /^\d+(?:[.,]\d*)?$|^[.,]\d+$/;
const share = /^(\d{1,12}) ?\/ ?(\d{1,12})$/;

/** How cells are written in a language. */
export function cellWriting(language: Language): CellWriting {
  const t = translator(language);
  const [absent = ''] = wordsOf(language, 'absent');
  const [excused = ''] = wordsOf(language, 'excused');
  return { decimal: t('language.decimal'), absent, excused };
}

/** All that may be typed for a state in a language; the first is what cells show. */
export function wordsOf(language: Language, state: 'absent' | 'excused'): string[] {
  const t = translator(language);
  return t(`credits.marks.words.${state}`).split(' ');
}

/** The mark as its cell shows it: at most two digits after the comma, and a fraction where that would not be all of it. */
export function cellText({ state, points }: CellMark, writing: CellWriting): string {
  switch (state) {
    case 'empty':
      return '';
    case 'absent':
    case 'excused':
      return writing[state];
    case 'points':
      return points ? pointsText(points, writing.decimal) : '';
  }
}

/**
 * Reads a cell: nothing is an empty one, and not zero; points have a comma or a point and at most two digits after it, or are a
 * fraction; words may be of any language.
 *
 * @param isHours whether the cell counts hours
 */
export function readCell(
  text: string,
  { isHours }: { isHours: boolean },
): { ok: true; mark: CellMark } | { ok: false; problem: CellProblem } {
  if (text.length > longestCell) return { ok: false, problem: 'not-a-mark' };
  const tidy = foldText(text);
  if (tidy === '') return { ok: true, mark: { state: 'empty', points: null } };
  const state = words().get(tidy);
  if (state) return isHours ? { ok: false, problem: 'no-hours' } : { ok: true, mark: { state, points: null } };
  return readPoints(tidy);
}

function readPoints(text: string): ReturnType<typeof readCell> {
  const [, above, below] = share.exec(text) ?? [];
  if (above !== undefined && below !== undefined && !/^0+$/.test(below))
    return { ok: true, mark: { state: 'points', points: new Fraction(BigInt(above), BigInt(below)) } };
  const number = text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '').replace(/^\+/, '');
  if (/^[-\u2212\u2013]/.test(number) && decimal.test(number.slice(1).trim()))
    return /[1-9]/.test(number) ? { ok: false, problem: 'below-zero' } : readPoints(number.slice(1).trim());
  if (!decimal.test(number)) return { ok: false, problem: 'not-a-mark' };
  const points = new Fraction(number.replace(',', '.').replace(/^\./, '0.').replace(/\.$/, ''));
  return isShort(points) ? { ok: true, mark: { state: 'points', points } } : { ok: false, problem: 'too-precise' };
}

function pointsText(points: Fraction, decimal: string): string {
  return isShort(points) ? points.toString().replace('.', decimal) : points.toFraction();
}

/** Whether two digits after the comma are all of it. */
function isShort(points: Fraction): boolean {
  return points.mul(100).d === 1n;
}
