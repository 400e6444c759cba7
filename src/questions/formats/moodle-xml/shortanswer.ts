// `shortanswer`: texts that are accepted; `*` and `\*` mean in Moodle what they mean here.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { answersOf, childOf, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { answerLines, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

/** Reads the texts that are accepted. */
export function readShortAnswer(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const read = answersOf(question, reading, inherited);
  if (!read.ok) return read;
  const empty = read.answers.find(({ text }) => text === '');
  if (empty) return refused(empty.element, 'option-empty');
  const answers = read.answers.map(({ text, weight, feedback }) => ({ pattern: text, weight, feedback }));
  if (!answers.some(({ weight }) => new Fraction(weight).equals(1))) return refused(reading, 'no-right-answer');
  const byCase = textOf(childOf(question, 'usecase')) === '1' ? { isCaseSensitive: true } : {};
  return { ok: true, answers: { type: 'short-text', details: { answers, ...byCase } } };
}

/** Writes them. */
export function writeShortAnswer(question: Extract<Question, { type: 'short-text' }>, writing: Writing): string[] {
  const { format } = question.text;
  const { isCaseSensitive, foldsLookAlikes } = question.details;
  if (foldsLookAlikes) writing.losses.push('grading');
  return [
    valueLine('usecase', isCaseSensitive ? '1' : '0'),
    ...question.details.answers.flatMap(({ pattern, weight, feedback }) =>
      answerLines({ text: { format, source: pattern }, weight, feedback }, writing),
    ),
  ];
}
