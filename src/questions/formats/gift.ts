// GIFT, Moodle's text format for questions: https://docs.moodle.org/en/GIFT_format. Read as Moodle 5.1 reads it, except
// that a blank line between braces, a forgotten one between questions and an unescaped formula are understood too.
import type { Format, ReadResult } from './format.ts';
import { trimmed } from './fragment.ts';
import { giftBlocks } from './gift/blocks.ts';
import { hideEscapes } from './gift/escapes.ts';
import { giftQuestion } from './gift/question.ts';

function read(text: string): ReadResult {
  const result: ReadResult = { questions: [], problems: [] };
  for (const block of giftBlocks(hideEscapes(text))) {
    const outcome = giftQuestion(block);
    if (outcome.ok) result.questions.push({ line: trimmed(block).line, question: outcome.question });
    else result.problems.push(outcome.problem);
  }
  return result;
}

export const gift = {
  name: 'gift',
  label: 'GIFT',
  looksLike: (text: string) => /^[^\S\n]*(?:::|\$CATEGORY:)/m.test(text) || (text.includes('{') && text.includes('}')),
  read,
} as const satisfies Format;
