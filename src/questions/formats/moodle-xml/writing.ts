// Writes the pieces of which Moodle's questions are made, line by line as Moodle's own export has them.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import { withoutPictures } from '../content-losses.ts';
import type { Asset, LossCode } from '../format.ts';
import { extensionOf } from '../media-type.ts';
import { isWritable, writtenPercent } from '../percent.ts';
import { xmlText } from '../xml/write-xml.ts';

/** A question being written: its pictures, and what was lost on the way. */
export type Writing = { assets: ReadonlyMap<string, Asset>; losses: LossCode[] };

const formats: Readonly<Record<Content['format'], string>> = {
  html: 'html',
  auto: 'moodle_auto_format',
  plain: 'plain_text',
  markdown: 'markdown',
};

const reference = /asset:([0-9a-f]{64})/g;

/** Moodle's name of a content's format. */
export function formatName(format: Content['format']): string {
  return formats[format];
}

/** `<name>value</name>`, four spaces in. */
export function valueLine(name: string, value: string): string {
  return `    <${name}>${xmlText(value)}</${name}>`;
}

/** `<name format="…">` with a text and its pictures, `indent` spaces in. */
export function contentLines(name: string, content: Content, writing: Writing, indent = 4): string[] {
  const space = ' '.repeat(indent);
  return [
    `${space}<${name} format="${formats[content.format]}">`,
    ...textLines(content, writing, indent + 2),
    `${space}</${name}>`,
  ];
}

/** A text that may be missing, in which case it takes its format from another. */
export function feedbackLines(
  name: string,
  feedback: Content | null,
  inherited: Content['format'],
  writing: Writing,
  indent = 4,
): string[] {
  return contentLines(name, feedback ?? { format: inherited, source: '' }, writing, indent);
}

/** `<text>` and the files that it shows. A picture that is not at hand is lost. */
export function textLines(content: Content, writing: Writing, indent: number): string[] {
  const space = ' '.repeat(indent);
  const keys = [...new Set([...content.source.matchAll(reference)].map(([, key = '']) => key))];
  const found = keys.flatMap((key) => writing.assets.get(key) ?? []);
  const shown = found.length < keys.length ? withoutPictures(content) : { said: content, losses: [] };
  writing.losses.push(...shown.losses);
  const source = shown.said.source.replace(reference, (whole, key: string) => {
    const asset = writing.assets.get(key);
    return asset ? `@@PLUGINFILE@@/${fileName(asset)}` : whole;
  });
  const files = shown.losses.length > 0 ? [] : found;
  return [`${space}<text>${xmlText(source)}</text>`, ...files.map((asset) => space + fileElement(asset))];
}

/** An answer with its share and what is said to it; `after` stands in it last. */
export function answerLines(
  { text, weight, feedback }: { text: Content; weight: string; feedback: Content | null },
  writing: Writing,
  after: readonly string[] = [],
): string[] {
  const share = new Fraction(weight);
  if (!isWritable(share)) writing.losses.push('weights');
  return [
    `    <answer fraction="${writtenPercent(share)}" format="${formats[text.format]}">`,
    ...textLines(text, writing, 6),
    ...feedbackLines('feedback', feedback, text.format, writing, 6),
    ...after,
    '    </answer>',
  ];
}

/** What is said to all right, partly right and wrong answers alike: nothing. */
export function combinedFeedbackLines(format: Content['format'], writing: Writing): string[] {
  return ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback'].flatMap((name) =>
    feedbackLines(name, null, format, writing),
  );
}

/** A number with at most seven decimals, as Moodle keeps grades. */
export function gradeText(points: string): string {
  return String(Number(new Fraction(points).valueOf().toFixed(7)));
}

function fileName({ sha256, mediaType }: Asset): string {
  return sha256.slice(0, 16) + extensionOf(mediaType);
}

function fileElement(asset: Asset): string {
  const base64 = Buffer.from(asset.bytes).toString('base64');
  return `<file name="${fileName(asset)}" path="/" encoding="base64">${base64}</file>`;
}
