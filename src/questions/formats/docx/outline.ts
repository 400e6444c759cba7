// A Word document cut into questions, options and keys. Nothing is judged here: what stands where, and where it cannot be placed.
import type { Problem } from '../format.ts';
import { keyLine } from '../aiken/key.ts';
import { typeNamed } from '../table/type-names.ts';
import type { TableType } from '../table/type-names.ts';
import { detailOn } from './detail-line.ts';
import type { DetailName } from './detail-line.ts';
import { withoutGuards } from './guard.ts';
import { isKeyHeading, keyPairs } from './key-line.ts';
import { inlineOptions, optionsOn, questionLabel } from './line-label.ts';
import type { ReadOption } from './line-label.ts';
import type { Block, Line, Table } from './paragraph.ts';
import { charactersOf, cutSpans, plainLook, trimSpans } from './span.ts';
import type { Span } from './span.ts';

/** A question as it stands in the document. */
export type ReadQuestion = {
  paragraph: number;
  /** The last paragraph of it. */
  until: number;
  /** Its number as people see it; null if it has none. */
  number: number | null;
  text: Block[];
  options: ReadOption[];
  /** The letters of the right options. */
  key: string[] | null;
  /** What stands on the line of its key, whatever it is. */
  answer: string;
  /** What the lines after it say of it, each as it is written. */
  type: TableType | null;
  said: Partial<Record<Exclude<DetailName, 'type' | 'feedback'>, string>>;
  feedback: Block[] | null;
};

export type Outline = { questions: ReadQuestion[]; problems: Problem[] };

type State = Outline & { current: ReadQuestion | null; hasNumbers: boolean; inKey: boolean; afterBlank: boolean };

/** Cuts the blocks of a document. */
export function outlineOf(blocks: readonly Block[]): Outline {
  const hasNumbers = blocks.some((block) => block.kind === 'line' && questionLabel(block) !== null);
  const state: State = { questions: [], problems: [], current: null, hasNumbers, inKey: false, afterBlank: false };
  for (const block of blocks) {
    if (block.kind === 'table') takeTable(block, state);
    else takeLine(block, state);
  }
  return { questions: state.questions, problems: state.problems };
}

function takeTable(table: Table, state: State): void {
  const pairs = tablePairs(table);
  if (pairs) return giveKeys(pairs, table.paragraph, state);
  const lines = table.rows.flat(2);
  // Options set side by side with a table's help.
  if (lines.some((line) => optionsOn(line, 0, false).length > 0)) {
    for (const line of lines) takeLine(line, state);
    return;
  }
  const open = openText(state);
  if (state.current && open) {
    extend(state.current, table.paragraph);
    open.push(table);
  } else {
    const text = charactersOf(lines.flatMap(({ spans }) => spans))
      .trim()
      .slice(0, 60);
    state.problems.push({ line: table.paragraph, code: 'text-not-placed', params: { text } });
  }
}

/** What a line or table without a label goes on with; null if it can only be something else. */
function openText({ current, hasNumbers }: State): Block[] | null {
  if (!current) return null;
  if (current.feedback && hasNumbers) return current.feedback;
  return current.options.length === 0 && current.type === null ? current.text : null;
}

function takeLine(line: Line, state: State): void {
  const text = charactersOf(line.spans).trim();
  if (text === '') {
    state.afterBlank = true;
    return;
  }
  if (isKeyHeading(text) && !line.label) {
    state.inKey = true;
    return;
  }
  const pairs = keyPairsOf(line, text, state);
  if (pairs) return giveKeys(pairs, line.paragraph, state);
  const key = line.label ? null : keyLine(text);
  if (key && state.current) {
    extend(state.current, line.paragraph);
    state.current.key = key.letters.length > 0 ? key.letters : [key.written];
    state.current.answer = withoutGuards(key.written);
    return;
  }
  if (!line.label && state.current && takesDetail(line, state.current)) return;
  takeContent(line, text, state);
  state.afterBlank = false;
}

/** Details follow the options of a question, or the line that says its type. */
function takesDetail(line: Line, question: ReadQuestion): boolean {
  const detail = detailOn(charactersOf(line.spans));
  if (!detail) return false;
  const spans = cutSpans(line.spans, detail.start);
  const said = withoutGuards(charactersOf(spans)).trim();
  if (detail.name === 'type') {
    const type = question.text.length > 0 && question.options.length === 0 ? typeNamed(said) : null;
    if (type === null) return false;
    question.type = type;
  } else if (question.options.length === 0 && question.type === null) return false;
  else if (detail.name === 'feedback') question.feedback = [{ ...line, spans }];
  else question.said[detail.name] = said;
  extend(question, line.paragraph);
  return true;
}

function keyPairsOf(line: Line, text: string, state: State): [number, string][] | null {
  // A key of which Word itself wrote the numbers.
  if (line.label?.kind === 'number')
    return state.inKey && /^\p{L}$/u.test(text) ? [[line.label.number, text.toUpperCase()]] : null;
  if (line.label?.kind === 'letter') return null;
  const pairs = keyPairs(text);
  return pairs && (state.inKey || pairs.length > 1) ? pairs : null;
}

function takeContent(line: Line, text: string, state: State): void {
  const question = state.current;
  const options =
    question && question.text.length > 0 ? optionsOn(line, question.options.length, question.number !== null) : [];
  if (question && options.length > 0) {
    question.options.push(...options);
    extend(question, line.paragraph);
    return;
  }
  const last = question?.options.at(-1);
  if (question && last?.isListed && last.paragraph === line.paragraph) {
    last.spans.push({ text: '\n', look: plainLook }, ...trimSpans(line.spans));
    return;
  }
  const labelled = questionLabel(line);
  if (labelled) return begin(line, labelled.number, labelled.spans, state);
  if (line.isHeading) return;
  if (question && isTitle(question, state)) {
    state.questions = [];
    return begin(line, null, line.spans, state);
  }
  const open = openText(state);
  if (question && open) {
    extend(question, line.paragraph);
    open.push(line);
  } else if (state.hasNumbers) {
    // A title before the first question is none of ours.
    if (question)
      state.problems.push({ line: line.paragraph, code: 'text-not-placed', params: { text: text.slice(0, 60) } });
  } else begin(line, null, line.spans, state);
}

/** What stands at the top of a document without numbers, with a blank line after it. */
function isTitle(question: ReadQuestion, { questions, hasNumbers, afterBlank }: State): boolean {
  const hasAnswer = question.options.length > 0 || question.type !== null;
  return afterBlank && !hasNumbers && questions[0] === question && !hasAnswer;
}

function begin(line: Line, number: number | null, spans: readonly Span[], state: State): void {
  const at = inlineOptions(spans);
  const text = trimSpans(at === null ? spans : cutSpans(spans, 0, at));
  const question: ReadQuestion = {
    paragraph: line.paragraph,
    until: line.paragraph,
    number,
    text: charactersOf(text) === '' ? [] : [{ ...line, spans: text }],
    options: at === null ? [] : optionsOn({ ...line, label: null, spans: cutSpans(spans, at) }, 0, false),
    key: null,
    answer: '',
    type: null,
    said: {},
    feedback: null,
  };
  state.questions.push(question);
  state.current = question;
  state.inKey = false;
}

function extend(question: ReadQuestion, paragraph: number): void {
  question.until = Math.max(question.until, paragraph);
}

/** The key goes to the questions above that have none yet, so each part of a document may end with its own. */
function giveKeys(pairs: readonly [number, string][], paragraph: number, state: State): void {
  state.inKey = true;
  for (const [number, name] of pairs) {
    const meant = state.questions.filter((question) => question.number === number && question.key === null);
    const [first] = meant;
    if (meant.length === 1 && first) first.key = [name];
    else state.problems.push({ line: paragraph, code: 'key-number-unknown', params: { number } });
  }
  state.current = null;
}

/** A key as a table: numbers above letters, or beside them. */
function tablePairs({ rows }: Table): [number, string][] | null {
  const cells = rows.map((row) => row.map((cell) => charactersOf(cell.flatMap(({ spans }) => spans)).trim()));
  const isNumber = (text: string) => /^\d{1,4}[.)]?$/.test(text);
  const isLetter = (text: string) => /^\p{L}[.)]?$/u.test(text);
  const pairs: [number, string][] = [];
  const read = (number: string, name: string) =>
    pairs.push([Number.parseInt(number, 10), name.charAt(0).toUpperCase()]);
  cells.forEach((row, index) => {
    const below = cells[index + 1] ?? [];
    row.forEach((cell, column) => {
      const beside = row[column + 1] ?? '';
      const under = below[column] ?? '';
      if (!isNumber(cell)) return;
      if (isLetter(beside)) read(cell, beside);
      else if (isLetter(under)) read(cell, under);
    });
  });
  const letters = cells.flat().filter(isLetter).length;
  return pairs.length > 0 && pairs.length === letters ? pairs : null;
}
