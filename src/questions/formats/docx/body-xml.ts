// Lines and tables as the XML of a document's body (ECMA-376 part 1 §17).
import { escapeXml } from '../archive/xml-text.ts';
import type { Block, Line, Table } from './paragraph.ts';
import type { Look, Span } from './span.ts';

/** How a paragraph stands: its style, and the level of the list that numbers it. */
export type Standing = { style: string; level?: number };

/** A paragraph of lines; spans may hold line breaks of their own. */
export function paragraphXml({ style, level }: Standing, lines: readonly (readonly Span[])[]): string {
  const list = level === undefined ? '' : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
  const inner = lines.map((spans) => spans.map(spanXml).join('')).join('<w:r><w:br/></w:r>');
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${list}</w:pPr>${inner}</w:p>`;
}

/** The blocks of a text, the first paragraph of which stands otherwise than the rest. */
export function blocksXml(blocks: readonly Block[], first: Standing, rest: Standing): string {
  const groups: (Line[] | Table)[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.kind === 'table') groups.push(block);
    else if (Array.isArray(last) && last[0]?.paragraph === block.paragraph) last.push(block);
    else groups.push([block]);
  }
  return groups
    .map((group, place) => {
      if (Array.isArray(group))
        return paragraphXml(
          place === 0 ? first : rest,
          group.map(({ spans }) => spans),
        );
      // Tables with nothing between them would be one.
      return tableXml(group) + (Array.isArray(groups[place + 1]) ? '' : paragraphXml(rest, []));
    })
    .join('');
}

/** The width of the text on the page, in twentieths of a point. */
const textWidth = 8930;

function tableXml({ rows }: Table): string {
  const count = Math.max(...rows.map((row) => row.length));
  const width = Math.floor(textWidth / count);
  const grid = `<w:gridCol w:w="${width}"/>`.repeat(count);
  const cell = (lines: readonly Line[] | undefined) =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${cellXml(lines ?? [])}</w:tc>`;
  const body = rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`);
  return `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="425" w:type="dxa"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body.join('')}</w:tbl>`;
}

function cellXml(lines: readonly Line[]): string {
  return paragraphXml(
    { style: 'Cell' },
    lines.map(({ spans }) => spans),
  );
}

function spanXml({ text, look, xml }: Span): string {
  // A formula stands beside runs, a picture in one.
  if (xml?.startsWith('<m:')) return xml;
  const inner =
    xml ??
    text
      .split(/(\t|\n)/)
      .map(textXml)
      .join('');
  return `<w:r>${lookXml(look)}${inner}</w:r>`;
}

function textXml(text: string): string {
  if (text === '\t') return '<w:tab/>';
  if (text === '\n') return '<w:br/>';
  return text === '' ? '' : `<w:t xml:space="preserve">${escapeXml(text)}</w:t>`;
}

function lookXml({ bold, italic, underline, raised }: Look): string {
  const said = [
    ...(bold ? ['<w:b/>'] : []),
    ...(italic ? ['<w:i/>'] : []),
    ...(underline ? ['<w:u w:val="single"/>'] : []),
    ...(raised === '' ? [] : [`<w:vertAlign w:val="${raised === 'sub' ? 'subscript' : 'superscript'}"/>`]),
  ];
  return said.length === 0 ? '' : `<w:rPr>${said.join('')}</w:rPr>`;
}
