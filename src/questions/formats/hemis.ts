// The text in which HEMIS, the information system of Uzbekistan's universities, keeps question banks: `====` before each
// option, `++++` between questions (four or more, anywhere), `#` before a right option, `[[[ ]]]` around code.
import type { Content } from '../content.ts';
import type { Problem, ReadResult, TextFormat } from './format.ts';
import { pieces, trimmed } from './fragment.ts';
import type { Fragment } from './fragment.ts';
import { codeAsHtml, hideInCode } from './hemis/code.ts';
import { nameFrom } from './question-name.ts';
import { readBlocks } from './read-blocks.ts';
import type { BlockOutcome } from './read-blocks.ts';
import { choiceAmong } from './right-options.ts';
import type { MarkedOption } from './right-options.ts';
import { writeEach } from './write-each.ts';
import { hemisQuestion } from './hemis/write.ts';

const maximum = 100;

/** HEMIS takes HTML and plain text alike; letters and apostrophes stay as the teacher wrote them. */
function contentOf(text: string): Content {
  return { format: 'auto', source: codeAsHtml(text).trim() };
}

function optionOf({ text }: Fragment): MarkedOption {
  const isRight = text.startsWith('#');
  return { text: contentOf(isRight ? text.slice(1) : text), isRight };
}

function readQuestion(block: Fragment): BlockOutcome {
  const refused = (code: Problem['code'], params: Problem['params'] = {}) =>
    ({ ok: false, problem: { line: block.line, code, params } }) as const;
  const [first, ...rest] = pieces(block, /={4,}/g).map((piece) => trimmed(piece));
  const text = contentOf(first?.text ?? '');
  // HEMIS itself passes over options without text.
  const options = rest.map(optionOf).filter((option) => option.text.source !== '');
  const rightCount = options.filter(({ isRight }) => isRight).length;
  if (text.source === '') return refused('question-empty');
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > maximum) return refused('too-many-options', { count: options.length, maximum });
  if (rightCount === 0) return refused('no-right-answer');

  const asked = { name: nameFrom(text), text, generalFeedback: null, points: '1' };
  return { ok: true, question: { ...asked, ...choiceAmong(options) } };
}

function blocksOf(text: string): Fragment[] {
  const blocks = pieces({ text: hideInCode(text), line: 1 }, /\+{4,}/g, Infinity);
  return blocks.filter((block) => block.text.trim() !== '');
}

function read(text: string): ReadResult {
  return readBlocks(blocksOf(text), readQuestion);
}

/** The usual way: separators on lines of their own. */
function hasSeparatorLines(text: string): boolean {
  return /^[^\S\n]*={4,}[^\S\n]*$/m.test(text) && /^[^\S\n]*#/m.test(text);
}

/** Less usual, and also how a heading is drawn in a comment (`//`) of another format: so it has to make sense as well. */
function hasSeparatorsInLines(text: string): boolean {
  if (!/====\s*#/.test(text) || /^[^\S\n]*\/\//m.test(text)) return false;
  const { questions, problems } = read(text);
  return questions.length > problems.length;
}

export const hemis = {
  name: 'hemis',
  kind: 'text',
  label: 'HEMIS',
  extension: '.txt',
  mediaType: 'text/plain',
  looksLike: (text: string) => hasSeparatorLines(text) || hasSeparatorsInLines(text),
  read,
  write: (questions) => writeEach(questions, hemisQuestion, '\n++++\n'),
} as const satisfies TextFormat;
