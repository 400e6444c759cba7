// One QTI item as a question of ours.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { sumOfRight } from '../../types/multiple-choice.ts';
import { childOf, elementsOf } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import { nameFrom } from '../question-name.ts';
import {
  declarationOf,
  feedbackTo,
  generalFeedbackOf,
  mostOf,
  otherFeedback,
  pointsOf,
  sharesOf,
} from './item-parts.ts';
import type { Declaration, Reader } from './item-parts.ts';
import { readMatch, readOrder } from './read-lists.ts';
import { readNumeric } from './read-numeric.ts';

type Answer = {
  [Type in Question['type']]: Pick<Extract<Question, { type: Type }>, 'type' | 'details'>;
}[Question['type']];

type Refusal = { ok: false; code: 'qti-part-unknown' | 'qti-without-key' | 'question-empty'; part: string };

/** A question, and whether some of its feedback was left out. */
export type ItemRead = { ok: true; question: Question; isFeedbackLost: boolean } | Refusal;

const unknown = (part: string): Refusal => ({ ok: false, code: 'qti-part-unknown', part });
const withoutKey: Refusal = { ok: false, code: 'qti-without-key', part: '' };

const isInteraction = ({ name }: XmlElement) => /Interaction$/.test(name);

/** Reads an item that has the names of version 2.1. */
export function readItem(item: XmlElement, read: Reader): ItemRead {
  const body = childOf(item, 'itemBody');
  if (item.name !== 'assessmentItem' || !body) return unknown(item.name);
  if (childOf(item, 'templateDeclaration')) return unknown('templateDeclaration');
  const interactions = interactionsIn(body);
  const [interaction] = interactions;
  if (interactions.length > 1) return unknown(interactions.map(({ name }) => name).join(', '));

  const text = textOfItem(body, interaction, read);
  if (text.source === '') return { ok: false, code: 'question-empty', part: '' };
  const declaration = interaction ? declarationOf(item, interaction) : null;
  const answer = interaction ? answerOf(item, interaction, declaration, read) : description;
  if (!answer.ok) return answer;
  const mapped = declaration?.mapping ? mappedPoints(declaration) : null;
  const question: Question = {
    name: (item.attributes['title'] ?? '').replace(/\s+/g, ' ').trim().slice(0, 255) || nameFrom(text),
    text,
    generalFeedback: generalFeedbackOf(item, read),
    points: answer.answer.type === 'description' ? '0' : pointsOf(item, mapped),
    ...answer.answer,
  };
  const answers = interaction ? elementsOf(interaction).map(({ attributes }) => attributes['identifier'] ?? '') : [];
  return { ok: true, question, isFeedbackLost: otherFeedback(item, answers) > 0 };
}

const description = { ok: true as const, answer: { type: 'description' as const, details: {} } };

function interactionsIn(parent: XmlElement): XmlElement[] {
  return elementsOf(parent).flatMap((child) => (isInteraction(child) ? [child] : interactionsIn(child)));
}

function mappedPoints({ mapping, cardinality }: Declaration): Fraction | null {
  if (!mapping) return null;
  return mostOf(
    mapping.entries.map(({ weight }) => weight),
    mapping.most,
    cardinality === 'single',
  );
}

/** The body without its interaction, which leaves a gap where it stands among words; then what the interaction itself says. */
function textOfItem(body: XmlElement, interaction: XmlElement | undefined, read: Reader): Content {
  const around = read(body.children.map(withoutInteraction))
    .source.replace(/<p>\s*<\/p>/g, '')
    .trim();
  const inner = /^<div>((?:(?!<\/?div>)[^])*)<\/div>$/.exec(around)?.[1]?.trim() ?? around;
  const prompt = childOf(interaction, 'prompt');
  const asked = prompt ? read(prompt.children).source : '';
  const source = inner === '' || asked === '' ? inner + asked : `${inner}<p>${asked}</p>`;
  return { format: 'html', source };
}

function withoutInteraction(node: XmlNode): XmlNode {
  if (typeof node === 'string') return node;
  const hasWords = node.children.some((child) => typeof child === 'string' && child.trim() !== '');
  const children = node.children.map((child) =>
    typeof child !== 'string' && isInteraction(child) ? (hasWords ? '_____' : '') : withoutInteraction(child),
  );
  return isInteraction(node) ? '' : { ...node, children };
}

type AnswerRead = { ok: true; answer: Answer } | Refusal;

function answerOf(
  item: XmlElement,
  interaction: XmlElement,
  declaration: Declaration | null,
  read: Reader,
): AnswerRead {
  if (interaction.name === 'extendedTextInteraction') return { ok: true, answer: { type: 'essay', details: {} } };
  if (!declaration) return withoutKey;
  switch (interaction.name) {
    case 'choiceInteraction':
      return choice(item, elementsOf(interaction, 'simpleChoice'), declaration, read);
    case 'inlineChoiceInteraction':
      return choice(item, elementsOf(interaction, 'inlineChoice'), declaration, read);
    case 'textEntryInteraction': {
      if (declaration.baseType === 'string') return shortText(declaration);
      const details = readNumeric(item, declaration);
      return details ? { ok: true, answer: { type: 'numeric', details } } : withoutKey;
    }
    case 'matchInteraction':
      return (
        readMatch(interaction, declaration, read) ??
        (declaration.correct.length === 0 ? withoutKey : unknown(interaction.name))
      );
    case 'orderInteraction':
      return readOrder(interaction, declaration, read) ?? withoutKey;
    default:
      return unknown(interaction.name);
  }
}

function choice(item: XmlElement, choices: readonly XmlElement[], declaration: Declaration, read: Reader): AnswerRead {
  const keys = choices.map(({ attributes }) => attributes['identifier'] ?? '');
  const isSingle = declaration.cardinality === 'single';
  const shares = sharesOf(declaration, keys, isSingle);
  if (!shares) return withoutKey;
  const feedbacks = choices.map((one) => feedbackTo(item, one, read));
  if (isSingle && keys.length === 2 && keys.includes('true') && keys.includes('false')) {
    const [yes, no] = [keys.indexOf('true'), keys.indexOf('false')];
    const isTrue = shares[yes]?.equals(1) ?? false;
    if (shares[isTrue ? no : yes]?.equals(0)) {
      const details = { isTrue, feedbackToTrue: feedbacks[yes] ?? null, feedbackToFalse: feedbacks[no] ?? null };
      return { ok: true, answer: { type: 'true-false', details } };
    }
  }
  const options = choices.map((one, place) => ({
    text: read(one.children.filter((child) => typeof child === 'string' || child.name !== 'feedbackInline')),
    weight: within(shares[place] ?? new Fraction(0)),
    feedback: feedbacks[place] ?? null,
  }));
  if (isSingle) return { ok: true, answer: { type: 'single-choice', details: { options } } };
  // Without a mapping only the whole of it is right.
  if (!declaration.mapping && options.some(({ weight }) => weight === '0')) {
    return { ok: true, answer: { type: 'multiple-choice', details: { options, grading: 'all-or-nothing' } } };
  }
  return sumOfRight(options).gte(1)
    ? { ok: true, answer: { type: 'multiple-choice', details: { options } } }
    : withoutKey;
}

/** A share that a weight can be. */
function within(share: Fraction): string {
  return (share.lt(-1) ? new Fraction(-1) : share).toFraction();
}

function shortText(declaration: Declaration): AnswerRead {
  const { mapping, correct } = declaration;
  const keys = mapping ? mapping.entries.map(({ key }) => key) : correct;
  const shares = sharesOf(declaration, keys, true);
  if (!shares) return withoutKey;
  const answers = keys.map((key, place) => ({
    pattern: key.replaceAll('*', '\\*'),
    weight: within(shares[place] ?? new Fraction(0)),
    feedback: null,
  }));
  const details = { answers, ...(mapping?.isCaseSensitive ? { isCaseSensitive: true } : {}) };
  return { ok: true, answer: { type: 'short-text', details } };
}
