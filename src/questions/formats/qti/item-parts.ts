// The parts of a QTI item that every kind of interaction needs: what is right, and what each answer earns.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { childOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import type { Asset } from '../format.ts';
import { htmlOf } from './markup-in.ts';
import { valueOf } from './shares.ts';

/** An answer and what it earns: 1 is everything. */
export type Scored = { key: string; weight: Fraction };

/** What a response declaration says. */
export type Declaration = {
  identifier: string;
  cardinality: string;
  baseType: string;
  correct: string[];
  /** Null where nothing is mapped. */
  mapping: { entries: Scored[]; isCaseSensitive: boolean; otherwise: Fraction; most: Fraction | null } | null;
};

/** Contents of one item; pictures have their new addresses. */
export type Reader = (nodes: readonly XmlNode[]) => Content;

/** An item being read, with the names of version 2.1. */
export type ItemReading = {
  item: XmlElement;
  read: Reader;
  /** The pictures by their paths as written. */
  pictures: ReadonlyMap<string, Asset>;
  /** Whether the item has no other interaction than the one that is read. */
  isAlone: boolean;
  /** The pieces of feedback that found their place. */
  told: Set<XmlElement>;
  /** What else was left out, by QTI's names. */
  leftOut: Set<string>;
};

/** A reader for contents with these pictures. */
export function readerFor(pictures: ReadonlyMap<string, Asset>): Reader {
  const addressOf = (path: string) => {
    const picture = pictures.get(path);
    return picture ? `asset:${picture.sha256}` : path;
  };
  return (nodes) => ({ format: 'html', source: htmlOf(nodes, addressOf).trim() });
}

/** A share that a weight can be. */
export function weightOf(share: Fraction | undefined): string {
  const value = share ?? new Fraction(0);
  return (value.lt(-1) ? new Fraction(-1) : value).toFraction();
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
    identifier: identifier ?? '',
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
