// What of a content a format cannot hold: its pictures, or its markup.
import { plainText, renderContent } from '../content.ts';
import type { Content } from '../content.ts';
import { escapeHtml } from '../markup/escape-html.ts';
import { putMathsBack, setMathsAside } from '../markup/maths.ts';
import { toHtml } from '../markup/to-html.ts';
import type { LossCode } from './format.ts';

/** A content in a format's own words, and what it lost on the way. */
export type Said<Text> = { said: Text; losses: LossCode[] };

const picture = /<img\b[^>]{0,2000}\bsrc\s*=\s*["']?asset:[0-9a-f]{64}[^>]{0,2000}>/gi;
const markdownPicture = /!\[([^\]\n]{0,1000})\]\(asset:[0-9a-f]{64}[^)\n]{0,500}\)/g;
const alternative = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** The content with the words that describe a picture in the place of each that is not at an address of its own. */
export function withoutPictures(content: Content): Said<Content> {
  const source = content.source
    .replace(picture, (tag) => {
      const [, double, single] = alternative.exec(tag) ?? [];
      return double ?? single ?? '';
    })
    .replace(markdownPicture, '$1');
  return source === content.source
    ? { said: content, losses: [] }
    : { said: { ...content, source }, losses: ['picture'] };
}

/** The content as words on one line. Markup is lost where the line, shown as it is, does not look the same. */
export function onOneLine(content: Content): Said<string> {
  const { said: bare, losses } = withoutPictures(content);
  const line = plainText(bare);
  return { said: line, losses: looksAlike(bare, { format: 'plain', source: line }) ? losses : [...losses, 'markup'] };
}

/** Whether two contents are shown the same. */
export function looksAlike(one: Content, other: Content): boolean {
  const sameText = one.source === other.source;
  if (sameText && (one.format === other.format || (isBare(one) && isBare(other)))) return true;
  return shown(one) === shown(other);
}

/** Words between which only spaces stand are the same in every format but Markdown. */
function isBare({ format, source }: Content): boolean {
  return format !== 'markdown' && !/[<&\n\\$]/.test(source);
}

function shown(content: Content): string {
  return renderContent(content, 'inline').replace(/\s+/g, ' ').trim();
}

/** The content in HTML, with its formulas as they were written. Markup is lost where that does not look the same. */
export function asHtml(content: Content): Said<string> {
  if (content.format === 'html') return { said: content.source, losses: [] };
  const { text, formulas } = setMathsAside(content.source);
  const html = toHtml({ ...content, source: text });
  const isPlain = content.format === 'plain';
  const said = putMathsBack(html, formulas, ({ source }) => (isPlain ? escapeHtml(source) : source));
  return { said, losses: looksAlike({ format: 'html', source: said }, content) ? [] : ['markup'] };
}
