// A word joiner (U+2060) is how a document of ours says that what follows is text, although it looks like a number, a letter, a key
// or a sign for the right answer. Nobody sees it, Word keeps it, and reading takes it out again.
import { keyLine } from '../aiken/key.ts';
import { roleOf } from '../table/columns.ts';
import { isDetail } from './detail-line.ts';
import { isKeyHeading, keyPairs } from './key-line.ts';
import { mayBeOption, questionLabel, signAfter, signBefore } from './line-label.ts';
import type { Block, Line, Table } from './paragraph.ts';
import { charactersOf, cutSpans, plainLook } from './span.ts';
import type { Span } from './span.ts';
import { isApart } from './write-formula.ts';

export const guard = '\u2060';

/** Text as its author wrote it. */
export function withoutGuards(text: string): string {
  return text.replaceAll(guard, '');
}

/** Text in which no run of four equals signs is left, which HEMIS takes for a separator. */
export function withoutSeparators(text: string): string {
  return text.replace(/={3}(?==)/g, `===${guard}`);
}

/** The blocks of a text after the label of its question, so that no line of it is read as anything else. */
export function guardedBlocks(blocks: readonly Block[]): Block[] {
  const [first] = blocks;
  const guarded = blocks.map((block, place) => {
    if (block.kind === 'table') return guardedTable(block);
    return { ...block, spans: place === 0 ? guardedText(block.spans, /^$/) : guardedLine(block) };
  });
  // A number has to stand before something, and beside nothing that stands apart.
  return first?.kind === 'table' || first?.spans.some(isApart) ? [lineOf(0, withGuards([], [0])), ...guarded] : guarded;
}

/** The spans of a line that stands by itself. */
export function guardedLine(line: Line): Span[] {
  const text = charactersOf(line.spans).trim();
  const isTaken =
    text === '' ||
    isKeyHeading(text) ||
    keyPairs(text) !== null ||
    keyLine(text) !== null ||
    isDetail(text) ||
    questionLabel({ ...line, label: null }) !== null;
  return guardedText(line.spans, isTaken ? /^/ : null);
}

/** The spans of an option after its letter, without a sign at either end that would mark it. */
export function guardedOption(spans: readonly Span[]): Span[] {
  const isSigned = signAfter.test(charactersOf(spans));
  const guarded = guardedText(spans, signBefore);
  return isSigned ? withGuards(guarded, [charactersOf(guarded).length]) : guarded;
}

/** Spans in which no letter is an option's and no equals signs are a separator, nor their beginning what it looks like. */
function guardedText(spans: readonly Span[], beginning: RegExp | null): Span[] {
  const characters = charactersOf(spans);
  const separators = [...characters.matchAll(/={3}(?==)/g)].map(({ index }) => index + 3);
  return withGuards(spans, [...(beginning?.test(characters) ? [0] : []), ...mayBeOption(characters), ...separators]);
}

/** Spans with a guard before the characters at these places, each of which looks as what it stands beside. */
function withGuards(spans: readonly Span[], places: readonly number[]): Span[] {
  const cuts = [...new Set([0, ...places])].sort((one, other) => one - other);
  return cuts.flatMap((from, index) => {
    const rest = cutSpans(spans, from, cuts[index + 1] ?? Infinity);
    const look = (rest[0] ?? spans.at(-1))?.look ?? plainLook;
    return [...(places.includes(from) ? [{ text: guard, look }] : []), ...rest];
  });
}

/** A table that is neither a key, nor options side by side, nor one of questions. */
function guardedTable(table: Table): Table {
  const cell = (lines: readonly Line[]): Line[] => {
    const text = charactersOf(lines.flatMap(({ spans }) => spans)).trim();
    const isTaken = /^(?:\p{L}|\d{1,4})[.)]?$/u.test(text) || roleOf(text) !== null;
    return lines.map((line, place) => {
      return { ...line, spans: guardedText(line.spans, isTaken && place === 0 ? /^/ : null) };
    });
  };
  return { ...table, rows: table.rows.map((row) => row.map(cell)) };
}

/** A line made for writing. */
export function lineOf(paragraph: number, spans: Span[]): Line {
  return { kind: 'line', paragraph, spans, label: null, isHeading: false };
}
