// The numbers and letters that Word itself writes before paragraphs (ECMA-376 part 1 §17.9): they stand nowhere in the text.
import { childOf, elementsOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';

/** What Word shows before a paragraph: a number, a letter, or a bullet. */
export type AutoLabel =
  | { kind: 'number'; number: number; level: number }
  | { kind: 'letter'; letter: string; level: number }
  | { kind: 'bullet'; level: number };

type Level = { format: string; start: number };

/** Counts through a document: to be asked once for each paragraph that has `w:numPr`, in order. */
export type Numbering = { labelOf(properties: XmlElement): AutoLabel | null };

const letters: Readonly<Record<string, string>> = {
  upperLetter: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lowerLetter: 'abcdefghijklmnopqrstuvwxyz',
  russianUpper: 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ',
  russianLower: 'абвгдежзиклмнопрстуфхцчшщэюя',
};

/** Reads `word/numbering.xml`; without it no paragraph has a label. */
export function readNumbering(root: XmlElement | null): Numbering {
  const file = root ?? undefined;
  const abstracts = new Map(elementsOf(file, 'abstractNum').map((item) => [item.attributes['abstractNumId'], item]));
  const lists = new Map(elementsOf(file, 'num').map((item) => [item.attributes['numId'] ?? '', item]));
  // Lists with the same abstract definition count on from one another, unless one says where it starts.
  const counts = new Map<string, number[]>();

  return {
    labelOf(properties) {
      const id = childOf(properties, 'numId')?.attributes['val'] ?? '';
      const level = Number(childOf(properties, 'ilvl')?.attributes['val'] ?? 0);
      const list = lists.get(id);
      if (!list || id === '0') return null;
      const abstractId = childOf(list, 'abstractNumId')?.attributes['val'];
      const override = elementsOf(list, 'lvlOverride').find(({ attributes }) => attributes['ilvl'] === String(level));
      const definition = levelOf(abstracts.get(abstractId), override, level);
      const restarts = elementsOf(list, 'lvlOverride').some((item) => childOf(item, 'startOverride'));
      const key = restarts ? `list ${id}` : `abstract ${abstractId ?? ''}`;
      const count = counts.get(key) ?? [];
      counts.set(key, count);
      count[level] = (count[level] ?? definition.start - 1) + 1;
      // A deeper level starts again after every paragraph of a higher one.
      count.length = level + 1;
      return labelFor(definition.format, count[level] ?? 1, level);
    },
  };
}

function levelOf(abstract: XmlElement | undefined, override: XmlElement | undefined, level: number): Level {
  const own = elementsOf(abstract, 'lvl').find(({ attributes }) => attributes['ilvl'] === String(level));
  const definition = childOf(override, 'lvl') ?? own;
  const start = childOf(override, 'startOverride') ?? childOf(definition, 'start');
  return {
    format: childOf(definition, 'numFmt')?.attributes['val'] ?? 'decimal',
    start: Number(start?.attributes['val'] ?? 1),
  };
}

function labelFor(format: string, count: number, level: number): AutoLabel | null {
  const alphabet = letters[format];
  if (alphabet !== undefined) return { kind: 'letter', letter: alphabet[(count - 1) % alphabet.length] ?? 'A', level };
  if (format === 'none') return null;
  return format === 'bullet' ? { kind: 'bullet', level } : { kind: 'number', number: count, level };
}
