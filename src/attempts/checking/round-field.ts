// Which round of a question a page shows: asked anew, it has its options in another order.
import type { FieldReader } from '../../questions/question-type.ts';

/** The part of a question's fields that says it: `q7.round`; without it, the first. Null for what is no number. */
export function readRound(fields: FieldReader): number | null {
  const [value = '0'] = fields('round');
  return /^\d{1,6}$/.test(value) ? Number(value) : null;
}
