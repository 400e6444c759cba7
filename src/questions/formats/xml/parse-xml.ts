// XML as a tree, read strictly and within bounds. No document type, hence no entity that expands or points outside; what is whole
// before a fault is kept. The parser is the one of jsdom, which checks well-formedness and knows on which line it is.
import { SaxesParser } from 'saxes';
import type { Problem } from '../format.ts';

export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Only those that are closed. */
  children: XmlElement[];
  /** The text directly in it, from all its pieces. */
  text: string;
  /** On which it begins, from 1. */
  line: number;
};

/** The first element, null if there is none, and what ended the reading before the end. */
export type XmlRead = { root: XmlElement | null; problem: Problem | null };

const maximumDepth = 60;

/** Ends the reading. */
class Stop extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Reads a document with `\n` line ends. Never throws; takes time and memory in proportion to the length. */
export function parseXml(text: string): XmlRead {
  const start = text.length - text.trimStart().length;
  const lineOffset = lineOf(text, start) - 1;
  const tree = new Tree(lineOffset);
  const parser = tree.parser;
  parser.on('doctype', () => {
    throw new Stop({ line: lineOf(text, text.indexOf('<!DOCTYPE')), code: 'xml-doctype', params: {} });
  });
  try {
    parser.write(text.slice(start)).close();
    return { root: tree.root, problem: null };
  } catch (error) {
    if (error instanceof Stop) return { root: tree.root, problem: error.problem };
    throw error;
  }
}

class Tree {
  root: XmlElement | null = null;
  readonly parser = new SaxesParser();
  private readonly open: { element: XmlElement; text: string[] }[] = [];
  private readonly lineOffset: number;
  private line = 1;

  constructor(lineOffset: number) {
    this.lineOffset = lineOffset;
    this.parser.on('opentagstart', () => (this.line = this.parser.line + lineOffset));
    this.parser.on('opentag', ({ name, attributes }) => this.begin(name, attributes));
    this.parser.on('text', (text) => this.open.at(-1)?.text.push(text));
    this.parser.on('cdata', (text) => this.open.at(-1)?.text.push(text));
    this.parser.on('closetag', () => this.end());
    this.parser.on('error', () => this.stop('xml-broken'));
  }

  private begin(name: string, attributes: Record<string, string>): void {
    if (this.open.length >= maximumDepth) this.stop('xml-too-deep', { maximum: maximumDepth });
    const element = { name, attributes, children: [], text: '', line: this.line };
    this.root ??= element;
    this.open.push({ element, text: [] });
  }

  private end(): void {
    const closed = this.open.pop();
    if (!closed) return;
    // A reference such as &#xFDD0; makes characters that no text uses.
    closed.element.text = closed.text.join('').replace(/[\uFDD0-\uFDEF\uFFFE\uFFFF]/g, '');
    this.open.at(-1)?.element.children.push(closed.element);
  }

  private stop(code: Problem['code'], params: Problem['params'] = {}): never {
    throw new Stop({ line: this.parser.line + this.lineOffset, code, params });
  }
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
