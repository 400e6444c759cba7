// `multichoice`: one option out of several, or any number of them; `multichoiceset`, a plugin: all the right ones or nothing.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { sumOfRight } from '../../types/multiple-choice.ts';
import { weightedOptions } from '../option-weights.ts';
import { percentOf } from '../percent.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { answersOf, childOf, contentOf, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { answerLines, combinedFeedbackLines, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

type Choice = Extract<Question, { type: 'single-choice' | 'multiple-choice' }>;

const maximum = 100;

/** Reads options. Moodle writes `true` or `1` where one is to be chosen. */
export function readMultichoice(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const read = answersOf(question, reading, inherited);
  if (!read.ok) return read;
  const options = read.answers.map(({ element, weight, feedback }) => ({
    text: contentOf(element, reading, inherited),
    weight,
    feedback,
  }));
  const { length: count } = options;
  if (count < 2) return refused(reading, 'too-few-options', { count });
  if (count > maximum) return refused(reading, 'too-many-options', { count, maximum });
  const empty = options.findIndex(({ text }) => text.source === '');
  if (empty >= 0) return refused(read.answers[empty]?.element ?? reading, 'option-empty');

  if (question.attributes['type'] === 'multichoiceset') return allOrNothing(options, reading);
  if (/^(?:true|1)$/i.test(textOf(childOf(question, 'single')) || 'true')) {
    const hasRight = options.some(({ weight }) => new Fraction(weight).equals(1));
    if (!hasRight) return refused(reading, 'no-right-answer');
    return { ok: true, answers: { type: 'single-choice', details: { options } } };
  }
  const sum = sumOfRight(options);
  if (sum.equals(0)) return refused(reading, 'no-right-answer');
  if (sum.lt(1)) return refused(reading, 'weights-below-hundred', { sum: percentOf(sum) });
  return { ok: true, answers: { type: 'multiple-choice', details: { options } } };
}

/** In that plugin every right option has the share 1. */
function allOrNothing(options: Choice['details']['options'], reading: Reading): MoodleAnswers {
  const right = options.filter(({ weight }) => new Fraction(weight).gt(0)).length;
  if (right === 0) return refused(reading, 'no-right-answer');
  const shared = options.map((option) => ({
    ...option,
    weight: new Fraction(option.weight).gt(0) ? new Fraction(1, right).toFraction() : '0',
  }));
  const grading = right === options.length ? {} : { grading: 'all-or-nothing' as const };
  return { ok: true, answers: { type: 'multiple-choice', details: { options: shared, ...grading } } };
}

/** Writes options. Without a plugin Moodle cannot mark all or nothing. */
export function writeMultichoice(question: Choice, writing: Writing): string[] {
  const { type, text } = question;
  const { options, losses } = weightedOptions(question);
  writing.losses.push(...losses);
  return [
    valueLine('single', String(type === 'single-choice')),
    valueLine('shuffleanswers', 'true'),
    valueLine('answernumbering', 'abc'),
    valueLine('showstandardinstruction', '0'),
    ...combinedFeedbackLines(text.format, writing),
    ...options.flatMap((option) => answerLines(option, writing)),
  ];
}
