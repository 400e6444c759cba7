// Reads the pieces of which Moodle's questions are made: texts with their files, shares, numbers.
import { createHash } from 'node:crypto';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { Asset, Problem } from '../format.ts';
import { pictureType } from '../media-type.ts';
import { shareOfPercent } from '../percent.ts';
import type { XmlElement } from '../xml/parse-xml.ts';

/** A question being read, and what comes to light on the way. */
export type Reading = { name: string; line: number; warnings: Problem[]; assets: Map<string, Asset> };

/** What a question asks: its type and what that type needs to know; or what is wrong with it. */
export type MoodleAnswers =
  | { ok: true; answers: { [Type in Question as Type['type']]: Pick<Type, 'type' | 'details'> }[Question['type']] }
  | { ok: false; problem: Problem };

/** An answer with its share. */
export type MoodleAnswer = { element: XmlElement; text: string; weight: string; feedback: Content | null };

const formats: Readonly<Record<string, Content['format']>> = {
  html: 'html',
  moodle_auto_format: 'auto',
  plain_text: 'plain',
  markdown: 'markdown',
};

const largestPicture = 10_000_000;
const fileReference = /@@PLUGINFILE@@\/([^"'\s()<>?]*)(?:\?[^"'\s()<>]*)?/g;

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** What stands in an element, or in the `<text>` inside it. */
export function textOf(element: XmlElement | undefined): string {
  return (childOf(element, 'text') ?? element)?.text.trim() ?? '';
}

/** A refusal of the question as a whole. */
export function refused(
  { line }: { line: number },
  code: Problem['code'],
  params: Problem['params'] = {},
): { ok: false; problem: Problem } {
  return { ok: false, problem: { line, code, params } };
}

/** Says that parts of a question have no place here. */
export function leftOut(reading: Reading, parts: readonly XmlElement[]): void {
  const [first] = parts.filter((part) => textOf(part) !== '');
  const what = [...new Set(parts.filter((part) => textOf(part) !== '').map(({ name }) => `<${name}>`))].join(', ');
  if (first) reading.warnings.push({ line: first.line, code: 'left-out', params: { name: reading.name, what } });
}

/** A text in the format it names, else in `inherited`. Its files become assets. */
export function contentOf(element: XmlElement | undefined, reading: Reading, inherited: Content['format']): Content {
  const format = formats[element?.attributes['format'] ?? ''] ?? inherited;
  const files = new Map(childrenOfAny(element, 'file').map((file) => [pathOf(file), file]));
  const source = textOf(element).replace(fileReference, (reference, encoded: string) => {
    const path = decoded(encoded);
    const file = files.get(path);
    const sha256 = file ? assetOf(file, reading) : null;
    const params = { name: reading.name, file: path.slice(0, 100) };
    if (!file) reading.warnings.push({ line: element?.line ?? reading.line, code: 'picture-missing', params });
    return sha256 === null ? reference : `asset:${sha256}`;
  });
  return { format, source };
}

/** The same, but null if there is nothing in it. */
export function feedbackOf(
  element: XmlElement | undefined,
  reading: Reading,
  inherited: Content['format'],
): Content | null {
  const content = contentOf(element, reading, inherited);
  return content.source === '' ? null : content;
}

/** The answers of a question; refuses a share beyond 100 % either way, and one that is no number. */
export function answersOf(
  question: XmlElement,
  reading: Reading,
  inherited: Content['format'],
): { ok: true; answers: MoodleAnswer[] } | { ok: false; problem: Problem } {
  const answers: MoodleAnswer[] = [];
  for (const element of childrenOf(question, 'answer')) {
    const written = element.attributes['fraction'] ?? '0';
    const share = /^-?\d{1,9}(?:\.\d{1,12})?$/.test(written) ? shareOfPercent(written) : null;
    if (!share || share.abs().gt(1)) return refused(element, 'weight-out-of-range', { weight: written.slice(0, 20) });
    const feedback = feedbackOf(childOf(element, 'feedback'), reading, formatOf(element) ?? inherited);
    answers.push({ element, text: textOf(element), weight: share.toFraction(), feedback });
  }
  return { ok: true, answers };
}

/** The format that an element names. */
export function formatOf(element: XmlElement): Content['format'] | null {
  return formats[element.attributes['format'] ?? ''] ?? null;
}

function childrenOfAny(element: XmlElement | undefined, name: string): XmlElement[] {
  return element ? childrenOf(element, name) : [];
}

function pathOf({ attributes }: XmlElement): string {
  return `${attributes['path'] ?? '/'}${attributes['name'] ?? ''}`.replace(/^\/+/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The key of a file's picture; null, with a warning, if it is none. */
function assetOf(file: XmlElement, reading: Reading): string | null {
  const params = { name: reading.name, file: pathOf(file).slice(0, 100) };
  const refuse = (code: Problem['code'], more: Problem['params'] = {}) => {
    reading.warnings.push({ line: file.line, code, params: { ...params, ...more } });
    return null;
  };
  if (file.text.length > (largestPicture / 3) * 4 + 1000) {
    return refuse('picture-too-large', { megabytes: largestPicture / 1_000_000 });
  }
  const bytes = new Uint8Array(Buffer.from(file.text, 'base64'));
  const mediaType = file.attributes['encoding'] === 'base64' ? pictureType(bytes) : null;
  if (mediaType === null) return refuse('picture-broken');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!reading.assets.has(sha256)) reading.assets.set(sha256, { sha256, mediaType, bytes });
  return sha256;
}
