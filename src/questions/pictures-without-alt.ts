// Which pictures say nothing to who cannot see them: for a warning to the author, who alone knows what they are there for.
import { contentsOf } from './contents-of.ts';
import { renderContent } from './content.ts';
import { unescapeHtml } from './markup/escape-html.ts';
import type { Question } from './question.ts';

const picture = /<img src="([^"]*)" alt="\s*"/g;

/**
 * The addresses of a question's pictures that have no description, as its page shows them (`/assets/…`, `data:…`), each once, in
 * the order in which they stand in it. A picture that only decorates is among them: it cannot be told from a forgotten one.
 */
export function picturesWithoutAlt(question: Question): string[] {
  const inTexts = contentsOf(question).flatMap((content) => [...renderContent(content).matchAll(picture)]);
  const addresses = inTexts.map(([, address = '']) => unescapeHtml(address));
  return [...new Set([...addresses, ...inDetails(question.details)])];
}

/** A type that keeps a picture in its details keeps `alt` beside `asset`. */
function inDetails(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('asset' in value && 'alt' in value && typeof value.asset === 'string') {
    // None is named yet.
    if (value.asset === '') return [];
    return typeof value.alt === 'string' && value.alt.trim() === '' ? [`/assets/${value.asset}`] : [];
  }
  return Object.values(value).flatMap(inDetails);
}
