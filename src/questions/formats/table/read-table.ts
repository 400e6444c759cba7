// A table with a question a row, from whatever file it comes. Every mistake is said at once, with the row that the sheet shows.
import { z } from 'zod';
import type { Content } from '../../content.ts';
import { pointsSchema } from '../../exact.ts';
import type { Question } from '../../question.ts';
import type { Problem, ReadResult } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { maximumQuestions } from '../read-blocks.ts';
import { roleOf } from './columns.ts';
import type { ColumnRole } from './columns.ts';
import { readAnswer } from './read-answer.ts';
import { rightPlaces } from './right-places.ts';

type Row = readonly string[];

/** What each column is for; options are lettered by their place among the `option` columns. */
type Columns = readonly (ColumnRole | null)[];

const isFilled = (row: Row) => row.some((cell) => cell.trim() !== '');

/** Whether the first row that holds anything names a column of questions and at least one more. */
export function hasHeader(rows: readonly Row[]): boolean {
  const columns = rows.find(isFilled)?.map(roleOf) ?? [];
  return columns.includes('question') && columns.filter((role) => role !== null && role !== 'skip').length > 1;
}

/**
 * Reads a table. Without names over its columns it has to be: question, options, letters of the right ones.
 *
 * @param rows   every row of the sheet from its first on, blank ones too: their places are the numbers people see
 * @param format how the cells are to be read
 */
export function readTable(rows: readonly Row[], format: Content['format']): ReadResult {
  const result: ReadResult = { questions: [], problems: [] };
  const first = rows.findIndex(isFilled);
  if (first < 0) return result;
  const isNamed = hasHeader(rows);
  const columns = isNamed ? rows[first]?.map(roleOf) : columnsByPlace(rows.filter(isFilled));
  if (!columns) return { questions: [], problems: [{ line: first + 1, code: 'columns-unknown', params: {} }] };

  let count = 0;
  for (const [index, row] of rows.entries()) {
    if (index < first + (isNamed ? 1 : 0) || !isFilled(row)) continue;
    count += 1;
    if (count > maximumQuestions) {
      result.problems.push({ line: index + 1, code: 'too-many-questions', params: { maximum: maximumQuestions } });
      break;
    }
    readRow(row, columns, index + 1, format, result);
  }
  return result;
}

function readRow(row: Row, columns: Columns, line: number, format: Content['format'], result: ReadResult): void {
  const cells = (role: ColumnRole) =>
    columns.flatMap((one, column) => (one === role ? [(row[column] ?? '').trim()] : []));
  const cell = (role: ColumnRole) => cells(role).find((text) => text !== '') ?? '';
  const problems: Problem[] = [];
  const refuse = (code: Problem['code'], params: Problem['params'] = {}) => problems.push({ line, code, params });

  const text: Content = { format, source: cell('question') };
  const points = pointsOf(cell('points'));
  const tags = tagsOf(cell('tags'));
  const wrong = columns.includes('wrong') ? cells('wrong') : null;
  const read = readAnswer({ type: cell('type'), options: cells('option'), right: cell('right'), wrong }, format);
  if (text.source === '') refuse('question-empty');
  if (points === null) refuse('points-unreadable', { value: cell('points').slice(0, 60) });
  if (tags === null) refuse('tags-unreadable');
  if (!read.ok) refuse(read.code, read.params);
  result.problems.push(...problems);
  if (!read.ok || points === null || tags === null || problems.length > 0) return;

  const feedback = cell('feedback');
  const question: Question = {
    name: cell('name').replace(/\s+/g, ' ').slice(0, 255) || nameFrom(text),
    text,
    generalFeedback: feedback === '' ? null : { format, source: feedback },
    points: read.answer.type === 'description' ? '0' : points,
    ...(tags.length > 0 ? { tags } : {}),
    ...read.answer,
  };
  result.questions.push({ line, question });
}

/** Points as people write them, exact; nothing is one point, null what is no number. */
export function pointsOf(text: string): string | null {
  if (text === '') return '1';
  const read = pointsSchema.safeParse(text.replace(/\s/g, '').replace(',', '.'));
  return read.success ? read.data : null;
}

const tagList = z.array(z.string().max(100)).max(50);

/** Tags between semicolons or commas, each once; null if one is too long, or there are too many. */
export function tagsOf(text: string): string[] | null {
  const tags = text
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tagList.safeParse(tags).success ? [...new Set(tags)] : null;
}

/** Running numbers, perhaps; questions; options; and at the end of every row the letters or numbers of the right ones. */
function columnsByPlace(filled: readonly Row[]): Columns | null {
  const widths = filled.map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1);
  const width = Math.max(0, ...widths);
  const isKeyed = filled.every((row) => {
    const options = row.slice(1, width - 1).map((cell) => cell.trim());
    return rightPlaces((row[width - 1] ?? '').trim(), options) !== 'unknown';
  });
  const isCounted = filled.every((row, index) => Number.parseInt(row[0] ?? '', 10) === index + 1);
  const before: ColumnRole[] = isCounted ? ['skip', 'question'] : ['question'];
  if (!isKeyed || width < before.length + 3) return null;
  return [...before, ...Array<ColumnRole>(width - before.length - 1).fill('option'), 'right'];
}
