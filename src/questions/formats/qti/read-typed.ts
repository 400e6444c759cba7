// What QTI lets people type, as questions of ours: a word by its mapping, a formula by the operator that we write.
import type { Question } from '../../question.ts';
import { descendantsOf, textOf } from '../archive/read-xml.ts';
import { sharesOf, weightOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { feedbackByRule } from './read-feedback.ts';
import { feedbackIn, rulesFor } from './read-rules.ts';
import { equivalenceClass } from './write-typed.ts';

type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];

/** The words that are accepted; null if none is right. */
export function readShortText(declaration: Declaration, reading: ItemReading): Details<'short-text'> | null {
  const { mapping, correct } = declaration;
  const keys = mapping ? mapping.entries.map(({ key }) => key) : correct;
  const shares = sharesOf(declaration, keys, true);
  if (!shares) return null;
  const answers = keys.map((key, place) => ({
    pattern: key.replaceAll('*', '\\*'),
    weight: weightOf(shares[place]),
    feedback: feedbackByRule(key, declaration, reading),
  }));
  return { answers, ...(mapping?.isCaseSensitive ? { isCaseSensitive: true } : {}) };
}

/** The formulas that are accepted; null where none is asked for. */
export function readFormula(declaration: Declaration, reading: ItemReading): Details<'formula'> | null {
  const rules = rulesFor(reading, declaration).flatMap((rule) => {
    const isOurs = rule.test.name === 'customOperator' && rule.test.attributes['class'] === equivalenceClass;
    const [expression, tolerance, ...ranges] = descendantsOf(rule.test, 'baseValue').map(textOf);
    return isOurs && expression !== undefined && tolerance !== undefined
      ? [{ rule, expression, tolerance, ranges }]
      : [];
  });
  const [first] = rules;
  if (!first) return null;
  return {
    variables: threes(first.ranges).map(([name = '', from = '', to = '']) => ({ name, from, to })),
    answers: rules.map(({ rule, expression }) => ({
      expression,
      weight: weightOf(rule.score ?? undefined),
      feedback: feedbackIn(rule, reading),
    })),
    tolerance: first.tolerance,
  };
}

function threes(texts: readonly string[]): string[][] {
  return texts.flatMap((_, place) => (place % 3 === 0 ? [texts.slice(place, place + 3)] : []));
}
