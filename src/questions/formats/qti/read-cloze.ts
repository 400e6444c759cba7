// A QTI item with several interactions among its words as a text with gaps.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { withoutGaps } from '../../markup/gaps.ts';
import { putMathsBack, setMathsAside } from '../../markup/maths.ts';
import type { Question } from '../../question.ts';
import { childOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import { declarationOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { readOptions } from './read-choice.ts';
import { readNumeric } from './read-numeric.ts';
import { worthOf } from './read-rules.ts';
import { readShortText } from './read-typed.ts';
import { layoutClasses } from './write-cloze.ts';

type Gap = Extract<Question, { type: 'cloze' }>['details']['gaps'][number];

/** Whether an interaction can be a gap: something typed, or one of several options. */
export function canBeGap(interaction: XmlElement, item: XmlElement): boolean {
  const cardinality = declarationOf(item, interaction)?.cardinality ?? 'single';
  return (
    /^(?:textEntry|inlineChoice|choice)Interaction$/.test(interaction.name) &&
    (cardinality === 'single' || interaction.name === 'textEntryInteraction')
  );
}

/** The gaps of an item in their order; null if nothing is right in one of them. */
export function readGaps(interactions: readonly XmlElement[], reading: ItemReading): Gap[] | null {
  const gaps = interactions.flatMap((interaction) => {
    const declaration = declarationOf(reading.item, interaction);
    const gap = declaration && gapOf(interaction, declaration, reading);
    return gap ? [gap] : [];
  });
  return gaps.length < interactions.length ? null : gaps;
}

// Characters for private use stand for a gap until all else is read.
const standIn = (number: number) => `\uE0F2${number}\uE0F3`;

/** What stands in the place of an interaction while the text is read: its prompt, then the gap. */
export function gapNode(interaction: XmlElement, number: number): XmlNode {
  const prompt = childOf(interaction, 'prompt');
  if (!prompt) return standIn(number);
  const asked = { name: 'p', attributes: {}, children: prompt.children };
  return { name: 'div', attributes: {}, children: [asked, standIn(number)] };
}

/** The text with the names of its gaps, and no other text that looks like one. */
export function withGapNames({ format, source }: Content): Content {
  const { text, formulas } = setMathsAside(source);
  const named = withoutGaps(text).replace(/\uE0F2(\d+)\uE0F3/g, '[[$1]]');
  return { format, source: putMathsBack(named, formulas, (formula) => formula.source) };
}

function gapOf(interaction: XmlElement, declaration: Declaration, reading: ItemReading): Gap | null {
  const worth = worthOf(reading, declaration);
  const points = worth?.gt(0) ? worth.toFraction() : new Fraction(1).toFraction();
  if (interaction.name !== 'textEntryInteraction') {
    const options = readOptions(interaction, declaration, reading);
    return options && { points, kind: 'choice', layout: layoutOf(interaction), details: { options } };
  }
  if (declaration.baseType === 'string') {
    const details = readShortText(declaration, reading);
    return details && { points, kind: 'text', details };
  }
  const details = readNumeric(declaration, reading);
  return details && { points, kind: 'number', details };
}

function layoutOf({ name, attributes }: XmlElement): 'menu' | 'vertical' | 'horizontal' {
  const classes = (attributes['class'] ?? '').split(/\s+/);
  if (name === 'inlineChoiceInteraction' || attributes['class'] === layoutClasses.menu) return 'menu';
  const isHorizontal = classes.includes(layoutClasses.horizontal) || attributes['orientation'] === 'horizontal';
  return isHorizontal ? 'horizontal' : 'vertical';
}
