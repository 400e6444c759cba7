// The sheet as cells, for a workbook and for CSV: numbers as numbers, everything else as words, blank where there is nothing.
import type Fraction from 'fraction.js';
import { csvOfRows } from '../../questions/formats/table/rows-of-csv.ts';
import type { Cell, Sheet } from '../../questions/formats/xlsx/write-workbook.ts';
import type { CourseSheet } from './load-sheet.ts';
import type { QaydnomaRow, SheetNote, SheetPoints } from './qaydnoma.ts';

/** The columns of `hemis-qaydnoma`, as HEMIS calls them where it has them. */
export const qaydnomaColumns = [
  ...['no', 'student_id_number', 'full_name', 'group', 'JN', 'ON', 'JN_ON', 'YN', 'total_point', 'grade'],
  ...['credit', 'total_acload', 'semester_code', 'education_year', 'subject', 'exam_type', 'final_exam_type', 'note'],
] as const;

/** HEMIS's code of the final control, after which the sheet is signed. */
const finalControl = '13';

/** A note in words. */
export type WordNote = (note: SheetNote) => string;

/** The names of the columns and a row a student. */
export function qaydnomaCells({ plan, sheet }: CourseSheet, wordNote: WordNote): Cell[][] {
  const { plan: credits, title } = plan;
  const common = [
    ...[credits.contactHours + credits.independentHours, String(10 + credits.semester)],
    ...[credits.educationYear, title, finalControl],
  ];
  return [
    [...qaydnomaColumns],
    ...sheet.rows.map((row): Cell[] => [
      ...whoIs(row),
      row.groupName,
      ...numbers(row.rounded),
      gradeCell(row.grade),
      row.units / 100,
      ...common,
      row.finalExamType,
      row.notes.map(wordNote).join('; '),
    ]),
  ];
}

const exactColumns = ['JN', 'ON', 'JN_ON', 'YN', 'total_point'];

/** What the whole numbers were rounded from: as numbers, and to the last digit as fractions. */
export function exactCells({ sheet }: CourseSheet): Cell[][] {
  return [
    ['no', 'student_id_number', 'full_name', ...exactColumns, ...exactColumns.map((name) => `${name}_exact`)],
    ...sheet.rows.map((row): Cell[] => [
      ...whoIs(row),
      ...numbers(row.exact),
      ...pointsInOrder(row.exact).map((points) => points?.toFraction() ?? null),
    ]),
  ];
}

/** The workbook: the sheet, the exact values, and what stands above and below the sheet on paper. */
export function qaydnomaSheets(of: CourseSheet, wordNote: WordNote, around: Cell[][]): Sheet[] {
  return [
    { name: 'hemis-qaydnoma', rows: qaydnomaCells(of, wordNote) },
    { name: 'exact', rows: exactCells(of) },
    { name: 'qaydnoma', rows: around },
  ];
}

/** The same as CSV, for spreadsheets of countries in whose numbers the comma stands. */
export function qaydnomaCsv(of: CourseSheet, wordNote: WordNote): string {
  const rows = qaydnomaCells(of, wordNote).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? String(cell).replace('.', ',') : (cell ?? ''))),
  );
  return csvOfRows(rows, ';');
}

function whoIs({ place, studentIdNumber, fullName }: QaydnomaRow): Cell[] {
  return [place, studentIdNumber, fullName];
}

function pointsInOrder({ JN, ON, JN_ON, YN, total }: SheetPoints): (Fraction | null)[] {
  return [JN, ON, JN_ON, YN, total];
}

function numbers(points: SheetPoints): Cell[] {
  return pointsInOrder(points).map((value) => value?.valueOf() ?? null);
}

/** Grades from 2 to 5 are numbers, letters are words. */
function gradeCell(grade: string | null): Cell {
  return grade !== null && /^\d$/.test(grade) ? Number(grade) : grade;
}
