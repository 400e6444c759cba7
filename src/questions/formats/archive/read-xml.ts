// XML that somebody sent, as a tree. A document type is refused whole, so no entity can expand, point outside or slow us down.
import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { decodeText } from '../../decode-text.ts';
import { ArchiveError } from './read-zip.ts';

/** An element. Names are without their prefixes, for files choose those freely. */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
};

export type XmlNode = XmlElement | string;

const deepest = 256;

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * The root of an XML file.
 *
 * @param name the file's name, for the message if it cannot be read
 * @throws ArchiveError if it is not well-formed, is nested deeper than 256 elements, or has a document type
 */
export function readXml(bytes: Uint8Array, name: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [top];
  const parser = new SaxesParser<{ position: true; xmlns: false }>({ position: true, xmlns: false });
  const refuse = (code: 'archive-xml-entities' | 'archive-xml-broken') => {
    throw new ArchiveError(code, { name, row: parser.line });
  };
  parser.on('doctype', () => refuse('archive-xml-entities'));
  parser.on('error', () => refuse('archive-xml-broken'));
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const element = { name: local(tag.name), attributes: attributesOf(tag.attributes), children: [] };
    if (open.length > deepest) refuse('archive-xml-broken');
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const keep = (text: string) => open.at(-1)?.children.push(text);
  parser.on('text', keep);
  parser.on('cdata', keep);
  parser.write(decodeText(bytes).text).close();
  const root = elementsOf(top)[0];
  if (!root) throw new ArchiveError('archive-xml-broken', { name, row: 1 });
  return root;
}

function attributesOf(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]));
}

/** The children that are elements, or those of one name. */
export function elementsOf(parent: XmlElement | undefined, name?: string): XmlElement[] {
  return (parent?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** The first child element of that name. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return elementsOf(parent, name)[0];
}

/** Every element of that name below, in document order. */
export function descendantsOf(parent: XmlElement | undefined, name: string): XmlElement[] {
  return elementsOf(parent).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendantsOf(child, name),
  ]);
}

/** All text below, as it stands. */
export function textOf(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}
