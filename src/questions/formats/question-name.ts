// A name for a question whose author gave none.
import { plainText } from '../content.ts';
import type { Content } from '../content.ts';

const longest = 80;

/** The first words of the text, at most 80 characters of it; an ellipsis for a text without words. */
export function nameFrom(text: Content): string {
  const words = plainText(text);
  if (words.length <= longest) return words === '' ? '…' : words;
  const start = words.slice(0, longest);
  const lastSpace = start.lastIndexOf(' ');
  return `${start.slice(0, lastSpace > longest / 2 ? lastSpace : longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
