// One question as a QTI item. Shares are a mapping of the answers from 0 to 1, points are MAXSCORE, and SCORE is their product.
import { lossesOfEssay } from '../essay-losses.ts';
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { hasWildcard } from '../../fold-text.ts';
import { readNumber } from '../../read-number.ts';
import type { Question } from '../../question.ts';
import type { LossCode } from '../format.ts';
import { itemNamespaces, writerFor } from './dialect.ts';
import type { Version, Write } from './dialect.ts';
import { xhtmlOf } from './markup-out.ts';
import type { PathOf } from './markup-out.ts';
import { decimalOf, isWritable } from './shares.ts';
import { categorise, matching, matrix, ordering } from './write-lists.ts';
import { declared } from './write-response.ts';
import { lossesOfTries } from '../tries-losses.ts';
import type { Entry, Parts, Pen } from './write-response.ts';

/** An item as XML; null if QTI has no words for it. */
export type WrittenItem = { xml: string | null; losses: LossCode[] };

/** Writes one question; `identifier` has to be a name that XML allows. */
export function writeItem(question: Question, identifier: string, version: Version, pathOf: PathOf): WrittenItem {
  const losses = new Set<LossCode>();
  const el = writerFor(version);
  const pen: Pen = {
    el,
    say: (content) => {
      const { said, losses: lost } = xhtmlOf(content, pathOf);
      for (const code of lost) losses.add(code);
      return said;
    },
    lose: (code) => losses.add(code),
  };
  const parts = partsOf(question, pen);
  if (!parts) return { xml: null, losses: ['type'] };
  if (!isWritable(new Fraction(question.points))) losses.add('points');
  for (const code of lossesOfTries(question)) losses.add(code);
  if (/[^\S ]|^\s|\s$/.test(question.name)) losses.add('name');

  const general = question.generalFeedback;
  const xml = el(
    'assessmentItem',
    {
      xmlns: itemNamespaces[version],
      identifier,
      title: question.name,
      adaptive: 'false',
      timeDependent: 'false',
    },
    parts.declaration,
    el('outcomeDeclaration', { identifier: 'SCORE', cardinality: 'single', baseType: 'float' }),
    outcome(el, 'MAXSCORE', 'float', decimalOf(new Fraction(question.points))),
    parts.feedback === undefined || parts.feedback === '' ? '' : outcomeOf(question, el),
    general ? outcome(el, 'GENERAL', 'identifier', 'shown') : '',
    el('itemBody', {}, `<div>${pen.say(question.text)}</div>`, parts.body),
    parts.declaration === ''
      ? ''
      : el(
          'responseProcessing',
          {},
          parts.processing ?? (parts.declaration.includes('mapping') ? mapped(el) : whole(el)),
          feedbackOf(parts, el),
        ),
    parts.feedback ?? '',
    general ? modal(pen, version, 'GENERAL', 'shown', general) : '',
  );
  return { xml, losses: [...losses] };

  function feedbackOf({ feedback = '' }: Parts, write: Write): string {
    if (feedback === '') return '';
    return write('setOutcomeValue', { identifier: 'FEEDBACK' }, write('variable', { identifier: 'RESPONSE' }));
  }

  function partsOf(asked: Question, to: Pen): Parts | null {
    switch (asked.type) {
      case 'single-choice':
      case 'multiple-choice':
        return choice(asked, to, version);
      case 'true-false':
        return trueFalse(asked.details, to, version);
      case 'short-text':
        return shortText(asked.details, to);
      case 'numeric':
        return numeric(asked.details, to);
      case 'matching':
        return matching(asked.details, to);
      case 'matrix':
        return matrix(asked.details, to);
      case 'ordering':
        return ordering(asked.details, to);
      case 'categorise':
        return categorise(asked.details, to);
      case 'essay':
        for (const code of lossesOfEssay(asked.details)) to.lose(code);
        return {
          declaration: to.el('responseDeclaration', {
            identifier: 'RESPONSE',
            cardinality: 'single',
            baseType: 'string',
          }),
          body: to.el('extendedTextInteraction', { responseIdentifier: 'RESPONSE' }),
          // A person marks it.
          processing: '',
        };
      case 'description':
        return { declaration: '', body: '' };
      default:
        return null;
    }
  }
}

function outcome(el: Write, identifier: string, baseType: string, value: string): string {
  return el(
    'outcomeDeclaration',
    { identifier, cardinality: 'single', baseType },
    el('defaultValue', {}, el('value', {}, value)),
  );
}

function outcomeOf({ type }: Question, el: Write): string {
  const cardinality = type === 'multiple-choice' ? 'multiple' : 'single';
  return el('outcomeDeclaration', { identifier: 'FEEDBACK', cardinality, baseType: 'identifier' });
}

function modal(pen: Pen, version: Version, outcomeIdentifier: string, identifier: string, content: Content): string {
  const said = pen.say(content);
  const inner = version === '3.0' ? pen.el('contentBody', {}, said) : said;
  return pen.el('modalFeedback', { outcomeIdentifier, identifier, showHide: 'show' }, inner);
}

function maximum(el: Write): string {
  return el('variable', { identifier: 'MAXSCORE' });
}

/** Everything for the right answer, nothing for any other. */
function whole(el: Write): string {
  const right = el('match', {}, el('variable', { identifier: 'RESPONSE' }), el('correct', { identifier: 'RESPONSE' }));
  const score = el('setOutcomeValue', { identifier: 'SCORE' }, maximum(el));
  return el('responseCondition', {}, el('responseIf', {}, right, score));
}

function mapped(el: Write): string {
  const share = el('mapResponse', { identifier: 'RESPONSE' });
  return el('setOutcomeValue', { identifier: 'SCORE' }, el('product', {}, share, maximum(el)));
}

type ChoiceQuestion = Extract<Question, { type: 'single-choice' | 'multiple-choice' }>;

function choice(question: ChoiceQuestion, pen: Pen, version: Version): Parts {
  const { options } = question.details;
  const isSingle = question.type === 'single-choice';
  const isWhole = question.type === 'multiple-choice' && question.details.grading === 'all-or-nothing';
  if (question.type === 'multiple-choice' && question.details.grading === 'right-minus-wrong') pen.lose('grading');
  const entries = options.map(({ weight }, place) => ({ key: `c${place}`, weight }));
  const right = entries.filter(({ weight }) =>
    isSingle ? new Fraction(weight).equals(1) : new Fraction(weight).gt(0),
  );
  // What is right or wrong as a whole has no weights; those it gets when it is read are equal ones.
  const isEqual = entries.every(({ weight }) =>
    new Fraction(weight).lte(0)
      ? new Fraction(weight).equals(0)
      : new Fraction(weight).equals(new Fraction(1, right.length)),
  );
  if (isWhole && !isEqual) pen.lose('weights');
  const cardinality = isSingle ? 'single' : 'multiple';
  const choices = options.map(({ text }, place) => pen.el('simpleChoice', { identifier: `c${place}` }, pen.say(text)));
  return {
    declaration: declared(
      pen,
      { cardinality, baseType: 'identifier' },
      isWhole ? null : entries,
      right.map(({ key }) => key),
    ),
    body: pen.el(
      'choiceInteraction',
      { responseIdentifier: 'RESPONSE', shuffle: 'true', maxChoices: isSingle ? 1 : 0 },
      ...choices,
    ),
    feedback: options
      .map(({ feedback }, place) => (feedback ? modal(pen, version, 'FEEDBACK', `c${place}`, feedback) : ''))
      .join(''),
  };
}

type TrueFalse = Extract<Question, { type: 'true-false' }>['details'];

function trueFalse({ isTrue, feedbackToTrue, feedbackToFalse }: TrueFalse, pen: Pen, version: Version): Parts {
  const entries = ['true', 'false'].map((key) => ({ key, weight: key === String(isTrue) ? '1' : '0' }));
  const say = (key: string, content: Content | null) => (content ? modal(pen, version, 'FEEDBACK', key, content) : '');
  return {
    declaration: declared(pen, { cardinality: 'single', baseType: 'identifier' }, entries, [String(isTrue)]),
    body: pen.el(
      'choiceInteraction',
      { responseIdentifier: 'RESPONSE', shuffle: 'false', maxChoices: 1 },
      pen.el('simpleChoice', { identifier: 'true' }, 'True'),
      pen.el('simpleChoice', { identifier: 'false' }, 'False'),
    ),
    feedback: say('true', feedbackToTrue) + say('false', feedbackToFalse),
  };
}

type ShortText = Extract<Question, { type: 'short-text' }>['details'];

/** Patterns have no place in a mapping, and of two answers of the same words only the first can be met. */
function shortText({ answers, isCaseSensitive = false, foldsLookAlikes = false }: ShortText, pen: Pen): Parts | null {
  if (foldsLookAlikes) pen.lose('grading');
  const entries: Entry[] = [];
  for (const { pattern, weight } of answers) {
    const key = pattern.replaceAll('\\*', '*');
    if (!hasWildcard(pattern) && !entries.some((entry) => entry.key === key)) entries.push({ key, weight });
  }
  const right = entries.filter(({ weight }) => new Fraction(weight).equals(1));
  if (right.length === 0) return null;
  if (entries.length < answers.length) pen.lose('grading');
  if (answers.some(({ feedback }) => feedback !== null)) pen.lose('feedback');
  return {
    declaration: declared(
      pen,
      { cardinality: 'single', baseType: 'string', isCaseSensitive },
      entries,
      right.slice(0, 1).map(({ key }) => key),
    ),
    body: `<p>${pen.el('textEntryInteraction', { responseIdentifier: 'RESPONSE' })}</p>`,
  };
}

type Numeric = Extract<Question, { type: 'numeric' }>['details'];
type NumericAnswers = Numeric['answers'];

function numeric({ answers, units }: Numeric, pen: Pen): Parts | null {
  if (units) pen.lose('units');
  const { el } = pen;
  const written = answers.flatMap(({ accepted, weight }) => {
    const test = testOf(accepted, el);
    return test === null ? [] : [{ test, weight }];
  });
  if (!written.some(({ weight }) => new Fraction(weight).equals(1))) return null;
  if (written.length < answers.length) pen.lose('grading');
  if (answers.some(({ feedback }) => feedback !== null)) pen.lose('feedback');
  if (written.some(({ weight }) => !isWritable(new Fraction(weight)))) pen.lose('weights');
  const branches = written.map(({ test, weight }, place) => {
    const share = el('baseValue', { baseType: 'float' }, decimalOf(new Fraction(weight)));
    const score = el('setOutcomeValue', { identifier: 'SCORE' }, el('product', {}, share, maximum(el)));
    return el(place === 0 ? 'responseIf' : 'responseElseIf', {}, test, score);
  });
  return {
    declaration: el('responseDeclaration', { identifier: 'RESPONSE', cardinality: 'single', baseType: 'float' }),
    body: `<p>${el('textEntryInteraction', { responseIdentifier: 'RESPONSE' })}</p>`,
    processing: el('responseCondition', {}, ...branches),
  };
}

function testOf(accepted: NumericAnswers[number]['accepted'], el: Write): string | null {
  const response = el('variable', { identifier: 'RESPONSE' });
  const number = (text: string) => el('baseValue', { baseType: 'float' }, numberText(text) ?? '');
  switch (accepted.kind) {
    case 'near': {
      const [value, tolerance] = [numberText(accepted.value), numberText(accepted.tolerance)];
      if (value === null || tolerance === null) return null;
      const attributes = { toleranceMode: 'absolute', tolerance: `${tolerance} ${tolerance}` };
      return el('equal', attributes, response, number(accepted.value));
    }
    case 'between': {
      if (numberText(accepted.from) === null || numberText(accepted.to) === null) return null;
      const atLeast = el('gte', {}, response, number(accepted.from));
      return el('and', {}, atLeast, el('lte', {}, response, number(accepted.to)));
    }
    default:
      return null;
  }
}

/** The number in digits with a point; null for one that would not fit. */
function numberText(text: string): string | null {
  const value = readNumber(text);
  const digits = value?.toString(20) ?? '';
  return /^-?\d{1,20}(?:\.\d{1,18})?$/.test(digits) ? digits : null;
}
