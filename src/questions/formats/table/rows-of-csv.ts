// Text between separators (RFC 4180, and what spreadsheets make of it in countries where the comma is in numbers), as rows.

/** The rows of a text, blank ones too; `unclosed` is the row in which a quotation mark never ends. */
export type CsvRows = { rows: string[][]; unclosed: number | null };

const separators = [';', '\t', ','] as const;

/** Reads a text with `\n` line ends. A first line `sep=;` says the separator, as it does to spreadsheets, and is no row. */
export function rowsOfCsv(text: string): CsvRows {
  const said = /^sep=(.)\n/.exec(text);
  return readRows(said ? text.slice(said[0].length) : text, said?.[1] ?? separatorOf(text));
}

/** The separator that occurs most in the first line that has any. */
function separatorOf(text: string): string {
  const unquoted = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '');
  const line = unquoted.split('\n').find((one) => separators.some((separator) => one.includes(separator))) ?? '';
  const counts = separators.map((separator) => line.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function readRows(text: string, separator: string): CsvRows {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = text[at] === '"' ? quotedCell(text, at + 1) : { value: '', end: at - 1 };
    if (quoted.end === null) return { rows, unclosed: rows.length + 1 };
    const start = quoted.end + 1;
    const end = endOfCell(text, start, separator);
    // What stands after a closing quotation mark belongs to the cell all the same.
    row.push(quoted.value + text.slice(start, end));
    at = end + 1;
    const isRowEnd = text[end] !== separator;
    if (!isRowEnd && at < text.length) continue;
    rows.push(isRowEnd ? row : [...row, '']);
    row = [];
  }
  return { rows, unclosed: null };
}

function quotedCell(text: string, start: number): { value: string; end: number | null } {
  let value = '';
  for (let from = start; ;) {
    const end = text.indexOf('"', from);
    if (end < 0) return { value, end: null };
    value += text.slice(from, end);
    if (text[end + 1] !== '"') return { value, end };
    value += '"';
    from = end + 2;
  }
}

function endOfCell(text: string, start: number, separator: string): number {
  for (let at = start; at < text.length; at += 1) if (text[at] === separator || text[at] === '\n') return at;
  return text.length;
}

const formula = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula: with the apostrophe before it by which people say so. */
export function safeCell(text: string): string {
  return formula.test(text) && !/^-\d+(?:[.,]\d+)?$/.test(text) ? `'${text}` : text;
}

/** A cell without the apostrophe of `safeCell`. */
export function plainCell(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

/**
 * The rows as a text with commas and, so that spreadsheets read it as UTF-8, a byte order mark.
 *
 * @param separator `;` where commas stand in numbers
 */
export function csvOfRows(rows: readonly (readonly string[])[], separator: ',' | ';' = ','): string {
  const lines = rows.map((row) => row.map((cell) => quotedIfNeeded(safeCell(cell), separator)).join(separator));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** A comma that stands in a number is no reason where it separates nothing. */
function quotedIfNeeded(cell: string, separator: ',' | ';'): string {
  const mayMislead = separator === ',' ? /[",;\t\r\n]|^\s|\s$/ : /[";\t\r\n]|^\s|\s$/;
  return mayMislead.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
