// What is written in a question, wherever its type keeps it.
import { contentSchema } from './content.ts';
import type { Content } from './content.ts';
import type { Question } from './question.ts';

/** Every content of a question: its text first, then the others in the order in which they are stored. */
export function contentsOf({ text, generalFeedback, hints, details }: Question): Content[] {
  return [text, ...found(details), ...(generalFeedback ? [generalFeedback] : []), ...found(hints)];
}

/** The keys of the assets that a question refers to, in its texts and in its details, each once. */
export function assetKeysOf(question: Question): string[] {
  const named = contentsOf(question).flatMap(({ source }) => [...source.matchAll(/asset:([0-9a-f]{64})(?![0-9a-f])/g)]);
  const keys = named.map(([, sha256]) => sha256).filter((sha256) => sha256 !== undefined);
  return [...new Set([...keys, ...pictureKeys(question.details)])];
}

function found(value: unknown): Content[] {
  if (typeof value !== 'object' || value === null) return [];
  const content = contentSchema.safeParse(value);
  return content.success ? [content.data] : Object.values(value).flatMap(found);
}

/** `asset` is the name under which a type's details hold a key. */
function pictureKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === 'asset' && typeof inner === 'string' ? [inner] : pictureKeys(inner),
  );
}
