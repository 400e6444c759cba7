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

const maximum = 100;

type Option = { text: Content; isRight: boolean };

/** HEMIS takes HTML and plain text alike; letters and apostrophes stay as the teacher wrote them. */
function contentOf(text: string): Content {
  return { format: 'auto', source: codeAsHtml(text).trim() };
}

function optionOf({ text }: Fragment): Option {
  const isRight = text.startsWith('#');
  return { text: contentOf(isRight ? text.slice(1) : text), isRight };
}

/**
 * The weights of several right options: the right ones share 1 equally, and each wrong one takes away as much, or more if
 * there are fewer wrong ones than right ones; so ticking everything never earns anything.
 */
function weightsOf(options: readonly Option[]): { right: string; wrong: string } {
  const right = options.filter(({ isRight }) => isRight).length;
  return { right: `1/${right}`, wrong: `-1/${Math.max(1, Math.min(right, options.length - right))}` };
}

function readQuestion(block: Fragment): BlockOutcome {
  const refused = (code: Problem['code'], params: Problem['params'] = {}) =>
    ({ ok: false, problem: { line: block.line, code, params } }) as const;
  const [asked, ...rest] = pieces(block, /={4,}/g).map((piece) => trimmed(piece));
  const text = contentOf(asked?.text ?? '');
  // HEMIS itself passes over options without text.
  const options = rest.map(optionOf).filter((option) => option.text.source !== '');
  const rightCount = options.filter(({ isRight }) => isRight).length;
  if (text.source === '') return refused('question-empty');
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > maximum) return refused('too-many-options', { count: options.length, maximum });
  if (rightCount === 0) return refused('no-right-answer');

  const weights = rightCount === 1 ? { right: '1', wrong: '0' } : weightsOf(options);
  const weighted = options.map((option) => ({
    text: option.text,
    weight: option.isRight ? weights.right : weights.wrong,
    feedback: null,
  }));
  const type = rightCount === 1 ? 'single-choice' : 'multiple-choice';
  const details = { options: weighted };
  return { ok: true, question: { name: nameFrom(text), text, generalFeedback: null, points: '1', type, details } };
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
  write: null,
} as const satisfies TextFormat;
