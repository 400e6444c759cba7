// One question as a QTI item. Shares are from 0 to 1, points are MAXSCORE, and SCORE is their product.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { lossesOfEssay } from '../essay-losses.ts';
import type { LossCode } from '../format.ts';
import { lossesOfTries } from '../tries-losses.ts';
import { itemNamespaces, writerFor } from './dialect.ts';
import type { Version } from './dialect.ts';
import { xhtmlOf } from './markup-out.ts';
import type { PathOf } from './markup-out.ts';
import { decimalOf, isWritable } from './shares.ts';
import { multipleChoice, singleChoice, trueFalse } from './write-choice.ts';
import { cloze, gapsClass } from './write-cloze.ts';
import { modal } from './write-feedback.ts';
import { hotspot } from './write-hotspot.ts';
import { categorise, matching, matrix, ordering } from './write-lists.ts';
import { outcome } from './write-response.ts';
import type { Parts, Pen } from './write-response.ts';
import { formula, numeric, shortText } from './write-typed.ts';

/** An item as XML; null if QTI has no words for it. */
export type WrittenItem = { xml: string | null; losses: LossCode[] };

/** Writes one question; `identifier` has to be a name that XML allows. */
export function writeItem(question: Question, identifier: string, version: Version, pathOf: PathOf): WrittenItem {
  const losses = new Set<LossCode>(lossesOfTries(question));
  const pen = penFor(version, pathOf, losses);
  const parts = partsOf(question, pen);
  if (!parts) return { xml: null, losses: ['type'] };
  if (!isWritable(new Fraction(question.points))) losses.add('points');
  if (/[^\S ]|^\s|\s$/.test(question.name)) losses.add('name');

  const { el, say } = pen;
  const general = question.generalFeedback;
  const text =
    parts.text === undefined ? `<div>${say(question.text)}</div>` : `<div class="${gapsClass}">${parts.text}</div>`;
  const xml = el(
    'assessmentItem',
    { xmlns: itemNamespaces[version], identifier, title: question.name, adaptive: 'false', timeDependent: 'false' },
    parts.declaration,
    el('outcomeDeclaration', { identifier: 'SCORE', cardinality: 'single', baseType: 'float' }),
    outcome(el, 'MAXSCORE', 'float', decimalOf(new Fraction(question.points))),
    parts.outcomes ?? '',
    general ? outcome(el, 'GENERAL', 'identifier', 'shown') : '',
    el('itemBody', {}, text, parts.body),
    parts.declaration === '' ? '' : el('responseProcessing', {}, parts.processing),
    parts.feedback ?? '',
    general ? modal(pen, 'GENERAL', 'shown', say(general)) : '',
  );
  return { xml, losses: [...losses] };
}

function penFor(version: Version, pathOf: PathOf, losses: Set<LossCode>): Pen {
  const el = writerFor(version);
  return {
    version,
    el,
    say: (content) => {
      const { said, losses: lost } = xhtmlOf(content, pathOf);
      for (const code of lost) losses.add(code);
      return said;
    },
    pathOf,
    lose: (code) => losses.add(code),
    slot: {
      response: 'RESPONSE',
      score: 'SCORE',
      feedback: 'FEEDBACK',
      prefix: '',
      worth: el('variable', { identifier: 'MAXSCORE' }),
      least: 0,
    },
  };
}

function partsOf(question: Question, pen: Pen): Parts | null {
  switch (question.type) {
    case 'single-choice':
      return singleChoice(question.details, pen);
    case 'multiple-choice':
      return multipleChoice(question.details, pen);
    case 'true-false':
      return trueFalse(question.details, pen);
    case 'short-text':
      return below(shortText(question.details, pen));
    case 'numeric':
      return below(numeric(question.details, pen));
    case 'formula':
      return below(formula(question.details, pen));
    case 'cloze':
      return cloze(question, pen);
    case 'matching':
      return matching(question.details, pen);
    case 'matrix':
      return matrix(question.details, pen);
    case 'ordering':
      return ordering(question.details, pen);
    case 'categorise':
      return categorise(question.details, pen);
    case 'hotspot':
      return hotspot(question.details, pen);
    case 'essay':
      return essay(question.details, pen);
    case 'description':
      return { declaration: '', body: '', processing: '' };
  }
}

/** A field has a paragraph of its own below the text. */
function below(parts: Parts | null): Parts | null {
  return parts && { ...parts, body: `<p>${parts.body}</p>` };
}

function essay(details: Extract<Question, { type: 'essay' }>['details'], { el, lose, slot }: Pen): Parts {
  for (const code of lossesOfEssay(details)) lose(code);
  return {
    declaration: el('responseDeclaration', { identifier: slot.response, cardinality: 'single', baseType: 'string' }),
    body: el('extendedTextInteraction', { responseIdentifier: slot.response }),
    processing: '',
  };
}
