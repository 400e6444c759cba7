// The words of an author's text without any markup.
import sanitizeHtml from 'sanitize-html';
import type { Content } from '../content.ts';
import { escapeHtml, unescapeHtml } from './escape-html.ts';
import { putMathsBack, setMathsAside, type Formula } from './maths.ts';
import { hasEntities, toHtml } from './to-html.ts';

const blockTag = /<(?:br|\/?(?:p|div|li|tr|td|th|h\d|pre|blockquote|table|ul|ol))\b/gi;

/**
 * Text with a space wherever a block or a line ended; TeX as it was written. To be read as text, never as HTML.
 *
 * @param write what of a formula is wanted
 */
export function stripMarkup(
  { format, source }: Content,
  write: (formula: Formula) => string = (formula) => formula.source,
): string {
  const { text, formulas } = setMathsAside(source, { hasCode: format === 'markdown' });
  const html = toHtml({ format, source: text }).replace(blockTag, ' $&');
  const words = sanitizeHtml(html, {
    allowedTags: [],
    allowedAttributes: {},
    textFilter: (escaped) =>
      putMathsBack(escaped, formulas, (formula) =>
        escapeHtml(hasEntities(format) ? unescapeHtml(write(formula)) : write(formula)),
      ),
  });
  return unescapeHtml(words);
}
