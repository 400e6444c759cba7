// Questions that put things in an order, in rows and columns or into categories, as QTI items.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { escapeXml } from '../archive/xml-text.ts';
import { declared, mappedScore, wholeScore } from './write-response.ts';
import type { Parts, Pen } from './write-response.ts';

type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];

/** What the two sets of a match interaction stand for, where it is no simple matching; both are classes that players may style. */
export const matchClasses = { matrix: 'qti-match-tabular', categorise: 'categorise' } as const;

/** The name of the choice that belongs to no category. */
export const noneOfThese = 'none';

/** An order can be right or wrong as a whole; how near it comes is lost. */
export function ordering({ items, grading }: Details<'ordering'>, pen: Pen): Parts {
  if (grading !== 'all-or-nothing') pen.lose('grading');
  const keys = items.map((_, place) => `c${place}`);
  const choices = items.map((item, place) => pen.el('simpleChoice', { identifier: `c${place}` }, pen.say(item)));
  return {
    declaration: declared(pen, { cardinality: 'ordered', baseType: 'identifier' }, null, keys),
    body: pen.el('orderInteraction', { responseIdentifier: pen.slot.response, shuffle: 'true' }, ...choices),
    processing: wholeScore(pen),
  };
}

type Sets = {
  left: Content[];
  right: string[];
  of: readonly number[];
  /** The place on the right of what stands for none of them. */
  none?: number;
  isPartial: boolean;
  style: string | null;
};

/** Each on the left with at most one on the right; every one that belongs somewhere earns as much as any other. */
function matched({ left, right, of, none, isPartial, style }: Sets, pen: Pen): Parts {
  const { el, say } = pen;
  const nameOf = (column: number) => (column === none ? noneOfThese : `r${column}`);
  const keys = of.map((column, row) => `l${row} ${nameOf(column)}`);
  const entries = isPartial ? keys.map((key) => ({ key, weight: `1/${keys.length}` })) : null;
  const choice = (identifier: string, matchMax: number, inner: string) =>
    el('simpleAssociableChoice', { identifier, matchMax }, inner);
  const type = { cardinality: 'multiple', baseType: 'directedPair' };
  return {
    // How many there are to share is read back from the key, so no digit of a share is ever lost.
    declaration: declared({ ...pen, lose: () => undefined }, type, entries, keys),
    body: el(
      'matchInteraction',
      { responseIdentifier: pen.slot.response, shuffle: 'true', maxAssociations: left.length, class: style },
      el('simpleMatchSet', {}, ...left.map((one, row) => choice(`l${row}`, 1, say(one)))),
      el('simpleMatchSet', {}, ...right.map((one, column) => choice(nameOf(column), left.length, one))),
    ),
    processing: isPartial ? mappedScore(pen) : wholeScore(pen),
  };
}

export function matching({ pairs, distractors }: Details<'matching'>, pen: Pen): Parts {
  const rights = [...new Set([...pairs.map(({ right }) => right), ...distractors])];
  const isAgain = (one: string, place: number) =>
    distractors.indexOf(one) < place || pairs.some(({ right }) => right === one);
  // A distractor that is there twice, or that is right as well, is none.
  if (distractors.some(isAgain)) pen.lose('grading');
  const of = pairs.map(({ right }) => rights.indexOf(right));
  const left = pairs.map((pair) => pair.left);
  return matched({ left, right: rights.map(escapeXml), of, isPartial: true, style: null }, pen);
}

export function matrix({ columns, rows, grading }: Details<'matrix'>, pen: Pen): Parts {
  if (grading === 'kprim') pen.lose('grading');
  const left = rows.map(({ text }) => text);
  const of = rows.map(({ right }) => right);
  const isPartial = grading === 'per-row';
  return matched({ left, right: columns.map(pen.say), of, isPartial, style: matchClasses.matrix }, pen);
}

export function categorise({ categories, items, grading }: Details<'categorise'>, pen: Pen): Parts {
  // "None of these" is a choice like any other, under a name of its own.
  const none = items.some(({ category }) => category === null) ? categories.length : -1;
  const of = items.map(({ category }) => category ?? none);
  const left = items.map(({ text }) => text);
  const isPartial = grading === 'per-item';
  const right = [...categories.map(pen.say), ...(none < 0 ? [] : ['—'])];
  return matched({ left, right, of, none, isPartial, style: matchClasses.categorise }, pen);
}
