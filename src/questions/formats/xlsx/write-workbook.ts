// A workbook with the sheets given. Words are marked as such, so that nothing in them is a formula or a date; numbers are numbers.
import { escapeXml, xmlFile } from '../archive/xml-text.ts';
import { writeZip } from '../archive/write-zip.ts';

/** What stands in a cell: words, a number, or nothing, which is not 0. */
export type Cell = string | number | null;

/** A sheet; its name has at most 31 characters and none of `[]:*?/\\`. */
export type Sheet = { name: string; rows: readonly (readonly Cell[])[] };

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The bytes of the workbook. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  return writeZip([
    ...around(numbered),
    ...numbered.map(({ number, rows }) => xmlFile(`xl/worksheets/sheet${number}.xml`, worksheet(rows))),
  ]);
}

function around(sheets: readonly { name: string; number: number }[]) {
  const all = (write: (sheet: { name: string; number: number }) => string) => sheets.map(write).join('');
  const styles = sheets.length + 1;
  return [
    xmlFile(
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${all(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${types}.worksheet+xml"/>`)}<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    ),
    xmlFile(
      '_rels/.rels',
      `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    xmlFile(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${all(({ name, number }) => `<sheet name="${escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    ),
    xmlFile(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packages}/relationships">${all(({ number }) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${styles}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    // The one style beside the usual: text, and still text when somebody edits it and it begins with `=`.
    xmlFile(
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
  ];
}

function worksheet(rows: Sheet['rows']): string {
  const body = rows.map((row, index) => `<row r="${index + 1}">${row.map(cell).join('')}</row>`).join('');
  return `<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`;
}

function cell(value: Cell): string {
  if (value === null || value === '') return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  const escaped = escapeXml(value.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll('\r', '_x000D_'));
  return `<c s="1" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}
