// A table of questions as text between commas, semicolons or tabs: a file that a spreadsheet saved, or cells pasted from one.
import type { TextFormat } from './format.ts';
import { hasHeader, readTable } from './table/read-table.ts';
import { csvOfRows, plainCell, rowsOfCsv } from './table/rows-of-csv.ts';
import { tableOf } from './table/write-table.ts';

export const csv = {
  name: 'csv',
  kind: 'text',
  label: 'CSV',
  extension: '.csv',
  mediaType: 'text/csv',
  // A first row that names columns. Its names stand at the beginning, whatever comes after.
  looksLike: (text: string) => hasHeader(rowsOfCsv(text.slice(0, 20_000)).rows),
  read: (text: string) => {
    const { rows, unclosed } = rowsOfCsv(text);
    const plain = rows.map((row) => row.map(plainCell));
    const read = readTable(plain, 'auto');
    if (unclosed === null) return read;
    return { ...read, problems: [...read.problems, { line: unclosed, code: 'quote-not-closed', params: {} }] };
  },
  write: (questions) => {
    const { rows, losses } = tableOf(questions);
    return { body: csvOfRows(rows), losses };
  },
} as const satisfies TextFormat;
