// What a row of a table asks: by its type if it says one, else by what stands in its cells.
import type { Content } from '../../content.ts';
import { readNumber } from '../../read-number.ts';
import type { Question } from '../../question.ts';
import type { Problem } from '../format.ts';
import { choiceAmong } from '../right-options.ts';
import { rightPlaces } from './right-places.ts';
import { truthOf } from './truth-words.ts';
import { typeNamed } from './type-names.ts';

/** One row, sorted by what its cells are for. */
export type TableRow = {
  type: string;
  options: string[];
  right: string;
  /** Null where the table has no such column. */
  wrong: string[] | null;
};

/** What a type adds to the common part of a question. */
export type Answer = {
  [Type in Question['type']]: Pick<Extract<Question, { type: Type }>, 'type' | 'details'>;
}[Question['type']];

type Refusal = { ok: false; code: Problem['code']; params: Problem['params'] };

export type AnswerRead = { ok: true; answer: Answer } | Refusal;

const mostOptions = 100;

const refused = (code: Problem['code'], params: Problem['params'] = {}): Refusal => ({ ok: false, code, params });
const short = (text: string) => ({ value: text.slice(0, 60) });

/** Reads the answer of a row; `format` is how its options are to be read. */
export function readAnswer(row: TableRow, format: Content['format']): AnswerRead {
  if (row.type === '') return byCells(row, format);
  const type = typeNamed(row.type);
  switch (type) {
    case null:
      return refused('cell-type-unknown', short(row.type));
    case 'essay':
    case 'description':
      return { ok: true, answer: { type, details: {} } };
    case 'true-false':
      return trueFalse(row.right);
    case 'numeric':
      return numeric(row.right);
    case 'short-text':
      return shortText(row.right);
    case 'single-choice':
    case 'multiple-choice':
      return row.wrong ? besideWrong(row, format) : choice(row, format);
  }
}

function byCells(row: TableRow, format: Content['format']): AnswerRead {
  if (row.wrong) return besideWrong(row, format);
  if (row.options.some((option) => option !== '')) return choice(row, format);
  if (row.right === '') return refused('too-few-options', { count: 0 });
  if (truthOf(row.right) !== null) return trueFalse(row.right);
  return alternatives(row.right).every((text) => numberIn(text)) ? numeric(row.right) : shortText(row.right);
}

/** Columns for the right answer and for the wrong ones, as teachers of Uzbekistan hand them in. */
function besideWrong({ right, wrong, options }: TableRow, format: Content['format']): AnswerRead {
  const others = [...(wrong ?? []), ...options].filter((text) => text !== '');
  if (right === '') return refused('mark-missing');
  return asAnswer([right, ...others], [0], format);
}

function choice({ options: cells, right }: TableRow, format: Content['format']): AnswerRead {
  const options = cells.slice(0, cells.findLastIndex((text) => text !== '') + 1);
  if (options.includes('')) return refused('option-empty');
  if (right === '') return refused('mark-missing');
  const places = rightPlaces(right, options);
  if (places === 'unknown') return refused('right-unknown', short(right));
  if (places === 'ambiguous') return refused('right-ambiguous', short(right));
  return asAnswer(options, places, format);
}

function asAnswer(options: readonly string[], places: readonly number[], format: Content['format']): AnswerRead {
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > mostOptions) {
    return refused('too-many-options', { count: options.length, maximum: mostOptions });
  }
  const marked = options.map((source, place) => ({ text: { format, source }, isRight: places.includes(place) }));
  return { ok: true, answer: choiceAmong(marked) };
}

function trueFalse(right: string): AnswerRead {
  const isTrue = truthOf(right);
  if (right === '') return refused('mark-missing');
  if (isTrue === null) return refused('right-unknown', short(right));
  return { ok: true, answer: { type: 'true-false', details: { isTrue, feedbackToTrue: null, feedbackToFalse: null } } };
}

type NumericAnswers = Extract<Question, { type: 'numeric' }>['details']['answers'];

/** `9.8`, `9.8 ± 0.1`, `9.78..9.84`. */
function numberIn(text: string): NumericAnswers[number]['accepted'] | null {
  const ends = text.split('..').map((part) => part.trim());
  const [from = '', to = ''] = ends;
  if (ends.length === 2) return isNumber(from) && isNumber(to) ? { kind: 'between', from, to } : null;
  const [value = '', tolerance = '0', ...rest] = text.split(/±|\+\/-/).map((part) => part.trim());
  return rest.length === 0 && isNumber(value) && isNumber(tolerance) ? { kind: 'near', value, tolerance } : null;
}

function isNumber(text: string): boolean {
  return readNumber(text) !== null;
}

function numeric(right: string): AnswerRead {
  const answers: NumericAnswers = [];
  for (const text of alternatives(right)) {
    const accepted = numberIn(text);
    if (!accepted) return refused('not-a-number', short(text));
    answers.push({ accepted, weight: '1', feedback: null });
  }
  return answers.length === 0
    ? refused('mark-missing')
    : { ok: true, answer: { type: 'numeric', details: { answers } } };
}

function shortText(right: string): AnswerRead {
  const answers = alternatives(right).map((pattern) => ({ pattern, weight: '1', feedback: null }));
  if (answers.length === 0) return refused('mark-missing');
  return { ok: true, answer: { type: 'short-text', details: { answers } } };
}

/** Answers that are as good as one another have a bar between them. */
function alternatives(text: string): string[] {
  return text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
