// The two ways of writing QTI: version 2.1 in camel case, version 3.0 with hyphens and `qti-` before each element. Everything else in
// here speaks 2.1; this file translates.
import { escapeXml } from '../archive/xml-text.ts';
import type { XmlElement } from '../archive/read-xml.ts';

export type Version = '2.1' | '3.0';

export type Attributes = Readonly<Record<string, string | number | null>>;

/** Writes an element of QTI; attributes that are null are left out. */
export type Write = (name: string, attributes: Attributes, ...children: readonly string[]) => string;

const hyphenated = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const joined = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The writer of a version. */
export function writerFor(version: Version): Write {
  return (name, attributes, ...children) => {
    const tag = version === '3.0' ? `qti-${hyphenated(name)}` : name;
    const written = Object.entries(attributes).flatMap(([key, value]) => {
      if (value === null) return [];
      const attribute = version === '3.0' && !/^(?:xml|xsi)/.test(key) ? hyphenated(key) : key;
      return [` ${attribute}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`];
    });
    return children.length === 0
      ? `<${tag}${written.join('')}/>`
      : `<${tag}${written.join('')}>${children.join('')}</${tag}>`;
  };
}

/** The same tree with the names of 2.1, whichever version it is written in. */
export function inOldNames({ name, attributes, children }: XmlElement): XmlElement {
  const isNew = name.startsWith('qti-');
  return {
    name: isNew ? joined(name.slice('qti-'.length)) : name,
    attributes: isNew
      ? Object.fromEntries(Object.entries(attributes).map(([key, value]) => [joined(key), value]))
      : attributes,
    children: children.map((child) => (typeof child === 'string' ? child : inOldNames(child))),
  };
}

/** What the root of an item says about the version. */
export const itemNamespaces: Readonly<Record<Version, string>> = {
  '2.1': 'http://www.imsglobal.org/xsd/imsqti_v2p1',
  '3.0': 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
};
