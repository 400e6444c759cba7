// What the answer to a QTI item is and what it earns.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { escapeXml } from '../archive/xml-text.ts';
import type { LossCode } from '../format.ts';
import type { Write } from './dialect.ts';
import { decimalOf, isWritable } from './shares.ts';

/** What a type adds to an item. */
export type Parts = { declaration: string; body: string; processing?: string; feedback?: string };

export type Pen = {
  el: Write;
  /** A content as XHTML; what it loses is remembered. */
  say: (content: Content) => string;
  lose: (code: LossCode) => void;
};

export type Entry = { key: string; weight: string };

/** A response with the share that each answer earns, in all between none and everything; `null` where only all of it counts. */
export function declared(
  { el, lose }: Pen,
  { isCaseSensitive = false, ...type }: { cardinality: string; baseType: string; isCaseSensitive?: boolean },
  entries: readonly Entry[] | null,
  right: readonly string[],
): string {
  if (entries?.some(({ weight }) => !isWritable(new Fraction(weight)))) lose('weights');
  return el(
    'responseDeclaration',
    { identifier: 'RESPONSE', ...type },
    el('correctResponse', {}, ...right.map((value) => el('value', {}, escapeXml(value)))),
    entries === null
      ? ''
      : el(
          'mapping',
          { lowerBound: 0, upperBound: 1, defaultValue: 0 },
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
