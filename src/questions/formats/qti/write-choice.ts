// Choices among options as QTI interactions.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { sayIfAny, withFeedback } from './write-feedback.ts';
import { declared, mappedScore, wholeScore } from './write-response.ts';
import type { Parts, Pen } from './write-response.ts';

type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];
type Option = Details<'single-choice'>['options'][number];

/** An option with its name in the item. */
export type NamedOption = Option & { key: string };

/** The options with the names and weights that they have in the item. */
function named(options: readonly Option[], { slot }: Pen) {
  return options.map((option, place) => ({ ...option, key: `${slot.prefix}c${place}` }));
}

/** One of several. @param write the interaction, given its options */
export function singleChoice(
  { options }: Details<'single-choice'>,
  pen: Pen,
  write: (choices: readonly NamedOption[]) => string = (choices) => choiceInteraction(choices, pen, 1),
): Parts {
  const entries = named(options, pen);
  const right = entries.filter(({ weight }) => new Fraction(weight).equals(1)).map(({ key }) => key);
  const type = { cardinality: 'single', baseType: 'identifier' };
  const parts = {
    declaration: declared(pen, type, entries, right.slice(0, 1)),
    body: write(entries),
    processing: mappedScore(pen),
  };
  return withFeedback(pen, parts, toldTo(entries, pen));
}

/** Any of several. All or nothing is a right answer without shares; right minus wrong has to be said in shares. */
export function multipleChoice({ options, grading }: Details<'multiple-choice'>, pen: Pen): Parts {
  if (grading === 'right-minus-wrong') pen.lose('grading');
  const entries = named(options, pen);
  const right = entries.filter(({ weight }) => new Fraction(weight).gt(0));
  const isWhole = grading === 'all-or-nothing';
  // What is right or wrong as a whole has no weights; those it gets when it is read are equal ones.
  const isEqual = entries.every(({ weight }) =>
    new Fraction(weight).lte(0)
      ? new Fraction(weight).equals(0)
      : new Fraction(weight).equals(new Fraction(1, right.length)),
  );
  if (isWhole && !isEqual) pen.lose('weights');
  const type = { cardinality: 'multiple', baseType: 'identifier' };
  const keys = right.map(({ key }) => key);
  const parts = {
    declaration: declared(pen, type, isWhole ? null : entries, keys),
    body: choiceInteraction(entries, pen, 0),
    processing: isWhole ? wholeScore(pen) : mappedScore(pen),
  };
  return withFeedback(pen, parts, toldTo(entries, pen), 'multiple');
}

export function trueFalse({ isTrue, feedbackToTrue, feedbackToFalse }: Details<'true-false'>, pen: Pen): Parts {
  const { el, slot } = pen;
  const entries = ['true', 'false'].map((key) => ({ key, weight: key === String(isTrue) ? '1' : '0' }));
  const parts = {
    declaration: declared(pen, { cardinality: 'single', baseType: 'identifier' }, entries, [String(isTrue)]),
    body: el(
      'choiceInteraction',
      { responseIdentifier: slot.response, shuffle: 'false', maxChoices: 1 },
      el('simpleChoice', { identifier: 'true' }, 'True'),
      el('simpleChoice', { identifier: 'false' }, 'False'),
    ),
    processing: mappedScore(pen),
  };
  return withFeedback(pen, parts, [
    { identifier: 'true', feedback: sayIfAny(pen, feedbackToTrue) },
    { identifier: 'false', feedback: sayIfAny(pen, feedbackToFalse) },
  ]);
}

/** @param most how many may be chosen, 0 for any number */
export function choiceInteraction(
  choices: readonly NamedOption[],
  { el, say, slot }: Pen,
  most: 0 | 1,
  style: string | null = null,
): string {
  return el(
    'choiceInteraction',
    { responseIdentifier: slot.response, shuffle: 'true', maxChoices: most, class: style },
    ...choices.map(({ key, text }) => el('simpleChoice', { identifier: key }, say(text))),
  );
}

function toldTo(entries: readonly NamedOption[], pen: Pen) {
  return entries.map(({ key, feedback }) => ({ identifier: key, feedback: sayIfAny(pen, feedback) }));
}
