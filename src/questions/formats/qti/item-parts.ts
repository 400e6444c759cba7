// The parts of a QTI item that every kind of interaction needs: what is right, what each answer earns, what is said to it.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import { htmlOf } from './markup-in.ts';
import { valueOf } from './shares.ts';

/** An answer and what it earns: 1 is everything. */
export type Scored = { key: string; weight: Fraction };

/** What a response declaration says. */
export type Declaration = {
  cardinality: string;
  baseType: string;
  correct: string[];
  /** Null where nothing is mapped. */
  mapping: { entries: Scored[]; isCaseSensitive: boolean; otherwise: Fraction; most: Fraction | null } | null;
};

/** Contents of one item; pictures have their new addresses. */
export type Reader = (nodes: readonly XmlNode[]) => Content;

/** A reader for an item whose pictures are to be found at these addresses. */
export function readerFor(addresses: ReadonlyMap<string, string>): Reader {
  return (nodes) => ({ format: 'html', source: htmlOf(nodes, (path) => addresses.get(path) ?? path).trim() });
}

/** The declaration that an interaction answers to. */
export function declarationOf(item: XmlElement, interaction: XmlElement): Declaration | null {
  const identifier = interaction.attributes['responseIdentifier'];
  const found = elementsOf(item, 'responseDeclaration').find(
    ({ attributes }) => attributes['identifier'] === identifier,
  );
  if (!found) return null;
  const values = elementsOf(childOf(found, 'correctResponse'), 'value').map((value) => textOf(value).trim());
  const mapping = childOf(found, 'mapping');
  const upper = mapping?.attributes['upperBound'];
  return {
    cardinality: found.attributes['cardinality'] ?? 'single',
    baseType: found.attributes['baseType'] ?? 'identifier',
    correct: values,
    mapping: mapping
      ? {
          entries: elementsOf(mapping, 'mapEntry').map(({ attributes }) => ({
            key: attributes['mapKey'] ?? '',
            weight: valueOf(attributes['mappedValue'] ?? '') ?? new Fraction(0),
          })),
          isCaseSensitive: elementsOf(mapping, 'mapEntry').every(
            ({ attributes }) => attributes['caseSensitive'] === 'true',
          ),
          otherwise: valueOf(mapping.attributes['defaultValue'] ?? '0') ?? new Fraction(0),
          most: upper === undefined ? null : valueOf(upper),
        }
      : null,
  };
}

/**
 * What each of some answers earns, as a share of the most that can be got; null if nothing can be got.
 *
 * @param isSingle whether only one of them can be given
 */
export function sharesOf(
  { mapping, correct }: Declaration,
  keys: readonly string[],
  isSingle: boolean,
): Fraction[] | null {
  if (!mapping) {
    const right = keys.filter((key) => correct.includes(key)).length;
    if (right === 0) return null;
    return keys.map((key) => new Fraction(correct.includes(key) ? 1 : 0, isSingle ? 1 : right));
  }
  const values = keys.map((key) => mapping.entries.find((entry) => entry.key === key)?.weight ?? mapping.otherwise);
  const most = mostOf(values, mapping.most, isSingle);
  return most.gt(0) ? values.map((value) => value.div(most)) : null;
}

/** The most that answers can earn together. */
export function mostOf(values: readonly Fraction[], bound: Fraction | null, isSingle: boolean): Fraction {
  const positive = values.filter((value) => value.gt(0));
  const got = isSingle
    ? positive.reduce((most, value) => (value.gt(most) ? value : most), new Fraction(0))
    : positive.reduce((sum, value) => sum.add(value), new Fraction(0));
  return bound?.gt(0) && bound.lt(got) ? bound : got;
}

/** What the question is worth: MAXSCORE, or the most that SCORE can be; 1 if the item says neither. */
export function pointsOf(item: XmlElement, mapped: Fraction | null): string {
  const outcomes = elementsOf(item, 'outcomeDeclaration');
  const named = (name: string) => outcomes.find(({ attributes }) => attributes['identifier'] === name);
  const most = textOf(childOf(childOf(named('MAXSCORE'), 'defaultValue'), 'value'));
  const points =
    valueOf(most) ?? valueOf(named('SCORE')?.attributes['normalMaximum'] ?? '') ?? mapped ?? new Fraction(1);
  return points.gt(0) && points.lte(1000) ? points.toFraction() : '1';
}

/** What is said to everybody: feedback whose outcome has from the start the value that shows it. */
export function generalFeedbackOf(item: XmlElement, read: Reader): Content | null {
  for (const feedback of elementsOf(item, 'modalFeedback')) {
    const outcome = elementsOf(item, 'outcomeDeclaration').find(
      ({ attributes }) => attributes['identifier'] === feedback.attributes['outcomeIdentifier'],
    );
    const value = textOf(childOf(childOf(outcome, 'defaultValue'), 'value')).trim();
    if (value !== '' && value === feedback.attributes['identifier']) return read(feedback.children);
  }
  return null;
}

/** What is said to one answer: feedback shown by the answer's own name. */
export function feedbackTo(item: XmlElement, choice: XmlElement, read: Reader): Content | null {
  const identifier = choice.attributes['identifier'] ?? '';
  const inside = descendantsOf(choice, 'feedbackInline');
  const after = elementsOf(item, 'modalFeedback');
  const found = [...inside, ...after].find(({ attributes }) => attributes['identifier'] === identifier);
  return found ? read(found.children) : null;
}

/** How many pieces of feedback an item has for cases that have no place here, such as "partly right". */
export function otherFeedback(item: XmlElement, answers: readonly string[]): number {
  const generals = elementsOf(item, 'outcomeDeclaration').map((outcome) =>
    textOf(childOf(childOf(outcome, 'defaultValue'), 'value')).trim(),
  );
  const known = new Set([...answers, ...generals]);
  return elementsOf(item, 'modalFeedback').filter(({ attributes }) => !known.has(attributes['identifier'] ?? ''))
    .length;
}
