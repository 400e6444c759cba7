// `ordering`: items in the right order. Its ways of marking are ours.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, contentOf, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { combinedFeedbackLines, formatName, textLines, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

type Ordering = Extract<Question, { type: 'ordering' }>;
type Grading = Ordering['details']['grading'];

const gradings: Readonly<Record<Grading, string>> = {
  'all-or-nothing': 'ALL_OR_NOTHING',
  'absolute-position': 'ABSOLUTE_POSITION',
  'relative-next': 'RELATIVE_NEXT_EXCLUDE_LAST',
  'relative-next-and-last': 'RELATIVE_NEXT_INCLUDE_LAST',
  'one-previous-and-next': 'RELATIVE_ONE_PREVIOUS_AND_NEXT',
  'all-previous-and-next': 'RELATIVE_ALL_PREVIOUS_AND_NEXT',
  'longest-ordered': 'LONGEST_ORDERED_SUBSET',
  'longest-contiguous': 'LONGEST_CONTIGUOUS_SUBSET',
  'relative-to-right': 'RELATIVE_TO_CORRECT',
};

const maximum = 50;

/** Reads items in the order of the file, which is the right one; a way of marking that is not known is Moodle's usual one. */
export function readOrdering(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const elements = childrenOf(question, 'answer');
  const items = elements.map((element) => contentOf(element, reading, inherited));
  const { length: count } = items;
  if (count < 2) return refused(reading, 'too-few-options', { count });
  if (count > maximum) return refused(reading, 'too-many-options', { count, maximum });
  const empty = items.findIndex(({ source }) => source === '');
  if (empty >= 0) return refused(elements[empty] ?? reading, 'option-empty');
  return { ok: true, answers: { type: 'ordering', details: { items, grading: gradingOf(question) } } };
}

/** Writes them. */
export function writeOrdering({ text, details }: Ordering, writing: Writing): string[] {
  return [
    valueLine('layouttype', 'VERTICAL'),
    valueLine('selecttype', 'ALL'),
    valueLine('selectcount', '0'),
    valueLine('gradingtype', gradings[details.grading]),
    valueLine('showgrading', 'SHOW'),
    valueLine('numberingstyle', 'none'),
    ...combinedFeedbackLines(text.format, writing),
    ...details.items.flatMap((item, place) => [
      `    <answer fraction="${place + 1}" format="${formatName(item.format)}">`,
      ...textLines(item, writing, 6),
      '    </answer>',
    ]),
  ];
}

function gradingOf(question: XmlElement): Grading {
  const written = textOf(childOf(question, 'gradingtype')).toUpperCase();
  const known = Object.keys(gradings) as Grading[];
  return known.find((grading) => gradings[grading] === written) ?? 'absolute-position';
}
