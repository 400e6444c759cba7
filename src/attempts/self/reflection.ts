// What a learner thinks of an attempt of theirs, on its way from a form.
import { typedText } from '../../questions/typed-text.ts';

/** Characters, as browsers count them in a field. */
export const mostReflection = 2000;

/** More than that is no reflection, and not even shown again. */
const mostTyped = 20_000;

export interface Reflection {
  text: string;
  /** Whether the course's teachers may read it. */
  isShared: boolean;
}

/** @returns null for an empty field: what was there is taken away */
export function readReflection(
  typed: readonly string[],
  isShared: boolean,
): { ok: true; reflection: Reflection | null } | { ok: false; typed: Reflection } {
  const text = typedText(typed, mostTyped);
  if (text === null) return { ok: true, reflection: null };
  const reflection = { text, isShared };
  return text.length > mostReflection ? { ok: false, typed: reflection } : { ok: true, reflection };
}
