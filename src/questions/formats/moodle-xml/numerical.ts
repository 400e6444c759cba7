// `numerical`: numbers with a tolerance, and a star for any other.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { decimalText } from '../decimal-text.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { answersOf, childOf, childrenOf, leftOut, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { answerLines, valueLine } from './writing.ts';
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
  leftOut(reading, unitsOf(question));
  return { ok: true, answers: { type: 'numeric', details: { answers } } };
}

/** Writes them: a range as its middle and half its width, as Moodle does. */
export function writeNumerical(question: Numeric, writing: Writing): string[] {
  const { format } = question.text;
  return [
    ...question.details.answers.flatMap(({ accepted, weight, feedback }) => {
      const { value, tolerance } = nearly(accepted);
      const text = { format, source: value };
      return answerLines({ text, weight, feedback }, writing, [`      <tolerance>${tolerance}</tolerance>`]);
    }),
    valueLine('unitgradingtype', '0'),
    valueLine('unitpenalty', '1.0000000'),
    valueLine('showunits', '3'),
    valueLine('unitsleft', '0'),
  ];
}

function nearly(accepted: Accepted): { value: string; tolerance: string } {
  if (accepted.kind === 'anything') return { value: '*', tolerance: '0' };
  if (accepted.kind === 'near') {
    return { value: decimalText(accepted.value), tolerance: decimalText(accepted.tolerance) };
  }
  const [from, to] = [readNumber(accepted.from), readNumber(accepted.to)];
  if (!from || !to) throw new Error('A range without ends');
  return { value: from.add(to).div(2).toString(), tolerance: to.sub(from).div(2).toString() };
}

/** Moodle computes in floating point: 0.030000000000001. */
function withoutNoise(text: string): string {
  return /^-?\d*\.\d{13,}$/.test(text) ? String(Number(Number(text).toFixed(12))) : text;
}

function unitsOf(question: XmlElement): XmlElement[] {
  return childrenOf(question, 'units').flatMap((units) =>
    childrenOf(units, 'unit').flatMap((unit) => childrenOf(unit, 'unit_name')),
  );
}
