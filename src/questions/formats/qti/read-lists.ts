// QTI's orders and matches as questions of ours.
import type { Question } from '../../question.ts';
import { childOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import type { Declaration, Reader } from './item-parts.ts';
import { matchClasses, noneOfThese } from './write-lists.ts';

type Answer<Type extends Question['type']> = Pick<Extract<Question, { type: Type }>, 'type' | 'details'>;

type Choice = { identifier: string; element: XmlElement };

const choicesIn = (parent: XmlElement | undefined, name: string): Choice[] =>
  elementsOf(parent, name).map((element) => ({ identifier: element.attributes['identifier'] ?? '', element }));

/** The items of an order interaction in the right order; null if that is not said of all of them. */
export function readOrder(interaction: XmlElement, { correct }: Declaration, read: Reader): Answer<'ordering'> | null {
  const choices = choicesIn(interaction, 'simpleChoice');
  const items = correct.flatMap((key) => {
    const found = choices.find(({ identifier }) => identifier === key);
    return found ? [read(found.element.children)] : [];
  });
  if (items.length < 2 || items.length !== choices.length) return null;
  return { type: 'ordering', details: { items, grading: 'all-or-nothing' } };
}

/**
 * What a match interaction asks: rows and columns or categories if its class says so, a matching if each on the left has its one
 * on the right, else categories, of which some are nobody's. Null if one on the left belongs to several on the right.
 */
export function readMatch(
  interaction: XmlElement,
  declaration: Declaration,
  read: Reader,
): Answer<'matching'> | Answer<'matrix'> | Answer<'categorise'> | null {
  const [first, second] = elementsOf(interaction, 'simpleMatchSet');
  const left = choicesIn(first, 'simpleAssociableChoice');
  const right = choicesIn(second, 'simpleAssociableChoice');
  const keys = keysOf(declaration);
  const places = left.map(({ identifier }) =>
    keys
      .filter(([one]) => one === identifier)
      .map(([, other]) => right.findIndex((choice) => choice.identifier === other)),
  );
  if (keys.length === 0 || places.some((all) => all.length > 1 || all.includes(-1))) return null;
  const of = places.map(([place]) => place ?? null);
  const style = (interaction.attributes['class'] ?? '').split(/\s+/);
  const isWhole = declaration.mapping === null;
  const contents = (choices: readonly Choice[]) => choices.map(({ element }) => read(element.children));
  const [lefts, rights] = [contents(left), contents(right)];
  const isComplete = of.every((place) => place !== null);

  if (isComplete && style.includes(matchClasses.matrix) && right.length >= 2) {
    const rows = lefts.map((text, row) => ({ text, right: of[row] ?? 0 }));
    return { type: 'matrix', details: { columns: rights, rows, grading: isWhole ? 'all-or-nothing' : 'per-row' } };
  }
  const words = right.map(({ element }) => textOf(element).replace(/\s+/g, ' ').trim());
  const areWords =
    words.every((word) => word !== '') && right.every(({ element }) => childOf(element, 'img') === undefined);
  if (isComplete && areWords && left.length >= 2 && !style.includes(matchClasses.categorise)) {
    const pairs = lefts.map((one, row) => ({ left: one, right: words[of[row] ?? 0] ?? '' }));
    const used = new Set(pairs.map((pair) => pair.right));
    const distractors = [...new Set(words)].filter((word) => !used.has(word));
    return { type: 'matching', details: { pairs, distractors } };
  }
  const isCategory = (place: number) => right[place]?.identifier !== noneOfThese;
  const categories = rights.filter((_, place) => isCategory(place));
  const before = (place: number) => right.slice(0, place).filter((_, at) => isCategory(at)).length;
  const items = lefts.map((text, row) => {
    const place = of[row] ?? null;
    return { text, category: place !== null && isCategory(place) ? before(place) : null };
  });
  if (items.length < 2 || categories.length < 2) return null;
  return { type: 'categorise', details: { categories, items, grading: isWhole ? 'all-or-nothing' : 'per-item' } };
}

function keysOf({ correct, mapping }: Declaration): string[][] {
  const mapped = (mapping?.entries ?? []).filter(({ weight }) => weight.gt(0)).map(({ key }) => key);
  return (correct.length > 0 ? correct : mapped).map((key) => key.split(/\s+/));
}
