// A list of students as a teacher has it: a file of a spreadsheet, or rows pasted from one. Every mistake is said at once, by its line.
import { decodeText } from '../../questions/decode-text.ts';
import { ArchiveError, isZip, openZip } from '../../questions/formats/archive/read-zip.ts';
import { plainCell, rowsOfCsv } from '../../questions/formats/table/rows-of-csv.ts';
import { visibleSheets } from '../../questions/formats/xlsx/read-workbook.ts';
import { storable } from '../../lti/storable-text.ts';
import { rosterColumn, type RosterColumn } from './roster-columns.ts';
import { longestNumber } from './student-number.ts';

/** A student of the list. */
export interface RosterLine {
  /** As the sheet shows it, from 1. */
  line: number;
  studentIdNumber: string;
  /** Surname first; empty where the list has no names. */
  fullName: string;
  groupName: string;
}

/** What is wrong with a line; `number-rounded`: a spreadsheet has made 3,91E+11 of it, and its digits are gone. */
export type RosterProblem =
  | { line: number; code: 'number-missing' | 'number-rounded' }
  | { line: number; code: 'number-too-long'; length: number }
  | { line: number; code: 'number-twice'; firstLine: number };

/** Why nothing can be read: no students in it, no column of numbers, more than anybody teaches, or a file that is none of a spreadsheet. */
export type RosterRefusal = 'empty' | 'no-number-column' | 'too-many' | 'unreadable-file';

/** A list that was read. */
export interface Roster {
  /** Lines without a problem. */
  lines: RosterLine[];
  problems: RosterProblem[];
}

export const mostLines = 2000;
/** Of a file's parts once unpacked: a list of that many lines has a tenth of it. */
const mostUnpackedBytes = 16 * 1024 * 1024;
const longestText = 255;

/** The text of an uploaded file, as `readRoster` reads it: each row a line, its cells between tabs. Null if it is no list. */
export async function rosterTextOf(bytes: Uint8Array): Promise<string | null> {
  if (!isZip(bytes)) return decodeText(bytes).text;
  try {
    const archive = await openZip(bytes);
    const size = archive.names.reduce((sum, name) => sum + (archive.sizeOf(name) ?? 0), 0);
    if (size > mostUnpackedBytes) return null;
    const sheets = await visibleSheets(archive);
    const rows = sheets.find((sheet) => sheet.rows.some((row) => row.some((cell) => cell.trim() !== '')))?.rows ?? [];
    return rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')).join('\n');
  } catch (error) {
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}

/** Reads a list. The first row that holds anything names the columns; without names they are number, name, group. */
export function readRoster(text: string): { ok: true; roster: Roster } | { ok: false; code: RosterRefusal } {
  const { rows } = rowsOfCsv(storable(text).replace(/\r\n?/g, '\n'));
  const first = rows.findIndex(isFilled);
  const names = rows[first];
  if (!names) return { ok: false, code: 'empty' };
  const named = names.map(rosterColumn);
  const isNamed = named.some((column) => column !== null);
  const columns = isNamed ? named : columnsByPlace(names);
  if (!columns.includes('number')) return { ok: false, code: 'no-number-column' };
  const read = rows.flatMap((row, index) =>
    index >= first + (isNamed ? 1 : 0) && isFilled(row) ? [lineOf(row, columns, index + 1)] : [],
  );
  if (read.length === 0) return { ok: false, code: 'empty' };
  if (read.length > mostLines) return { ok: false, code: 'too-many' };
  const problems = problemsIn(read);
  const wrong = new Set(problems.map(({ line }) => line));
  return { ok: true, roster: { lines: read.filter(({ line }) => !wrong.has(line)), problems } };
}

function isFilled(row: readonly string[]): boolean {
  return row.some((cell) => cell.trim() !== '');
}

function columnsByPlace([number = '']: readonly string[]): (RosterColumn | null)[] {
  return /\d/.test(number) ? ['number', 'name', 'group'] : [];
}

function lineOf(row: readonly string[], columns: readonly (RosterColumn | null)[], line: number): RosterLine {
  const cell = (wanted: RosterColumn) => {
    const text = row[columns.indexOf(wanted)] ?? '';
    return plainCell(text.trim()).replace(/\s+/g, ' ').slice(0, longestText);
  };
  const inParts = [cell('surname'), cell('given'), cell('patronymic')].filter((part) => part !== '').join(' ');
  return {
    line,
    studentIdNumber: cell('number').replaceAll(' ', ''),
    fullName: (cell('name') || inParts).slice(0, longestText),
    groupName: cell('group'),
  };
}

/** Of several lines with one number each is named: which of them is the right one only a teacher can say. */
function problemsIn(lines: readonly RosterLine[]): RosterProblem[] {
  const firstWith = new Map<string, number>();
  const isTwice = new Set<string>();
  for (const { line, studentIdNumber } of lines) {
    if (firstWith.has(studentIdNumber)) isTwice.add(studentIdNumber);
    else firstWith.set(studentIdNumber, line);
  }
  return lines.flatMap(({ line, studentIdNumber: number }): RosterProblem[] => {
    if (number === '') return [{ line, code: 'number-missing' }];
    if (/^\d+([.,]\d+)?e\+?\d+$/i.test(number)) return [{ line, code: 'number-rounded' }];
    if (number.length > longestNumber) return [{ line, code: 'number-too-long', length: number.length }];
    if (isTwice.has(number)) return [{ line, code: 'number-twice', firstLine: firstWith.get(number) ?? line }];
    return [];
  });
}
