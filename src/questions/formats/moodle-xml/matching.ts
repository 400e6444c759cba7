// `matching`: pairs; a right side without a left one belongs to none.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { xmlText } from '../xml/write-xml.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, contentOf, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { combinedFeedbackLines, formatName, textLines, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

const maximum = 50;

/** Reads pairs. */
export function readMatching(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const pairs = [];
  const distractors = [];
  for (const element of childrenOf(question, 'subquestion')) {
    const left = contentOf(element, reading, inherited);
    const right = textOf(childOf(element, 'answer')).replace(/\s+/g, ' ');
    if (right === '') return refused(element, 'option-empty');
    if (left.source === '') distractors.push(right);
    else pairs.push({ left, right });
  }
  if (pairs.length < 2) return refused(reading, 'too-few-pairs', { count: pairs.length });
  const count = Math.max(pairs.length, distractors.length);
  if (count > maximum) return refused(reading, 'too-many-options', { count, maximum });
  return { ok: true, answers: { type: 'matching', details: { pairs, distractors } } };
}

/** Writes pairs. */
export function writeMatching({ text, details }: Extract<Question, { type: 'matching' }>, writing: Writing): string[] {
  const alone = details.distractors.map((right) => ({ left: { format: text.format, source: '' }, right }));
  return [
    valueLine('shuffleanswers', 'true'),
    ...combinedFeedbackLines(text.format, writing),
    ...[...details.pairs, ...alone].flatMap(({ left, right }) => [
      `    <subquestion format="${formatName(left.format)}">`,
      ...textLines(left, writing, 6),
      '      <answer>',
      `        <text>${xmlText(right)}</text>`,
      '      </answer>',
      '    </subquestion>',
    ]),
  ];
}
