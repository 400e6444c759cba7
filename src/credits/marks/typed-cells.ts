// The cells of a form: the name of each says whose mark it is, in what, and what its reader saw there.
import { z } from 'zod';
import { longestCell } from './cell-text.ts';

/** One cell as it was typed. */
export interface TypedCell {
  personId: number;
  activityKey: string;
  sitting: number;
  /** How often something was entered there, as far as the page showed; 0: never. */
  seen: number;
  text: string;
}

const key = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const place = z.object({ personId: key, sitting: z.coerce.number().int().min(1).max(9), seen: z.coerce.number() });
const name = /^m\.(\d{1,15})\.(\d)\.(\d{1,9})\.([\w-]{1,36})$/;

/** The name of a cell's field. */
export function cellName({ personId, activityKey, sitting, seen }: Omit<TypedCell, 'text'>): string {
  return `m.${personId}.${sitting}.${seen}.${activityKey}`;
}

/** The cells among the fields of a form, in their order; what is none of them is left. What is too long stays a bit too long. */
export function readCells(fields: ReadonlyMap<string, readonly string[]>): TypedCell[] {
  return [...fields].flatMap(([field, [text = '']]) => {
    const [, personId, sitting, seen, activityKey = ''] = name.exec(field) ?? [];
    const parsed = place.safeParse({ personId, sitting, seen });
    return parsed.success ? [{ ...parsed.data, activityKey, text: text.slice(0, longestCell + 1) }] : [];
  });
}
