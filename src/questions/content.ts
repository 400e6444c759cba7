// A piece of text that an author wrote: the stored form, and its two ways out. `renderContent` is the one function that
// makes markup from it; what it returns is the only thing a view may print unescaped.
import { z } from 'zod';
import { escapeHtml } from './markup/escape-html.ts';
import { fillGaps } from './markup/gaps.ts';
import { renderMarkup } from './markup/render-markup.ts';
import { stripMarkup } from './markup/strip-markup.ts';

/**
 * How a source is read. `html`: as HTML. `plain`: every character stands for itself, a new line is a new line.
 * `auto`: text that may hold HTML tags, where a new line is a new line (GIFT's own default, "moodle_auto_format").
 * `markdown`: as CommonMark with tables, where HTML is text.
 * TeX in `\( \)`, `\[ \]` and `$$ $$` is mathematics in all four. A picture, sound or film of ours is named by the address
 * `asset:` and its SHA-256.
 */
export const contentSchema = z.strictObject({
  format: z.enum(['html', 'auto', 'plain', 'markdown']),
  source: z.string().max(500_000),
});

/** Every way in which a source can be read. */
export const contentFormats = contentSchema.shape.format.options;

export type Content = z.infer<typeof contentSchema>;

/**
 * Safe HTML for a content: no script, style, class or event handler survives, nothing is fetched from other sites (what stands
 * there is linked to), TeX has become MathML.
 *
 * @param layout `inline` leaves out the one `<p>` around everything, for use inside a label; `words` leaves out all markup, for use in
 *   an attribute, and has a formula's TeX without its delimiters
 * @param fill what stands in place of `[[1]]`, `[[2]]` …: markup that a view made, which is trusted. Without it they stay
 */
export function renderContent(
  content: Content,
  layout: 'block' | 'inline' | 'words' = 'block',
  fill?: (gap: number) => string,
): string {
  if (layout === 'words') return escapeHtml(onOneLine(stripMarkup(content, ({ tex }) => tex)));
  const markup = renderMarkup(content);
  const laidOut = layout === 'inline' ? unwrapped(markup) : markup;
  return fill ? fillGaps(laidOut, fill) : laidOut;
}

/** The words of a content on one line, without tags, for lists and names; TeX stays as it was written. */
export function plainText(content: Content): string {
  return onOneLine(stripMarkup(content));
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function unwrapped(markup: string): string {
  const inner = /^\s*<p>([^]*)<\/p>\s*$/.exec(markup)?.[1];
  return inner === undefined || inner.includes('<p>') ? markup : inner;
}
