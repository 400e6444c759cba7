// What a line of a Word document is by its beginning: the start of a question, an option, a key, or more of what came before.
import { fitsPlace } from '../aiken/labels.ts';
import type { Line } from './paragraph.ts';
import { charactersOf, cutSpans, trimSpans } from './span.ts';
import type { Span } from './span.ts';

/** An option as it stands in the document. */
export type ReadOption = {
  paragraph: number;
  /** The letter before it; null for a bullet. */
  letter: string | null;
  /** Whether a sign for the right one stood before or after it. */
  isMarked: boolean;
  /** Whether Word itself wrote its letter or bullet: then all of the paragraph is the option. */
  isListed: boolean;
  spans: Span[];
};

export type LabelledQuestion = { number: number; spans: Span[] };

const letter = 'A-Za-zА-Яа-яЁё';
const sign = String.raw`[*+#✓✔√]`;
const typedNumber =
  /^\s*(?:(?:savol|вопрос|суроо|question|савол|№)\s*)?(\d{1,4})\s*(?:[.):]|-\s*(?:savol|вопрос|суроо|савол)[.:]?)(?!\d)\s*/i;
const wordNumber = /^\s*(?:savol|вопрос|суроо|question|савол|№)\s*(\d{1,4})\s*[.:)]?\s*/i;
const typedOption = new RegExp(String.raw`^\s*(${sign}?)\s*([${letter}])\s*([.)])(\s*)`);
const optionInside = new RegExp(String.raw`(?<!\S)(?=${sign}?\s*[${letter}]\s*[.)])`, 'g');

/** A sign for the right option before it. */
export const signBefore = /^\s*(?:[*#✓✔√]|\+(?!\s*\d)|\(\+\))\s*/;
/** The same after it. */
export const signAfter = /\s*(?:\*|✓|✔|\(\+\)|\(\*\))\s*$/;

/** The number with which a question begins and the rest of the line; null if the line begins none. */
export function questionLabel(line: Line): LabelledQuestion | null {
  if (line.label?.kind === 'number' && line.label.level === 0) return { number: line.label.number, spans: line.spans };
  if (line.label) return null;
  const characters = charactersOf(line.spans);
  const match = typedNumber.exec(characters) ?? wordNumber.exec(characters);
  return match ? { number: Number(match[1]), spans: cutSpans(line.spans, match[0].length) } : null;
}

/**
 * The options on a line, which may hold several: `A) 3   B) 5`.
 *
 * @param place how many options the question has before it; the letters have to go on from there
 * @param inList whether the question itself has a number from Word, so that deeper numbers are options
 */
export function optionsOn(line: Line, place: number, inList: boolean): ReadOption[] {
  const { label, paragraph } = line;
  if (label?.kind === 'letter') return [option(paragraph, label.letter, false, line.spans, true)];
  if (label?.kind === 'bullet') return [option(paragraph, null, false, line.spans, true)];
  if (label) return inList && label.level > 0 ? [option(paragraph, String(label.number), false, line.spans, true)] : [];
  return typedOptions(paragraph, line.spans, place);
}

function typedOptions(paragraph: number, spans: readonly Span[], place: number): ReadOption[] {
  const match = typedOption.exec(charactersOf(spans));
  const [whole = '', before = '', name = '', stop = ''] = match ?? [];
  if (!match || !(fitsPlace(name.toUpperCase(), place) || (stop === ')' && place > 0))) return [];
  const rest = cutSpans(spans, whole.length);
  const next = nextOption(charactersOf(rest), place + 1, stop);
  const own = next === null ? rest : cutSpans(rest, 0, next);
  const first = option(paragraph, name, before !== '', own);
  return next === null ? [first] : [first, ...typedOptions(paragraph, cutSpans(rest, next), place + 1)];
}

/** Where the next option begins on the same line; after a point instead of a bracket only a wide gap tells. */
function nextOption(characters: string, place: number, stop: string): number | null {
  const gap = stop === ')' ? String.raw`\s` : String.raw`(?:\t|\s{2,}|;\s)`;
  const pattern = new RegExp(String.raw`(?:^|${gap})\s*${sign}?\s*([${letter}])\s*[${stop}]`, 'g');
  for (const match of characters.matchAll(pattern))
    if (fitsPlace((match[1] ?? '').toUpperCase(), place)) return match.index;
  return null;
}

/** Where in a text the label of an option could begin. */
export function mayBeOption(characters: string): number[] {
  return [...characters.matchAll(optionInside)].map(({ index }) => index);
}

/** Where options begin on the line of the question itself: `2 + 2 = ? A) 3 B) 4`. */
export function inlineOptions(spans: readonly Span[]): number | null {
  const characters = charactersOf(spans);
  const first = nextOption(characters, 0, ')');
  return first !== null && nextOption(characters.slice(first + 1), 1, ')') !== null ? first : null;
}

function option(
  paragraph: number,
  name: string | null,
  isMarked: boolean,
  spans: readonly Span[],
  isListed = false,
): ReadOption {
  const characters = charactersOf(spans);
  const signed = signBefore.exec(characters)?.[0].length ?? 0;
  // A sign alone is the option itself.
  const before = signed < characters.length ? signed : 0;
  const after = signAfter.exec(characters);
  const kept = cutSpans(spans, before, after && after.index > before ? after.index : Infinity);
  const isSigned = before > 0 || (after !== null && after.index > before);
  return { paragraph, letter: name, isMarked: isMarked || isSigned, isListed, spans: trimSpans(kept) };
}
