// The cells of one sheet of a workbook (ECMA-376 part 1 §18.3) as rows, each at the place of its number.
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import type { Problem } from '../format.ts';

/** What cells refer to. */
export type Workbook = { strings: readonly string[]; isDateStyle(index: number): boolean };

export type SheetRows = { rows: string[][]; problems: Problem[] };

const mostRows = 100_000;
const mostColumns = 300;

/** Reads `worksheet`. A date is a problem: the sheet made it of a fraction such as 1/2, and what was typed is gone. */
export function readSheet(sheet: XmlElement, workbook: Workbook): SheetRows {
  const result: SheetRows = { rows: [], problems: [] };
  for (const row of elementsOf(childOf(sheet, 'sheetData'), 'row')) {
    const number = Number(row.attributes['r'] ?? result.rows.length + 1);
    if (!(number >= 1 && number <= mostRows)) continue;
    while (result.rows.length < number) result.rows.push([]);
    const cells = result.rows[number - 1] ?? [];
    for (const cell of elementsOf(row, 'c')) readCell(cell, cells, number, workbook, result.problems);
  }
  return result;
}

function readCell(cell: XmlElement, cells: string[], row: number, workbook: Workbook, problems: Problem[]): void {
  const reference = cell.attributes['r'] ?? '';
  const column = reference === '' ? cells.length : columnOf(reference);
  if (column >= mostColumns) return;
  while (cells.length <= column) cells.push('');
  const value = textOf(childOf(cell, 'v'));
  const refuse = (code: 'cell-is-date' | 'cell-is-error') =>
    problems.push({ line: row, code, params: { cell: reference || String(column + 1), value: value.slice(0, 20) } });
  switch (cell.attributes['t']) {
    case 's':
      cells[column] = workbook.strings[Number(value)] ?? '';
      break;
    case 'inlineStr':
      cells[column] = sharedText(childOf(cell, 'is'));
      break;
    case 'b':
      cells[column] = value === '1' ? 'true' : 'false';
      break;
    case 'e':
      refuse('cell-is-error');
      break;
    case 'str':
      cells[column] = unescaped(value);
      break;
    default:
      if (value !== '' && workbook.isDateStyle(Number(cell.attributes['s'] ?? 0))) refuse('cell-is-date');
      // A sheet keeps 0.1 + 0.2 with all its binary dust.
      cells[column] = value === '' ? '' : String(Number(Number(value).toPrecision(15)));
  }
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? 'A';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** The text of a shared or inline string; how its parts look and how they are pronounced is left out. */
export function sharedText(item: XmlElement | undefined): string {
  const runs = elementsOf(item).filter(({ name }) => name !== 'rPh' && name !== 'phoneticPr');
  return unescaped(runs.map((run) => (run.name === 't' ? textOf(run) : textOf(childOf(run, 't')))).join(''));
}

/** Characters that XML has no place for stand as `_x000D_`. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Which cell styles show a number as a date. */
export function dateStyles(styles: XmlElement | null): (index: number) => boolean {
  const formats = new Map(
    descendantsOf(styles ?? undefined, 'numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      attributes['formatCode'] ?? '',
    ]),
  );
  const isDate = (id: string) => {
    const number = Number(id);
    if ((number >= 14 && number <= 22) || (number >= 45 && number <= 47)) return true;
    return /[dy]|m.*m/i.test((formats.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
  };
  const cells = elementsOf(childOf(styles ?? undefined, 'cellXfs'), 'xf').map(({ attributes }) =>
    isDate(attributes['numFmtId'] ?? '0'),
  );
  return (index) => cells[index] ?? false;
}
