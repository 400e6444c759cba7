// QTI's choices as questions of ours.
import type Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { sumOfRight } from '../../types/multiple-choice.ts';
import { elementsOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { sharesOf, weightOf } from './item-parts.ts';
import type { Declaration, ItemReading } from './item-parts.ts';
import { feedbackByRule, feedbackElement } from './read-feedback.ts';

type Answer = {
  [Type in Question['type']]: Pick<Extract<Question, { type: Type }>, 'type' | 'details'>;
}[Question['type']];
type Options = Extract<Question, { type: 'single-choice' }>['details']['options'];

/** The options of a choice, as a block or in a line; null if none of them is right. */
export function readOptions(interaction: XmlElement, declaration: Declaration, reading: ItemReading): Options | null {
  const choices = choicesOf(interaction);
  const shares = sharesIn(choices, declaration);
  return (
    shares &&
    choices.map((choice, place) => ({
      text: reading.read(
        choice.children.filter((child) => typeof child === 'string' || child.name !== 'feedbackInline'),
      ),
      weight: weightOf(shares[place]),
      feedback: feedbackOf(choice, declaration, reading),
    }))
  );
}

/** What a choice asks; null if nothing in it is right. */
export function readChoice(interaction: XmlElement, declaration: Declaration, reading: ItemReading): Answer | null {
  const truth = readTruth(interaction, declaration, reading);
  if (truth) return truth;
  const options = readOptions(interaction, declaration, reading);
  if (!options) return null;
  if (declaration.cardinality === 'single') return { type: 'single-choice', details: { options } };
  // Without a mapping only the whole of it is right.
  if (!declaration.mapping && options.some(({ weight }) => weight === '0')) {
    return { type: 'multiple-choice', details: { options, grading: 'all-or-nothing' } };
  }
  return sumOfRight(options).gte(1) ? { type: 'multiple-choice', details: { options } } : null;
}

/** Two choices that are called so, of which one is right and the other wrong. */
function readTruth(interaction: XmlElement, declaration: Declaration, reading: ItemReading): Answer | null {
  const choices = choicesOf(interaction);
  const [yes, no] = ['true', 'false'].map((name) =>
    choices.find(({ attributes }) => attributes['identifier'] === name),
  );
  if (!yes || !no || choices.length > 2 || declaration.cardinality !== 'single') return null;
  const [ofTrue, ofFalse] = sharesIn([yes, no], declaration) ?? [];
  const isTrue = ofTrue?.equals(1) ?? false;
  if (!(isTrue ? ofFalse : ofTrue)?.equals(0)) return null;
  const [feedbackToTrue, feedbackToFalse] = [yes, no].map((choice) => feedbackOf(choice, declaration, reading));
  return {
    type: 'true-false',
    details: { isTrue, feedbackToTrue: feedbackToTrue ?? null, feedbackToFalse: feedbackToFalse ?? null },
  };
}

function choicesOf(interaction: XmlElement): XmlElement[] {
  return elementsOf(interaction).filter(({ name }) => name === 'simpleChoice' || name === 'inlineChoice');
}

function sharesIn(choices: readonly XmlElement[], declaration: Declaration): Fraction[] | null {
  const keys = choices.map(({ attributes }) => attributes['identifier'] ?? '');
  return sharesOf(declaration, keys, declaration.cardinality === 'single');
}

function feedbackOf(choice: XmlElement, declaration: Declaration, reading: ItemReading) {
  const element = feedbackElement(choice, declaration, reading);
  if (element) return reading.read(element.children);
  return feedbackByRule(choice.attributes['identifier'] ?? '', declaration, reading);
}
