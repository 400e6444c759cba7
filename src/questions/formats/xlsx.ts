// Workbooks (.xlsx, ECMA-376) with a question a row. Read from the XML itself, behind the same guards as every other archive: the
// libraries for it are either not kept any more or unpack whatever they are given.
import { ArchiveError, mentions, openZip } from './archive/read-zip.ts';
import type { FileFormat, ReadResult } from './format.ts';
import { readTable } from './table/read-table.ts';
import { tableOf } from './table/write-table.ts';
import { visibleSheets, workbookPart } from './xlsx/read-workbook.ts';
import { writeWorkbook } from './xlsx/write-workbook.ts';

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

export const xlsx = {
  name: 'xlsx',
  kind: 'file',
  label: 'Excel',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  looksLike: (bytes: Uint8Array) => mentions(bytes, workbookPart),
  read,
  write: async (questions) => {
    const { rows, losses } = tableOf(questions);
    return { body: await writeWorkbook([{ name: 'Questions', rows }]), losses };
  },
} as const satisfies FileFormat;
