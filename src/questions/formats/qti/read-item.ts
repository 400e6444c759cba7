// One QTI item as a question of ours.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { childOf, elementsOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import type { Asset } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { declarationOf, pointsOf, readerFor } from './item-parts.ts';
import type { ItemReading, Reader } from './item-parts.ts';
import { readChoice } from './read-choice.ts';
import { canBeGap, gapNode, readGaps, withGapNames } from './read-cloze.ts';
import { generalFeedback, isFeedbackLeft } from './read-feedback.ts';
import { readHotspot } from './read-hotspot.ts';
import { readMatch, readOrder } from './read-lists.ts';
import { readNumeric } from './read-numeric.ts';
import { worthOf } from './read-rules.ts';
import { readFormula, readShortText } from './read-typed.ts';
import { gapsClass } from './write-cloze.ts';

type Answer = {
  [Type in Question['type']]: Pick<Extract<Question, { type: Type }>, 'type' | 'details'>;
}[Question['type']];

type Refusal = { ok: false; code: 'qti-part-unknown' | 'qti-without-key' | 'question-empty'; part: string };

/** A question, and the parts of the item that were left out, by QTI's names. */
export type ItemRead = { ok: true; question: Question; leftOut: string[] } | Refusal;

/** What is asked, how it is answered, and the most that the item says it can earn. */
type Asked = { ok: true; text: Content; answer: Answer; worth: Fraction | null };

const unknown = (part: string): Refusal => ({ ok: false, code: 'qti-part-unknown', part });
const withoutKey: Refusal = { ok: false, code: 'qti-without-key', part: '' };

const isInteraction = ({ name }: XmlElement) => /Interaction$/.test(name);

/** Reads an item that has the names of version 2.1. @param pictures by their paths as written */
export function readItem(item: XmlElement, pictures: ReadonlyMap<string, Asset>): ItemRead {
  const body = childOf(item, 'itemBody');
  if (item.name !== 'assessmentItem' || !body) return unknown(item.name);
  if (childOf(item, 'templateDeclaration')) return unknown('templateDeclaration');
  const interactions = interactionsIn(body);
  const isAlone = interactions.length < 2;
  const read = readerFor(pictures);
  const reading: ItemReading = { item, read, pictures, isAlone, told: new Set(), leftOut: new Set() };
  const asked = hasGaps(body, interactions, item)
    ? textWithGaps(body, interactions, reading)
    : textAndAnswer(body, interactions, reading);
  if (!asked.ok) return asked;
  const { text, answer, worth } = asked;
  if (text.source === '') return { ok: false, code: 'question-empty', part: '' };
  const question: Question = {
    name: (item.attributes['title'] ?? '').replace(/\s+/g, ' ').trim().slice(0, 255) || nameFrom(text),
    text,
    generalFeedback: generalFeedback(reading),
    points: answer.type === 'description' ? '0' : pointsOf(item, worth),
    ...answer,
  };
  const leftOut = [...reading.leftOut, ...(isFeedbackLeft(reading) ? ['modalFeedback'] : [])];
  return { ok: true, question, leftOut };
}

function interactionsIn(parent: XmlElement): XmlElement[] {
  return elementsOf(parent).flatMap((child) => (isInteraction(child) ? [child] : interactionsIn(child)));
}

/** Several interactions that can be gaps, or one that we wrote as a gap. */
function hasGaps(body: XmlElement, interactions: readonly XmlElement[], item: XmlElement): boolean {
  const isOurs = elementsOf(body, 'div').some(({ attributes }) => attributes['class'] === gapsClass);
  return (interactions.length > 1 || isOurs) && interactions.every((interaction) => canBeGap(interaction, item));
}

function textWithGaps(body: XmlElement, interactions: readonly XmlElement[], reading: ItemReading): Asked | Refusal {
  const gaps = readGaps(interactions, reading);
  if (!gaps) return withoutKey;
  const numberOf = (interaction: XmlElement) => interactions.indexOf(interaction) + 1;
  const text = bodyText(body, reading.read, (interaction) => gapNode(interaction, numberOf(interaction)));
  const worth = gaps.reduce((sum, { points }) => sum.add(points), new Fraction(0));
  return { ok: true, text: withGapNames(text), answer: { type: 'cloze', details: { gaps } }, worth };
}

/** The body without its interaction, which leaves a blank where it stands among words; then what the interaction itself says. */
function textAndAnswer(
  body: XmlElement,
  [interaction, ...others]: readonly XmlElement[],
  reading: ItemReading,
): Asked | Refusal {
  if (others.length > 0) return unknown([interaction, ...others].map((one) => one?.name).join(', '));
  const { source: around } = bodyText(body, reading.read, (_, isAmongWords) => (isAmongWords ? '_____' : ''));
  const prompt = childOf(interaction, 'prompt');
  const asked = prompt ? reading.read(prompt.children).source : '';
  const source = around === '' || asked === '' ? around + asked : `${around}<p>${asked}</p>`;
  const text = { format: 'html' as const, source };
  if (!interaction) return { ok: true, text, answer: { type: 'description', details: {} }, worth: null };
  const answer = answerTo(interaction, reading);
  if ('ok' in answer) return answer;
  const declaration = declarationOf(reading.item, interaction);
  return { ok: true, text, answer, worth: declaration && worthOf(reading, declaration) };
}

/** The text of a body; `instead` says what stands in the place of an interaction. */
function bodyText(
  body: XmlElement,
  read: Reader,
  instead: (interaction: XmlElement, isAmongWords: boolean) => XmlNode,
): Content {
  const replaced = (parent: XmlElement): XmlNode[] => {
    const hasWords = parent.children.some((child) => typeof child === 'string' && child.trim() !== '');
    return parent.children.map((child) => {
      if (typeof child === 'string') return child;
      return isInteraction(child) ? instead(child, hasWords) : { ...child, children: replaced(child) };
    });
  };
  const source = read(replaced(body))
    .source.replace(/<p>\s*<\/p>/g, '')
    .trim();
  return { format: 'html', source: /^<div>((?:(?!<\/?div>)[^])*)<\/div>$/.exec(source)?.[1]?.trim() ?? source };
}

function answerTo(interaction: XmlElement, reading: ItemReading): Answer | Refusal {
  if (interaction.name === 'extendedTextInteraction') return { type: 'essay', details: {} };
  const declaration = declarationOf(reading.item, interaction);
  if (!declaration) return withoutKey;
  switch (interaction.name) {
    case 'choiceInteraction':
    case 'inlineChoiceInteraction':
      return readChoice(interaction, declaration, reading) ?? withoutKey;
    case 'textEntryInteraction': {
      if (declaration.baseType !== 'string') {
        const numbers = readNumeric(declaration, reading);
        return numbers ? { type: 'numeric', details: numbers } : withoutKey;
      }
      const formulas = readFormula(declaration, reading);
      if (formulas) return { type: 'formula', details: formulas };
      const words = readShortText(declaration, reading);
      return words ? { type: 'short-text', details: words } : withoutKey;
    }
    case 'hotspotInteraction': {
      const found = readHotspot(interaction, declaration, reading);
      if (found === 'without-key') return withoutKey;
      return 'unknown' in found ? unknown(found.unknown) : { type: 'hotspot', details: found };
    }
    case 'matchInteraction':
      return (
        readMatch(interaction, declaration, reading.read) ??
        (declaration.correct.length === 0 ? withoutKey : unknown(interaction.name))
      );
    case 'orderInteraction':
      return readOrder(interaction, declaration, reading.read) ?? withoutKey;
    default:
      return unknown(interaction.name);
  }
}
