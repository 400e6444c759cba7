// A question as Moodle's Aiken reader takes it: one line for the text, one for each option, one right one.
import type { Question } from '../../question.ts';
import { onOneLine } from '../content-losses.ts';
import { markedOptions } from '../right-options.ts';
import { lossesOfBareText, notWritten, saysSomething } from '../write-each.ts';
import type { WrittenQuestion } from '../write-each.ts';
import { keyLine } from './key.ts';
import { letterAt, mostLetters } from './labels.ts';

/** Writes one question. Only one option out of several with one right one can be said. */
export function aikenQuestion(question: Question): WrittenQuestion {
  const marked = question.type === 'single-choice' ? markedOptions(question) : null;
  if (question.type !== 'single-choice' || !marked || marked.options.length > mostLetters) return notWritten;

  const asked = onOneLine(question.text);
  const options = marked.options.map(({ text }) => onOneLine(text));
  if ([asked, ...options].some(({ said }) => said === '') || keyLine(asked.said)) return notWritten;
  const right = marked.options.findIndex(({ isRight }) => isRight);
  return {
    text: [
      asked.said,
      ...options.map(({ said }, place) => `${letterAt(place)}) ${said}`),
      `ANSWER: ${letterAt(right)}`,
    ].join('\n'),
    losses: [
      ...lossesOfBareText(question),
      ...(marked.isWhole ? [] : (['weights'] as const)),
      ...(saysSomething(question.details.options) ? (['feedback'] as const) : []),
      ...[asked, ...options].flatMap(({ losses }) => losses),
    ],
  };
}
