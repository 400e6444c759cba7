// Writes questions one after another, and remembers what could not be said of each.
import Fraction from 'fraction.js';
import type { Content } from '../content.ts';
import type { Question } from '../question.ts';
import type { LossCode, Written } from './format.ts';
import { inOneVariant } from './one-variant.ts';
import { nameFrom } from './question-name.ts';
import { lossesOfTries } from './tries-losses.ts';

/** One question as text and what was left out of it; or only why it has to be left out as a whole. */
export type WrittenQuestion =
  { text: string; losses: readonly LossCode[] } | { text: null; losses: readonly LossCode[] };

/** The format has no words for such a question. */
export const notWritten: WrittenQuestion = { text: null, losses: ['type'] };

/** A file of all the questions that `writeOne` can write, `separator` between them; each loss of a question is named once. */
export function writeEach(
  questions: readonly Question[],
  writeOne: (question: Question) => WrittenQuestion,
  separator: string,
): Written<string> {
  const written = questions.map((question) => inOneVariant(question, writeOne));
  return {
    body: `${written.flatMap(({ text }) => (text === null ? [] : [text])).join(separator)}\n`,
    losses: written.flatMap(({ losses }, index) => [...new Set(losses)].map((code) => ({ index, code }))),
  };
}

/** What a format loses that knows neither names nor points nor tags nor general feedback, and nothing of several tries. */
export function lossesOfBareText(question: Question): LossCode[] {
  const { name, text, points, tags, generalFeedback } = question;
  return [
    ...lossesOfTries(question),
    ...(name === nameFrom(text) ? [] : (['name'] as const)),
    ...(isWorth(points, 1) ? [] : (['points'] as const)),
    ...((tags ?? []).length === 0 ? [] : (['tags'] as const)),
    ...(generalFeedback === null ? [] : (['feedback'] as const)),
  ];
}

/** Whether something is said to any of the answers. */
export function saysSomething(answers: readonly { feedback: Content | null }[]): boolean {
  return answers.some(({ feedback }) => feedback !== null);
}

/** Whether points, as they are stored, are a number. */
export function isWorth(points: string, expected: number): boolean {
  return new Fraction(points).equals(expected);
}
