// Which words a language has: those of all its messages. A word on a page that is none of them is of another language, the key of a
// message, or somebody's own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCyrillic } from '../../src/i18n/uzbek-cyrillic.ts';

const folder = join(import.meta.dirname, '../../src/i18n');
/** Addresses, numbers of requests and ends of files' names are in no language. */
const ofNone = /https?:\/\/\S*|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\.\w{3,4}\b/g;

/** All words of a text, in small letters; single letters name choices and columns, in no language. */
export function wordsIn(text: string): string[] {
  const words = text.replace(ofNone, ' ').match(/[\p{L}\p{M}ʻʼ’']{2,}/gu) ?? [];
  return words.map((word) => word.toLocaleLowerCase());
}

/** Every word that stands in a message of a language. */
export function vocabularyOf(code: string): Set<string> {
  const file = join(folder, `${code.replace('-Cyrl', '')}.json`);
  const texts = stringsIn(JSON.parse(readFileSync(file, 'utf8')));
  const spelled = code.endsWith('-Cyrl') ? texts.map(inCyrillic) : texts;
  return new Set(spelled.flatMap((text) => wordsIn(text.replace(/\{\{\w+\}\}/g, ' '))));
}

/** All texts in a value, however deep. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
