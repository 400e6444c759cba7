// The body of a Word document as lines and tables, in order.
import { escapeHtml } from '../../markup/escape-html.ts';
import { ArchiveError } from '../archive/read-zip.ts';
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import type { Asset, Problem } from '../format.ts';
import { readFormula } from './formula.ts';
import type { AutoLabel, Numbering } from './numbering.ts';
import { charactersOf, cutSpans } from './span.ts';
import type { Look, Span } from './span.ts';
import type { Styles } from './styles.ts';

/** One line: a paragraph, or a part of one between line breaks. `paragraph` counts all of the document's, from 1. */
export type Line = { kind: 'line'; paragraph: number; spans: Span[]; label: AutoLabel | null; isHeading: boolean };

export type Table = { kind: 'table'; paragraph: number; rows: Line[][][] };

export type Block = Line | Table;

/** What reading a paragraph needs from elsewhere, and what it leaves behind. */
export type DocumentTools = {
  styles: Styles;
  numbering: Numbering;
  /** The picture that a relationship leads to. Rejects with an ArchiveError. */
  picture(relationship: string): Promise<Asset>;
  assets: Map<string, Asset>;
  problems: Problem[];
  warnings: Problem[];
};

/** Reads `w:body`. */
export async function readBody(body: XmlElement, tools: DocumentTools): Promise<Block[]> {
  return blocksIn(body, { ...tools, next: 1 });
}

type Walk = DocumentTools & { next: number };

async function blocksIn(parent: XmlElement, walk: Walk): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const element of elementsOf(parent)) {
    if (element.name === 'p') blocks.push(...(await linesOf(element, walk)));
    else if (element.name === 'tbl') blocks.push(await tableOf(element, walk));
    else if (['sdt', 'sdtContent', 'ins', 'customXml', 'smartTag'].includes(element.name)) {
      blocks.push(...(await blocksIn(element, walk)));
    }
  }
  return blocks;
}

async function tableOf(table: XmlElement, walk: Walk): Promise<Table> {
  const paragraph = walk.next;
  const rows: Line[][][] = [];
  for (const row of elementsOf(table, 'tr')) {
    const cells: Line[][] = [];
    for (const cell of elementsOf(row, 'tc')) {
      // A table in a cell of a table is read as its lines.
      const blocks = await blocksIn(cell, walk);
      cells.push(blocks.flatMap((block) => (block.kind === 'line' ? [block] : block.rows.flat(2))));
    }
    rows.push(cells);
  }
  return { kind: 'table', paragraph, rows };
}

async function linesOf(element: XmlElement, walk: Walk): Promise<Line[]> {
  const paragraph = walk.next;
  walk.next += 1;
  const properties = childOf(element, 'pPr');
  const style = childOf(properties, 'pStyle')?.attributes['val'];
  const listed = childOf(properties, 'numPr') ?? walk.styles.numberingOf(style);
  const spans = await spansIn(element, { ...walk, paragraph, style });
  const label = listed && charactersOf(spans).trim() !== '' ? walk.numbering.labelOf(listed) : null;
  const isHeading = walk.styles.isHeading(style);
  return atBreaks(spans).map((part, index) => ({
    kind: 'line',
    paragraph,
    spans: part,
    label: index === 0 ? label : null,
    isHeading,
  }));
}

function atBreaks(spans: Span[]): Span[][] {
  const characters = charactersOf(spans);
  const ends = [...characters.matchAll(/\n/g)].map(({ index }) => index);
  return [-1, ...ends].map((start, index) => cutSpans(spans, start + 1, ends[index] ?? Infinity));
}

type Place = DocumentTools & { paragraph: number; style: string | undefined };

/** What was deleted while changes are tracked is gone; field codes are what nobody sees. */
const unseen = ['pPr', 'rPr', 'del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'fldChar', 'commentReference'];

async function spansIn(parent: XmlElement, place: Place): Promise<Span[]> {
  const look = place.styles.lookOf(place.style, childOf(parent, 'rPr'));
  const spans: Span[] = [];
  for (const element of elementsOf(parent)) {
    if (!unseen.includes(element.name)) spans.push(...(await spansOf(element, look, place)));
  }
  return spans;
}

async function spansOf(element: XmlElement, look: Look, place: Place): Promise<Span[]> {
  switch (element.name) {
    case 't':
      return [{ text: textOf(element).replaceAll('\uFFFC', ''), look }];
    case 'tab':
    case 'ptab':
      return [{ text: '\t', look }];
    case 'br':
    case 'cr':
      return element.attributes['type'] === 'page' ? [] : [{ text: '\n', look }];
    case 'noBreakHyphen':
      return [{ text: '\u2011', look }];
    case 'sym':
      return [{ text: symbol(element.attributes['char'] ?? ''), look }];
    case 'oMath':
      return [formula(element, look, place)];
    case 'oMathPara':
      return elementsOf(element, 'oMath').map((inner) => formula(inner, look, place, isDisplay(element)));
    case 'drawing':
    case 'pict':
    case 'object':
      return pictures(element, look, place);
    default:
      return spansIn(element, place);
  }
}

/** Characters of symbol fonts have codes of their own from F000 on; some of them are the usual character. */
function symbol(code: string): string {
  const value = Number.parseInt(code, 16);
  if (!(value > 0 && value < 0xfffe)) return '';
  return String.fromCharCode(value >= 0xf020 && value <= 0xf07e ? value - 0xf000 : value);
}

/** Word puts every formula that is alone in its paragraph into an `oMathPara`; that it is centred somebody wanted. */
function isDisplay(paragraph: XmlElement): boolean {
  return childOf(childOf(paragraph, 'oMathParaPr'), 'jc')?.attributes['val'] === 'center';
}

function formula(element: XmlElement, look: Look, { warnings, paragraph }: Place, isApart = false): Span {
  const { tex, unknown } = readFormula(element);
  for (const name of unknown) warnings.push({ line: paragraph, code: 'formula-part-unknown', params: { name } });
  const html = isApart ? `\\[${escapeHtml(tex)}\\]` : `\\(${escapeHtml(tex)}\\)`;
  return { text: '\uFFFC', look, html };
}

async function pictures(element: XmlElement, look: Look, place: Place): Promise<Span[]> {
  const alt = descendantsOf(element, 'docPr')[0]?.attributes['descr'] ?? '';
  const ids = [
    ...descendantsOf(element, 'blip').map(({ attributes }) => attributes['embed']),
    ...descendantsOf(element, 'imagedata').map(({ attributes }) => attributes['id']),
  ];
  const spans: Span[] = [];
  for (const id of new Set(ids)) {
    const span = await picture(id ?? '', alt, look, place);
    if (span) spans.push(span);
  }
  for (const box of descendantsOf(element, 'txbxContent')) {
    for (const inner of elementsOf(box, 'p')) spans.push(...(await spansIn(inner, place)));
  }
  return spans;
}

async function picture(id: string, alt: string, look: Look, place: Place): Promise<Span | null> {
  try {
    const asset = await place.picture(id);
    place.assets.set(asset.sha256, asset);
    return { text: '\uFFFC', look, html: `<img src="asset:${asset.sha256}" alt="${escapeHtml(alt)}">` };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    place.problems.push({ ...error.problem, line: place.paragraph });
    return null;
  }
}
