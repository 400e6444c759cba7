// `numerical`: numbers with a tolerance, and a star for any other.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { asNear, withoutFigures } from '../accepted-numbers.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { answersOf, childOf, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { unitLines, unitsOf } from './units.ts';
import { answerLines } from './writing.ts';
import type { Writing } from './writing.ts';

type Numeric = Extract<Question, { type: 'numeric' }>;
type Accepted = Numeric['details']['answers'][number]['accepted'];

/** Reads the numbers that are accepted. */
export function readNumerical(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const read = answersOf(question, reading, inherited);
  if (!read.ok) return read;
  const answers: Numeric['details']['answers'] = [];
  for (const { element, text, weight, feedback } of read.answers) {
    const tolerance = withoutNoise(textOf(childOf(element, 'tolerance')) || '0');
    const wrong = [text, tolerance].find((value) => value !== '*' && readNumber(value) === null);
    if (wrong !== undefined) return refused(element, 'not-a-number', { value: wrong.slice(0, 80) });
    const accepted: Accepted =
      text === '*' ? { kind: 'anything' } : { kind: 'near', value: withoutNoise(text), tolerance };
    answers.push({ accepted, weight, feedback });
  }
  if (!answers.some(({ weight }) => new Fraction(weight).equals(1))) return refused(reading, 'no-right-answer');
  return { ok: true, answers: { type: 'numeric', details: { answers, ...unitsOf(question, reading) } } };
}

/** Writes them: a range as its middle and half its width, as Moodle does. */
export function writeNumerical({ text, details }: Numeric, writing: Writing): string[] {
  const answers = details.answers.flatMap(({ accepted, weight, feedback }) => {
    const { accepted: said, losses } = withoutFigures(accepted);
    writing.losses.push(...losses);
    const { value, tolerance } = asNear(said) ?? { value: '*', tolerance: '0' };
    const answer = { text: { format: text.format, source: value }, weight, feedback };
    return answerLines(answer, writing, [`      <tolerance>${tolerance}</tolerance>`]);
  });
  return [...answers, ...unitLines(details, writing)];
}

/** Moodle computes in floating point: 0.030000000000001. */
function withoutNoise(text: string): string {
  return /^-?\d*\.\d{13,}$/.test(text) ? String(Number(Number(text).toFixed(12))) : text;
}
