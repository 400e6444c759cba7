// `truefalse`: two answers, of which one is worth everything.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { answersOf, refused } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { answerLines } from './writing.ts';
import type { Writing } from './writing.ts';

/** Reads a statement's truth. */
export function readTrueFalse(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const read = answersOf(question, reading, inherited);
  if (!read.ok) return read;
  const saying = (word: string) => read.answers.find(({ text }) => text.toLowerCase() === word);
  const [toTrue, toFalse] = [saying('true'), saying('false')];
  const right = read.answers.filter(({ weight }) => new Fraction(weight).equals(1));
  if (!toTrue || !toFalse || right.length !== 1) return refused(reading, 'no-right-answer');
  const details = { isTrue: right[0] === toTrue, feedbackToTrue: toTrue.feedback, feedbackToFalse: toFalse.feedback };
  return { ok: true, answers: { type: 'true-false', details } };
}

/** Writes it. */
export function writeTrueFalse(question: Extract<Question, { type: 'true-false' }>, writing: Writing): string[] {
  const { isTrue, feedbackToTrue, feedbackToFalse } = question.details;
  const { format } = question.text;
  const answer = (value: boolean, feedback: Content | null) =>
    answerLines({ text: { format, source: String(value) }, weight: value === isTrue ? '1' : '0', feedback }, writing);
  return [...answer(true, feedbackToTrue), ...answer(false, feedbackToFalse)];
}
