// One GIFT question: an optional name, a text, and braces that say what is asked.
import type { Content } from '../../content.ts';
import { cut, trimmed } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { nameFrom } from '../question-name.ts';
import type { BlockOutcome } from '../read-blocks.ts';
import { refused } from './answer.ts';
import type { GiftAnswers } from './answer.ts';
import { giftChoice } from './choice.ts';
import { showEscapes } from './escapes.ts';
import { giftMatching } from './matching.ts';
import { giftNumeric } from './numeric.ts';
import { giftShortText } from './short-text.ts';
import { giftContent, giftFeedback } from './text.ts';
import { giftTrueFalse, isTrueFalse } from './true-false.ts';

const gap = '_____';

/** Reads one question, or says what is wrong with it. Its escapes are hidden. */
export function giftQuestion(block: Fragment): BlockOutcome {
  const { name, rest } = withoutName(block);
  const parts = atBraces(rest);
  if (!parts.ok) return parts;

  const text = giftContent({ text: parts.text, line: rest.line }, 'auto');
  if (text.source === '') return refused('question-empty', block);
  const { answers, generalFeedback } = withoutGeneralFeedback(parts.braces, text.format);
  const read = giftAnswers(answers, text.format);
  if (!read.ok) return read;

  const points = read.answers.type === 'description' ? '0' : '1';
  const common = { name: name || nameFrom(text), text, generalFeedback, points };
  return { ok: true, question: { ...common, ...read.answers } };
}

function withoutName(block: Fragment): { name: string; rest: Fragment } {
  if (!block.text.startsWith('::')) return { name: '', rest: block };
  const [, opened] = cut(block, 0, 2);
  const end = opened.text.indexOf('::');
  if (end < 0) return { name: '', rest: opened };
  const [name, rest] = cut(opened, end, 2);
  return { name: showEscapes(name.text).replace(/\s+/g, ' ').trim().slice(0, 255), rest: trimmed(rest) };
}

/** The text without its braces, with a gap in their place if it goes on after them. */
function atBraces(block: Fragment): { ok: true; text: string; braces: Fragment | null } | ReturnType<typeof refused> {
  const opening = block.text.indexOf('{');
  const closing = block.text.indexOf('}');
  if (opening < 0 && closing < 0) return { ok: true, text: withoutBlankLines(block.text), braces: null };
  if (opening < 0 || (closing >= 0 && closing < opening)) return refused('brace-not-opened', cut(block, closing, 0)[1]);
  const [before, inner] = cut(block, opening, 1);
  if (closing < 0) return refused('brace-not-closed', inner);

  const [braces, after] = cut(inner, closing - opening - 1, 1);
  const another = after.text.search(/[{}]/);
  if (braces.text.includes('{')) return refused('several-answer-blocks', inner);
  if (another >= 0) {
    const code = after.text[another] === '{' ? 'several-answer-blocks' : 'brace-not-opened';
    return refused(code, cut(after, another, 0)[1]);
  }
  const text = after.text.trim() === '' ? before.text : before.text + gap + after.text;
  return { ok: true, text: withoutBlankLines(text), braces: trimmed(braces) };
}

/** Where a comment stood inside the text a blank line is left. */
function withoutBlankLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n');
}

function withoutGeneralFeedback(
  braces: Fragment | null,
  inherited: Content['format'],
): { answers: Fragment | null; generalFeedback: Content | null } {
  const at = braces?.text.lastIndexOf('####') ?? -1;
  if (!braces || at < 0) return { answers: braces, generalFeedback: null };
  const [answers, feedback] = cut(braces, at, 4);
  return { answers: trimmed(answers), generalFeedback: giftFeedback(feedback, inherited) };
}

/** What is asked shows in how the answers are written, in Moodle's order of looking. */
function giftAnswers(braces: Fragment | null, inherited: Content['format']): GiftAnswers {
  if (!braces) return { ok: true, answers: { type: 'description', details: {} } };
  const { text } = braces;
  if (text === '') return { ok: true, answers: { type: 'essay', details: {} } };
  if (text.startsWith('#')) return giftNumeric(braces, inherited);
  if (text.includes('~')) return giftChoice(braces, inherited);
  if (text.includes('=') && text.includes('->')) return giftMatching(braces, inherited);
  return isTrueFalse(braces) ? giftTrueFalse(braces, inherited) : giftShortText(braces, inherited);
}
