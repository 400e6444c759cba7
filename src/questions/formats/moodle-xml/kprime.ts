// `kprime` and `mtf` (ETH Zürich's plugins): rows, columns, and which column is right in which row.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, contentOf, leftOut, refused, textOf } from './reading.ts';
import type { MoodleAnswers, Reading } from './reading.ts';
import { contentLines, feedbackLines, valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

type Matrix = Extract<Question, { type: 'matrix' }>;
type Grading = Matrix['details']['grading'];

/** The plugins' names of the ways of marking; `kprimeonezero` is everything or nothing. */
const gradings: Readonly<Record<string, Grading>> = {
  kprime: 'kprim',
  kprimeonezero: 'all-or-nothing',
  subpoints: 'per-row',
  mtfonezero: 'all-or-nothing',
};

/** Whether one of the plugins has such a question: two columns, and for half a point the four rows that are their custom. */
export function isKprime({ details }: Matrix): boolean {
  return details.columns.length === 2 && details.rows.length <= 50;
}

/** `kprime` has four rows, `mtf` any number. */
export function kprimeType({ details }: Matrix): 'kprime' | 'mtf' {
  return details.rows.length === 4 ? 'kprime' : 'mtf';
}

/** Reads rows and columns. */
export function readKprime(question: XmlElement, reading: Reading, inherited: Content['format']): MoodleAnswers {
  const rowElements = childrenOf(question, 'row');
  const columnElements = childrenOf(question, 'column');
  const columns = columnElements.map((column) => contentOf(childOf(column, 'responsetext'), reading, inherited));
  if (columns.length < 2) return refused(reading, 'too-few-options', { count: columns.length });
  const rows = rowElements.map((row) => ({
    text: contentOf(childOf(row, 'optiontext'), reading, inherited),
    right: rightColumn(question, row, columnElements),
  }));
  const unknown = rows.findIndex(({ right }) => right < 0);
  if (rows.length === 0 || unknown >= 0) return refused(rowElements[unknown] ?? reading, 'no-right-answer');
  leftOut(
    reading,
    rowElements.flatMap((row) => [...childrenOf(row, 'feedbacktext'), ...childrenOf(row, 'feedback')]),
  );
  const grading = gradings[textOf(childOf(question, 'scoringmethod')).toLowerCase()] ?? 'per-row';
  return { ok: true, answers: { type: 'matrix', details: { columns, rows, grading } } };
}

/** Writes them. In `mtf` half a point for all rows but one cannot be said. */
export function writeKprime(question: Matrix, writing: Writing): string[] {
  const { columns, rows, grading } = question.details;
  const isMtf = kprimeType(question) === 'mtf';
  if (isMtf && grading === 'kprim') writing.losses.push('grading');
  const method =
    grading === 'all-or-nothing' ? `${isMtf ? 'mtf' : 'kprime'}onezero` : isMtf ? 'subpoints' : methodOf(grading);
  return [
    '    <scoringmethod>',
    `      <text>${method}</text>`,
    '    </scoringmethod>',
    valueLine('shuffleanswers', 'true'),
    valueLine('numberofrows', String(rows.length)),
    valueLine('numberofcolumns', String(columns.length)),
    ...rows.flatMap(({ text }, index) => [
      `    <row number="${index + 1}">`,
      ...contentLines('optiontext', text, writing, 6),
      ...feedbackLines('feedbacktext', null, text.format, writing, 6),
      '    </row>',
    ]),
    ...columns.flatMap((column, index) => [
      `    <column number="${index + 1}">`,
      ...contentLines('responsetext', column, writing, 6),
      '    </column>',
    ]),
    ...rows.flatMap(({ right }, row) =>
      columns.flatMap((_, column) => [
        `    <weight rownumber="${row + 1}" columnnumber="${column + 1}">`,
        `      <value>${column === right ? '1.000' : '0.000'}</value>`,
        '    </weight>',
      ]),
    ),
  ];
}

function methodOf(grading: Exclude<Grading, 'all-or-nothing'>): string {
  return grading === 'kprim' ? 'kprime' : 'subpoints';
}

/** The place of the column with the weight 1 in a row; -1 if there is none. */
function rightColumn(question: XmlElement, row: XmlElement, columns: readonly XmlElement[]): number {
  const rowNumber = row.attributes['number'];
  const right = childrenOf(question, 'weight').find(
    (weight) => weight.attributes['rownumber'] === rowNumber && Number(textOf(childOf(weight, 'value'))) === 1,
  );
  return columns.findIndex(({ attributes }) => right && attributes['number'] === right.attributes['columnnumber']);
}
