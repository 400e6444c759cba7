// The sheets of a workbook (ECMA-376 part 1 §18.2), in the order in which people see them.
import { childOf, elementsOf, readXml } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import type { Archive } from '../archive/read-zip.ts';
import { dateStyles, readSheet, sharedText } from './read-sheet.ts';
import type { SheetRows, Workbook } from './read-sheet.ts';

/** The file by which an archive is known to be a workbook. */
export const workbookPart = 'xl/workbook.xml';

/** Every sheet that is not hidden. @throws ArchiveError if the archive is damaged */
export async function visibleSheets(archive: Archive): Promise<(SheetRows & { name: string })[]> {
  const book = await part(archive, workbookPart);
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
