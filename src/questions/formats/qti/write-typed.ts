// What is answered by typing, as QTI: words are a mapping, numbers and formulas are rules in the order of the author's answers.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { hasWildcard } from '../../fold-text.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { escapeXml } from '../archive/xml-text.ts';
import { decimalOf, isWritable } from './shares.ts';
import { feedbackOutcome, modal, tellAnswer } from './write-feedback.ts';
import { declared, mappedScore, responseOf } from './write-response.ts';
import type { Entry, Parts, Pen } from './write-response.ts';

type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];
type NumericAnswers = Details<'numeric'>['answers'];

/**
 * The operator, of our own, that says whether a response is a formula equivalent to another. QTI has none, and `customOperator` is
 * its place for such. Inside: the response, the author's expression, the tolerance, then name, least and most of each variable.
 */
export const equivalenceClass = 'mustaqil.isEquivalent';

/** An answer in QTI's words. */
type Rule = { test: string; weight: string; feedback: Content | null };

const field = ({ el, slot }: Pen) => el('textEntryInteraction', { responseIdentifier: slot.response });
const text = ({ el }: Pen, value: string) => el('baseValue', { baseType: 'string' }, escapeXml(value));
const float = ({ el }: Pen, value: string) => el('baseValue', { baseType: 'float' }, value);

/** Patterns have no place in a mapping, and of two answers of the same words only the first can be met. */
export function shortText(details: Details<'short-text'>, pen: Pen): Parts | null {
  const { answers, isCaseSensitive = false, foldsLookAlikes = false } = details;
  const { el } = pen;
  if (foldsLookAlikes) pen.lose('grading');
  const entries: (Entry & { feedback: Content | null })[] = [];
  for (const { pattern, ...rest } of answers) {
    const key = pattern.replaceAll('\\*', '*');
    if (!hasWildcard(pattern) && !entries.some((entry) => entry.key === key)) entries.push({ key, ...rest });
  }
  const right = entries.filter(({ weight }) => new Fraction(weight).equals(1));
  if (right.length === 0) return null;
  if (entries.length < answers.length) pen.lose('grading');
  const type = { cardinality: 'single', baseType: 'string', isCaseSensitive };
  const parts = {
    declaration: declared(
      pen,
      type,
      entries,
      right.slice(0, 1).map(({ key }) => key),
    ),
    body: field(pen),
    processing: mappedScore(pen),
  };
  const told = entries.flatMap(({ key, feedback }) =>
    feedback
      ? [
          {
            test: el('stringMatch', { caseSensitive: String(isCaseSensitive) }, responseOf(pen), text(pen, key)),
            feedback,
          },
        ]
      : [],
  );
  return withRules(pen, parts, told, () => '');
}

/**
 * Significant figures are compared as QTI does it, by rounding both: how many were typed does not matter there. Anything at all is
 * any number.
 */
export function numeric({ answers, units }: Details<'numeric'>, pen: Pen): Parts | null {
  if (units) pen.lose('units');
  const rules = answers.flatMap(({ accepted, ...rest }) => {
    const test = testOf(accepted, pen);
    return test === null ? [] : [{ test, ...rest }];
  });
  if (rules.length < answers.length) pen.lose('grading');
  const type = { identifier: pen.slot.response, cardinality: 'single', baseType: 'float' };
  return ruled(pen, pen.el('responseDeclaration', type), rules);
}

/** Whoever does not know our operator sees that a text is asked for, and which is right. */
export function formula({ variables, answers, tolerance }: Details<'formula'>, pen: Pen): Parts | null {
  const { el, slot } = pen;
  const ranges = variables.flatMap(({ name, from, to }) => [name, from, to]);
  const rules = answers.map(({ expression, ...rest }) => {
    const given = [expression, tolerance, ...ranges].map((value) => text(pen, value));
    return { test: el('customOperator', { class: equivalenceClass }, responseOf(pen), ...given), ...rest };
  });
  const right = answers.find(({ weight }) => new Fraction(weight).equals(1))?.expression ?? '';
  const declaration = el(
    'responseDeclaration',
    { identifier: slot.response, cardinality: 'single', baseType: 'string' },
    el('correctResponse', {}, el('value', {}, escapeXml(right))),
  );
  return ruled(pen, declaration, rules);
}

/** A field whose answer earns by the first rule that holds; null if none gives everything. */
function ruled(pen: Pen, declaration: string, rules: readonly Rule[]): Parts | null {
  const { el, lose, slot } = pen;
  if (!rules.some(({ weight }) => new Fraction(weight).equals(1))) return null;
  if (rules.some(({ weight }) => !isWritable(new Fraction(weight)))) lose('weights');
  return withRules(pen, { declaration, body: field(pen), processing: '' }, rules, ({ weight }) => {
    const share = float(pen, decimalOf(new Fraction(weight)));
    return el('setOutcomeValue', { identifier: slot.score }, el('product', {}, share, slot.worth));
  });
}

/** The parts with rules of which the first that holds decides what else happens, and what is said. */
function withRules<Told extends Omit<Rule, 'weight'>>(
  pen: Pen,
  parts: Parts,
  rules: readonly Told[],
  then: (rule: Told) => string,
): Parts {
  if (rules.length === 0) return parts;
  const { el, say, slot } = pen;
  const nameOf = (place: number) => `${slot.prefix}a${place}`;
  const branches = rules.map((rule, place) => {
    const told = rule.feedback ? tellAnswer(pen, nameOf(place)) : '';
    return el(place === 0 ? 'responseIf' : 'responseElseIf', {}, rule.test, then(rule), told);
  });
  const feedback = rules.map(({ feedback: own }, place) =>
    own ? modal(pen, slot.feedback, nameOf(place), say(own)) : '',
  );
  const isSilent = rules.every((rule) => rule.feedback === null);
  return {
    ...parts,
    outcomes: isSilent ? '' : feedbackOutcome(pen, 'single'),
    processing: parts.processing + el('responseCondition', {}, ...branches),
    feedback: feedback.join(''),
  };
}

/** Null for numbers that do not fit. */
function testOf(accepted: NumericAnswers[number]['accepted'], pen: Pen): string | null {
  const { el } = pen;
  const response = responseOf(pen);
  switch (accepted.kind) {
    case 'near': {
      const [value, tolerance] = [numberText(accepted.value), numberText(accepted.tolerance)];
      if (value === null || tolerance === null) return null;
      const attributes = { toleranceMode: 'absolute', tolerance: `${tolerance} ${tolerance}` };
      return el('equal', attributes, response, float(pen, value));
    }
    case 'between': {
      const [from, to] = [numberText(accepted.from), numberText(accepted.to)];
      if (from === null || to === null) return null;
      return el('and', {}, el('gte', {}, response, float(pen, from)), el('lte', {}, response, float(pen, to)));
    }
    case 'significant': {
      const value = numberText(accepted.value);
      if (value === null) return null;
      const attributes = { roundingMode: 'significantFigures', figures: accepted.figures };
      return el('equalRounded', attributes, response, float(pen, value));
    }
    case 'anything':
      return el('not', {}, el('isNull', {}, response));
  }
}

/** The number in digits with a point; null for one that would not fit. */
function numberText(written: string): string | null {
  const value = readNumber(written);
  const digits = value?.toString(20) ?? '';
  return /^-?\d{1,20}(?:\.\d{1,18})?$/.test(digits) ? digits : null;
}
