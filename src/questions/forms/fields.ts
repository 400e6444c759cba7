// The kinds of fields that the forms of several types have: a content, a share of the points, a number.
import Fraction from 'fraction.js';
import { contentSchema, type Content } from '../content.ts';
import { percentOf, shareOfPercent } from '../formats/percent.ts';
import { readNumber } from '../read-number.ts';
import type { Report } from './question-form.ts';
import type { TypedRow } from './typed-form.ts';

/** How what is typed into a new form is read. */
export const newFormat: Content['format'] = 'auto';

/** The two fields of a content: what is typed, and how it is read. */
export function contentFields(name: string, content: Content | null): TypedRow {
  return { [name]: content?.source ?? '', [`${name}Format`]: content?.format ?? newFormat };
}

/** The content in such fields; its source is empty where nothing was typed. */
export function contentIn(row: TypedRow, name: string): Content {
  const format = contentSchema.shape.format.safeParse(row[`${name}Format`]).data ?? newFormat;
  return { format, source: row[name] ?? '' };
}

/** A content that may be left out. */
export function optionalContent(row: TypedRow, name: string): Content | null {
  const content = contentIn(row, name);
  return content.source.trim() === '' ? null : content;
}

/** A content that must not. */
export function requiredContent(row: TypedRow, name: string, field: string, report: Report): Content {
  const content = contentIn(row, name);
  if (content.source.trim() === '') report(field, 'empty');
  return content;
}

/** A share as people type it: per cent, or a fraction of the whole where no percentage says it exactly. */
export function shareText(weight: string): string {
  const share = new Fraction(weight);
  const percent = percentOf(share);
  return /^-?\d+(\.\d+)?$/.test(percent) && shareOfPercent(percent).equals(share) ? percent : share.toFraction();
}

/**
 * A share typed as per cent (`50`, `33,33333`, `-25 %`) or as a fraction (`1/3`), exact.
 *
 * @returns a weight; `0` where it makes no sense, which is reported
 */
export function typedShare(typed: string, field: string, report: Report): string {
  const text = typed.trim().replace(/\s*%$/, '').replace(',', '.').replace('−', '-');
  const share = /^-?\d{1,9}(\.\d{1,9})?$/.test(text)
    ? shareOfPercent(text)
    : /^-?\d{1,6}\/[1-9]\d{0,5}$/.test(text)
      ? new Fraction(text)
      : null;
  if (share?.abs().lte(1)) return share.toFraction();
  report(field, 'not-a-share');
  return '0';
}

/** A number as people type it, kept as it was typed. */
export function typedNumber(typed: string, field: string, report: Report): string {
  const text = typed.trim();
  if (text === '') report(field, 'empty');
  // A formula in the question's variables, which its schema tries.
  else if (!text.startsWith('=') && !readNumber(text)) report(field, 'not-a-number', { value: text });
  return text;
}

/** One of some words; the first where it is none of them. */
export function oneOf<Word extends string>(words: readonly [Word, ...Word[]], typed: string | undefined): Word {
  return words.find((word) => word === typed) ?? words[0];
}
