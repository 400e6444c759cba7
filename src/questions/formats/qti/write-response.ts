// What the answer to a QTI interaction is and what it earns.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { escapeXml } from '../archive/xml-text.ts';
import type { LossCode } from '../format.ts';
import type { Version, Write } from './dialect.ts';
import type { PathOf } from './markup-out.ts';
import { decimalOf, isWritable } from './shares.ts';

/** What an interaction adds to an item. */
export type Parts = {
  /** Its response. */
  declaration: string;
  /** Outcomes of its own. */
  outcomes?: string;
  body: string;
  /** The question's text, where what is asked stands in it. */
  text?: string;
  /** Empty where a person marks. */
  processing: string;
  /** What is said to answers. */
  feedback?: string;
};

/** An interaction's own names in its item. */
export type Slot = {
  response: string;
  /** The outcome that holds what its answer earns. */
  score: string;
  /** The outcome that says to which answer something is said. */
  feedback: string;
  /** What the names of its answers begin with: each is in an item once. */
  prefix: string;
  /** What a whole share earns, as an expression of QTI. */
  worth: string;
  /** The least that its answer can earn; null where it may cost what others earn. */
  least: 0 | null;
};

export type Pen = {
  version: Version;
  el: Write;
  /** A content as XHTML; what it loses is remembered. */
  say: (content: Content) => string;
  /** Where a picture lies in the package; null if it is not at hand. */
  pathOf: PathOf;
  lose: (code: LossCode) => void;
  slot: Slot;
};

export type Entry = { key: string; weight: string };

type ResponseType = { cardinality: string; baseType: string; isCaseSensitive?: boolean };

/** A response with the share that each answer earns, in all at most everything; `null` where only all of it counts. */
export function declared(
  { el, lose, slot }: Pen,
  { isCaseSensitive = false, ...type }: ResponseType,
  entries: readonly Entry[] | null,
  right: readonly string[],
): string {
  if (entries?.some(({ weight }) => !isWritable(new Fraction(weight)))) lose('weights');
  return el(
    'responseDeclaration',
    { identifier: slot.response, ...type },
    el('correctResponse', {}, ...right.map((value) => el('value', {}, escapeXml(value)))),
    entries === null
      ? ''
      : el(
          'mapping',
          { lowerBound: slot.least, upperBound: 1, defaultValue: 0 },
          ...entries.map(({ key, weight }) =>
            el('mapEntry', {
              mapKey: key,
              mappedValue: decimalOf(new Fraction(weight)),
              caseSensitive: type.baseType === 'string' ? String(isCaseSensitive) : null,
            }),
          ),
        ),
  );
}

/** The response itself, as an expression. */
export function responseOf({ el, slot }: Pen): string {
  return el('variable', { identifier: slot.response });
}

/** Everything for the right answer, nothing for any other. */
export function wholeScore(pen: Pen): string {
  const { el, slot } = pen;
  const right = el('match', {}, responseOf(pen), el('correct', { identifier: slot.response }));
  const score = el('setOutcomeValue', { identifier: slot.score }, slot.worth);
  return el('responseCondition', {}, el('responseIf', {}, right, score));
}

/** The share that the response's mapping gives. */
export function mappedScore({ el, slot }: Pen): string {
  const share = el('mapResponse', { identifier: slot.response });
  return el('setOutcomeValue', { identifier: slot.score }, el('product', {}, share, slot.worth));
}

/** An outcome with the value that it has from the start. */
export function outcome(el: Write, identifier: string, baseType: string, value: string): string {
  return el(
    'outcomeDeclaration',
    { identifier, cardinality: 'single', baseType },
    el('defaultValue', {}, el('value', {}, value)),
  );
}
