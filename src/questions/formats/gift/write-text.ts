// Texts as GIFT has them: eight characters escaped, all on one line, the format named where it is another than is taken for granted.
import type { Content } from '../../content.ts';
import { escapeHtml } from '../../markup/escape-html.ts';
import { looksAlike, withoutPictures } from '../content-losses.ts';
import type { Said } from '../content-losses.ts';
import type { LossCode } from '../format.ts';

const names: Readonly<Record<Content['format'], string>> = {
  html: '[html]',
  auto: '[moodle]',
  plain: '[plain]',
  markdown: '[markdown]',
};

/** The text with what GIFT gives a meaning to made plain. */
export function escapeGift(text: string): string {
  return text
    .trim()
    .replace(/[\\:#={}~]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n');
}

/** Whether a text would be taken for one that names its format. */
export function namesFormat(text: string): boolean {
  return /^\s*\[(?:html|moodle|plain|markdown)\]/.test(text);
}

/** A content; `inherited` is the format it would be read in if it named none. */
export function writeContent(content: Content, inherited: Content['format']): Said<string> {
  const { said, losses } = withoutPictures(content);
  const isNamed = said.format !== inherited || namesFormat(said.source);
  return { said: (isNamed ? names[said.format] : '') + escapeGift(said.source), losses };
}

/** A content in which there is no `->`, which between braces makes pairs of things; null if it cannot do without. */
export function withoutArrow(content: Content): Content | null {
  if (!content.source.includes('->')) return content;
  const html: Content =
    content.format === 'plain' ? { format: 'auto', source: escapeHtml(content.source) } : { ...content };
  const without = { ...html, source: html.source.replaceAll('->', '-&gt;') };
  return looksAlike(without, content) ? without : null;
}

/** `#` and what is said to an answer; `''` if nothing is. */
export function writeFeedback(content: Content | null, inherited: Content['format'], sign = '#'): Said<string> {
  const { said, losses } = content ? writeContent(content, inherited) : { said: '', losses: [] as LossCode[] };
  return content === null || content.source.trim() === '' ? { said: '', losses: [] } : { said: sign + said, losses };
}
