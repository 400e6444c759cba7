// What a QTI item's rules say of one response: the branches that ask about it, what they give, and what it can earn in all.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { mostOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { valueOf } from './shares.ts';

/** One branch: what is tested, the score where that holds (null if none is given), and the branch itself. */
export type Rule = { test: XmlElement; score: Fraction | null; branch: XmlElement };

/** The branches that ask about this response and no other, in their order. */
export function rulesFor({ item }: Pick<ItemReading, 'item'>, { identifier }: Declaration): Rule[] {
  const conditions = elementsOf(childOf(item, 'responseProcessing'), 'responseCondition');
  const branches = conditions.flatMap((condition) =>
    elementsOf(condition).filter(({ name }) => name === 'responseIf' || name === 'responseElseIf'),
  );
  return branches.flatMap((branch) => {
    const [test] = elementsOf(branch);
    const asked = descendantsOf(test, 'variable').map(({ attributes }) => attributes['identifier']);
    if (!test || asked.length === 0 || asked.some((name) => name !== identifier)) return [];
    return [{ test, score: scoreIn(branch), branch }];
  });
}

/** The number of the expression `parent`, as it is written; null if there is none. */
export function numberIn(parent: XmlElement | undefined): string | null {
  const value = childOf(parent, 'baseValue');
  return value ? textOf(value).trim() : null;
}

/** The most that a response can earn; null if the item does not say. */
export function worthOf({ item }: Pick<ItemReading, 'item'>, declaration: Declaration): Fraction | null {
  const { mapping, cardinality, identifier } = declaration;
  if (mapping) {
    const values = mapping.entries.map(({ weight }) => weight);
    return mostOf(values, mapping.most, cardinality === 'single').mul(factorOf(item, identifier));
  }
  const scores = rulesFor({ item }, declaration).flatMap(({ score }) => (score ? [score] : []));
  return scores.length > 0 ? mostOf(scores, null, true) : null;
}

/** What is said where a branch holds. */
export function feedbackIn({ branch }: Rule, { item, read, told }: ItemReading): Content | null {
  for (const set of elementsOf(branch, 'setOutcomeValue')) {
    const name = numberIn(set);
    const feedback = elementsOf(item, 'modalFeedback').find(
      ({ attributes }) =>
        attributes['identifier'] === name && attributes['outcomeIdentifier'] === set.attributes['identifier'],
    );
    if (!feedback) continue;
    told.add(feedback);
    return read(feedback.children);
  }
  return null;
}

/** By how much what a mapping gives is multiplied. */
function factorOf(item: XmlElement, identifier: string): Fraction {
  const product = descendantsOf(childOf(item, 'responseProcessing'), 'product').find((one) =>
    elementsOf(one, 'mapResponse').some(({ attributes }) => attributes['identifier'] === identifier),
  );
  return multiplied(elementsOf(product, 'baseValue'));
}

/** A score given outright, or a part of one; `variable MAXSCORE` alone is everything. */
function scoreIn(branch: XmlElement): Fraction | null {
  const sets = elementsOf(branch, 'setOutcomeValue');
  const score =
    sets.find(({ attributes }) => attributes['identifier'] === 'SCORE') ??
    sets.find((set) => descendantsOf(set, 'baseValue').some(isNumber));
  const numbers = descendantsOf(score, 'baseValue').filter(isNumber);
  if (numbers.length > 0) return multiplied(numbers);
  return score && descendantsOf(score, 'variable').length > 0 ? new Fraction(1) : null;
}

const isNumber = (value: XmlElement) => valueOf(textOf(value)) !== null;

function multiplied(values: readonly XmlElement[]): Fraction {
  return values.reduce((product, value) => product.mul(valueOf(textOf(value)) ?? 1), new Fraction(1));
}
