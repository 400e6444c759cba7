// An author's text as lines and tables of a Word document, as reading would find them there.
import type { Content } from '../../content.ts';
import { plainText } from '../../content.ts';
import { escapeHtml, unescapeHtml } from '../../markup/escape-html.ts';
import { setMathsAside } from '../../markup/maths.ts';
import type { Formula } from '../../markup/maths.ts';
import { sanitise } from '../../markup/sanitise.ts';
import { hasEntities, toHtml } from '../../markup/to-html.ts';
import { elementsOf, readXml } from '../archive/read-xml.ts';
import type { XmlElement, XmlNode } from '../archive/read-xml.ts';
import { looksAlike, withoutPictures } from '../content-losses.ts';
import type { LossCode } from '../format.ts';
import { setPicturesAside } from '../pictures-aside.ts';
import type { NamedPicture } from '../pictures-aside.ts';
import { lineOf } from './guard.ts';
import type { Block, Line } from './paragraph.ts';
import { charactersOf, plainLook, trimSpans } from './span.ts';
import type { Look, Span } from './span.ts';
import { apart, isApart, wordFormulaOf } from './write-formula.ts';
import type { WordFormula } from './write-formula.ts';

/** The XML of a run that shows a picture; null if there is no such picture. */
export type Draw = (picture: NamedPicture) => string | null;

export type ContentBlocks = {
  blocks: Block[];
  /** What is lost already. */
  losses: LossCode[];
  /** Whether HTML that was read back looks as the author's text does. */
  isKept: (html: string) => boolean;
};

/** The blocks of a content: at least one, with something to see in it. */
export function blocksOf(content: Content, draw: Draw): ContentBlocks {
  const { text, pictures } = setPicturesAside(withoutUnwritable(content.source));
  const drawn = pictures.map((picture) => ({ picture, xml: draw(picture) }));
  const losses: LossCode[] = drawn.some(({ xml }) => xml === null) ? ['picture'] : [];
  const { text: bare, formulas } = setMathsAside(text, { hasCode: content.format === 'markdown' });
  const pen = new Pen(drawn, formulas.map(readable(content.format)));
  pen.writeAll(nodesOf({ ...content, source: bare }), plainLook);
  const isBlank =
    pen.blocks.every(({ kind }) => kind === 'line') && !/\S/.test(charactersOf(pen.blocks.flatMap(spansIn)));
  const original = withSameTags({ ...content, source: text });
  return {
    blocks: isBlank
      ? [lineOf(1, [{ text: plainText(withoutPictures(content).said) || '…', look: plainLook }])]
      : pen.blocks,
    losses,
    isKept: (html) => looksAlike({ format: 'html', source: setPicturesAside(html).text }, original),
  };
}

const spansIn = (block: Block): Span[] => (block.kind === 'line' ? block.spans : []);

/** Without what shows nowhere: what XML does not allow, what the document uses as a sign, and what stands for an object. */
function withoutUnwritable(source: string): string {
  return (
    source
      // eslint-disable-next-line no-control-regex -- these are what is to go
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u2060\uFFFC\uFFFE\uFFFF]/g, '')
      .replace(/\p{Surrogate}/gu, '\uFFFD')
  );
}

/** Two names of one thing, and the part of a table that browsers add by themselves. */
function withSameTags(content: Content): Content {
  if (!hasEntities(content.format)) return content;
  const source = content.source
    .replace(/<(\/?)b>/gi, '<$1strong>')
    .replace(/<(\/?)i>/gi, '<$1em>')
    .replace(/<\/?tbody>/gi, '');
  return { ...content, source };
}

function readable(format: Content['format']): (formula: Formula) => Formula {
  return (formula) =>
    hasEntities(format)
      ? { ...formula, source: unescapeHtml(formula.source), tex: unescapeHtml(formula.tex) }
      : formula;
}

function nodesOf(content: Content): XmlNode[] {
  const html = sanitise(
    toHtml(content),
    (escaped) => escaped,
    (value) => value,
  );
  try {
    return readXml(new TextEncoder().encode(`<div>${html}</div>`), '').children;
  } catch {
    // Not well-formed, as a player is: the words remain.
    return [plainText(content)];
  }
}

const blockTags = ['p', 'div', 'h3', 'h4', 'h5', 'h6', 'li', 'ul', 'ol', 'pre', 'blockquote', 'hr', 'table'];
const looks: Readonly<Record<string, Partial<Look>>> = {
  strong: { bold: true },
  b: { bold: true },
  th: { bold: true },
  em: { italic: true },
  i: { italic: true },
  u: { underline: true },
  sub: { raised: 'sub' },
  sup: { raised: 'sup' },
};
const standIns = /\uE0F0(\d+)\uE0F1|\uFDD0(\d+)\uFDD1|\n/g;

/** Writes nodes down, line after line. */
class Pen {
  readonly blocks: Block[] = [];
  private readonly drawn: readonly { picture: NamedPicture; xml: string | null }[];
  private readonly formulas: readonly Formula[];
  private spans: Span[] = [];
  private paragraph = 1;
  private hasLines = false;

  constructor(drawn: Pen['drawn'], formulas: readonly Formula[]) {
    this.drawn = drawn;
    this.formulas = formulas;
  }

  writeAll(nodes: readonly XmlNode[], look: Look): void {
    for (const node of nodes) this.write(node, look, false);
    this.endParagraph();
  }

  private write(node: XmlNode, look: Look, isCode: boolean): void {
    if (typeof node === 'string') this.text(isCode ? node : node.replace(/[\t\n\r ]+/g, ' '), look, isCode);
    else if (node.name === 'br') this.endLine();
    else if (node.name === 'table') this.table(node, look);
    else {
      const isBlock = blockTags.includes(node.name);
      if (isBlock) this.endParagraph();
      if (node.name === 'li') this.spans.push({ text: '• ', look });
      const own = { ...look, ...looks[node.name] };
      for (const child of node.children) this.write(child, own, isCode || ['code', 'pre'].includes(node.name));
      if (isBlock) this.endParagraph();
    }
  }

  private text(text: string, look: Look, isCode: boolean): void {
    let done = 0;
    const put = (words: string) => words !== '' && this.spans.push({ text: words, look });
    for (const match of text.matchAll(standIns)) {
      put(text.slice(done, match.index));
      done = match.index + match[0].length;
      const [, picture, formula] = match;
      if (picture !== undefined) this.picture(Number(picture), look);
      else if (formula === undefined) this.endLine();
      else this.formula(Number(formula), look, isCode);
    }
    put(text.slice(done));
  }

  private picture(place: number, look: Look): void {
    const { picture, xml } = this.drawn[place] ?? {};
    if (!picture) return;
    const html = `<img src="asset:${picture.sha256}" alt="${escapeHtml(picture.alt)}">`;
    this.spans.push(typeof xml === 'string' ? { text: '\uFFFC', look, html, xml } : { text: picture.alt, look });
  }

  private formula(place: number, look: Look, isCode: boolean): void {
    const formula = this.formulas[place];
    if (!formula) return;
    const inWord = isCode ? null : wordFormulaOf(formula);
    this.spans.push(
      inWord ? formulaSpan(inWord, formula.isDisplay, look) : { text: formula.source.replace(/\s+/g, ' '), look },
    );
  }

  private table(table: XmlElement, look: Look): void {
    this.endParagraph();
    const cell = (element: XmlElement): Line[] => {
      const pen = new Pen(this.drawn, this.formulas);
      pen.writeAll(element.children, { ...look, ...looks[element.name] });
      return pen.blocks.flatMap((block) => (block.kind === 'line' ? [block] : block.rows.flat(2)));
    };
    const rows = rowsOf(table).map((row) => elementsOf(row).map(cell));
    const filled = rows.filter((row) => row.length > 0);
    if (filled.length > 0) this.blocks.push({ kind: 'table', paragraph: this.paragraph, rows: filled });
    this.paragraph += 1;
  }

  private endLine(): void {
    this.blocks.push(lineOf(this.paragraph, withFormulasApart(trimSpans(this.spans))));
    this.hasLines = true;
    this.spans = [];
  }

  private endParagraph(): void {
    if (this.hasLines || charactersOf(this.spans).trim() !== '') this.endLine();
    this.spans = [];
    this.hasLines = false;
    this.paragraph += 1;
  }
}

function rowsOf(table: XmlElement): XmlElement[] {
  return elementsOf(table).flatMap((element) => (element.name === 'tr' ? [element] : rowsOf(element)));
}

function formulaSpan({ omml, tex }: WordFormula, isDisplay: boolean, look: Look): Span {
  const math = `<m:oMath>${omml}</m:oMath>`;
  const centred = `${apart}<m:oMathParaPr><m:jc m:val="center"/></m:oMathParaPr>${math}</m:oMathPara>`;
  return isDisplay
    ? { text: '\uFFFC', look, html: `\\[${escapeHtml(tex)}\\]`, xml: centred }
    : { text: '\uFFFC', look, html: `\\(${escapeHtml(tex)}\\)`, xml: math };
}

/** Word has a formula stand apart only if nothing else is on its line; elsewhere it stays TeX. */
function withFormulasApart(spans: readonly Span[]): Span[] {
  return spans.length === 1 ? [...spans] : withoutFormulasApart(spans);
}

/** Spans in which formulas that would stand apart are TeX. */
export function withoutFormulasApart(spans: readonly Span[]): Span[] {
  return spans.map((span) => (isApart(span) ? { text: unescapeHtml(span.html ?? ''), look: span.look } : span));
}
