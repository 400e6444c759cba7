// Word documents made by hand: what Word itself writes, with nothing around it.
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import type { ArchiveFile } from '../../src/questions/formats/archive/write-zip.ts';

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
].join(' ');

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A run; `look` is the inside of its `w:rPr`, such as `<w:b/>`. */
export function run(text: string, look = ''): string {
  return `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

/** A paragraph of runs or of plain text; `properties` is the inside of its `w:pPr`. */
export function paragraph(inner: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${inner.startsWith('<') ? inner : run(inner)}</w:p>`;
}

/** The properties of a paragraph in a list. */
export function inList(numId: number, level = 0): string {
  return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;
}

/** A table of paragraphs. */
export function table(rows: readonly (readonly string[])[]): string {
  const cell = (inner: string) => `<w:tc>${inner.startsWith('<w:p>') ? inner : paragraph(inner)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

/** A picture by the id of its relationship. */
export function drawing(id: string, alt = ''): string {
  return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="${alt}"/><a:blip r:embed="${id}"/></wp:inline></w:drawing></w:r>`;
}

/** A list whose levels have these formats: `decimal`, `upperLetter`, `russianLower`, `bullet`. */
export type List = { id: number; formats: readonly string[]; start?: number };

function numberingFile(lists: readonly List[]): string {
  const level = (format: string, index: number, start: number) =>
    `<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/></w:lvl>`;
  const abstracts = lists.map(
    ({ id, formats, start = 1 }) =>
      `<w:abstractNum w:abstractNumId="${id}">${formats.map((format, index) => level(format, index, start)).join('')}</w:abstractNum>`,
  );
  const nums = lists.map(({ id }) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`);
  return `<w:numbering ${namespaces}>${abstracts.join('')}${nums.join('')}</w:numbering>`;
}

export type WordParts = {
  lists?: readonly List[];
  styles?: string;
  /** By the id of the relationship. */
  pictures?: Readonly<Record<string, { name: string; bytes: Uint8Array }>>;
  /** Before the document's root element. */
  prolog?: string;
};

/** The files of a document with that body. */
export function wordFiles(
  body: string,
  { lists = [], styles = '', pictures = {}, prolog = '' }: WordParts = {},
): ArchiveFile[] {
  const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const relations = Object.entries(pictures).map(
    ([id, { name }]) => `<Relationship Id="${id}" Type="image" Target="media/${name}"/>`,
  );
  return [
    file('[Content_Types].xml', '<Types/>'),
    file('word/document.xml', `${prolog}<w:document ${namespaces}><w:body>${body}</w:body></w:document>`),
    file('word/numbering.xml', numberingFile(lists)),
    file('word/styles.xml', `<w:styles ${namespaces}>${styles}</w:styles>`),
    file('word/_rels/document.xml.rels', `<Relationships>${relations.join('')}</Relationships>`),
    ...Object.values(pictures).map(({ name, bytes }) => ({ name: `word/media/${name}`, bytes })),
  ];
}

/** The bytes of a document with that body. */
export function wordDocument(body: string, parts: WordParts = {}): Promise<Uint8Array> {
  return writeZip(wordFiles(body, parts));
}
