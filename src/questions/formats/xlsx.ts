// Workbooks (.xlsx, ECMA-376) with a question a row. Read from the XML itself, behind the same guards as every other archive: the
// libraries for it are either not kept any more or unpack whatever they are given.
import { childOf, elementsOf, readXml } from './archive/read-xml.ts';
import type { XmlElement } from './archive/read-xml.ts';
import { ArchiveError, mentions, openZip } from './archive/read-zip.ts';
import type { Archive } from './archive/read-zip.ts';
import type { FileFormat, ReadResult } from './format.ts';
import { readTable } from './table/read-table.ts';
import { tableOf } from './table/write-table.ts';
import { dateStyles, readSheet, sharedText } from './xlsx/read-sheet.ts';
import type { SheetRows, Workbook } from './xlsx/read-sheet.ts';
import { writeWorkbook } from './xlsx/write-workbook.ts';

const main = 'xl/workbook.xml';

async function read(bytes: Uint8Array): Promise<ReadResult> {
  try {
    const archive = await openZip(bytes);
    const sheets = await visibleSheets(archive);
    const filled = sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim() !== '')));
    const [first, ...others] = filled;
    if (!first) return { questions: [], problems: [] };
    const { questions, problems } = readTable(first.rows, 'auto');
    // What a cell lost cannot be told from what it never held, so its row is not taken.
    const lost = new Set(first.problems.map(({ line }) => line));
    const left = others.map(({ name }) => ({ line: 1, code: 'sheet-left-out' as const, params: { name } }));
    const pictures = archive.names.filter((name) => name.startsWith('xl/media/')).length;
    return {
      questions: questions.filter(({ line }) => !lost.has(line)),
      problems: [
        ...left,
        ...(pictures > 0 ? [{ line: 1, code: 'sheet-pictures' as const, params: { count: pictures } }] : []),
        ...[...first.problems, ...problems.filter(({ line }) => !lost.has(line))].sort((a, b) => a.line - b.line),
      ],
    };
  } catch (error) {
    if (error instanceof ArchiveError) return { questions: [], problems: [error.problem] };
    throw error;
  }
}

async function visibleSheets(archive: Archive): Promise<(SheetRows & { name: string })[]> {
  const book = await part(archive, main);
  const relations = await part(archive, 'xl/_rels/workbook.xml.rels');
  const targets = new Map(
    elementsOf(relations ?? undefined, 'Relationship').map(({ attributes }) => [
      attributes['Id'],
      attributes['Target'] ?? '',
    ]),
  );
  const strings = await part(archive, 'xl/sharedStrings.xml');
  const workbook: Workbook = {
    strings: elementsOf(strings ?? undefined, 'si').map(sharedText),
    isDateStyle: dateStyles(await part(archive, 'xl/styles.xml')),
  };
  const sheets: (SheetRows & { name: string })[] = [];
  for (const { attributes } of elementsOf(childOf(book ?? undefined, 'sheets'), 'sheet')) {
    if ((attributes['state'] ?? 'visible') !== 'visible') continue;
    const target = targets.get(attributes['id']) ?? '';
    const sheet = await part(archive, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    if (sheet) sheets.push({ name: attributes['name'] ?? '', ...readSheet(sheet, workbook) });
  }
  return sheets;
}

async function part(archive: Archive, name: string): Promise<XmlElement | null> {
  const bytes = await archive.read(name);
  return bytes && readXml(bytes, name);
}

export const xlsx = {
  name: 'xlsx',
  kind: 'file',
  label: 'Excel',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  looksLike: (bytes: Uint8Array) => mentions(bytes, main),
  read,
  write: async (questions) => {
    const { rows, losses } = tableOf(questions);
    return { body: await writeWorkbook(rows), losses };
  },
} as const satisfies FileFormat;
