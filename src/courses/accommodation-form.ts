// What a teacher types about one learner's time: kept as it was typed, and told field by field where it cannot be.
import { z } from 'zod';
import { momentAt } from '../i18n/local-time.ts';
import type { Accommodation } from './accommodation.ts';

export type AccommodationProblem = 'percent-unreadable' | 'date-unreadable';

/** The form as it is shown again: both fields as they were typed, and what is wrong with which. */
export interface AccommodationForm {
  typed: Record<keyof Accommodation, string>;
  problems: Partial<Record<keyof Accommodation, AccommodationProblem>>;
}

/** Five times as long is the most that anybody gets. */
const mostExtraTimePercent = 400;

const text = z
  .string()
  .transform((typed) => typed.trim().slice(0, 40))
  .catch('');
const fields = z.object({ extraTimePercent: text, dueUntil: text });

/**
 * Reads the form; empty fields are for what everybody has.
 *
 * @param timeZone in which the date is meant, an IANA zone
 */
export function readAccommodation(
  body: unknown,
  { timeZone }: { timeZone: string },
): { ok: true; accommodation: Accommodation } | { ok: false; form: AccommodationForm } {
  const typed = fields.parse(body ?? {});
  const extraTimePercent = percentIn(typed.extraTimePercent);
  const dueUntil = momentAt(typed.dueUntil, timeZone);
  const isDateWrong = typed.dueUntil !== '' && dueUntil === null;
  if (extraTimePercent !== null && !isDateWrong) return { ok: true, accommodation: { extraTimePercent, dueUntil } };
  const problems: AccommodationForm['problems'] = {
    ...(extraTimePercent === null && { extraTimePercent: 'percent-unreadable' }),
    ...(isDateWrong && { dueUntil: 'date-unreadable' }),
  };
  return { ok: false, form: { typed, problems } };
}

/** Whole per cent, with or without the sign; null for what is none, or too many. */
function percentIn(typed: string): number | null {
  if (typed === '') return 0;
  const percent = /^\d{1,3}(?=\s*%?$)/.exec(typed)?.[0];
  return percent === undefined || Number(percent) > mostExtraTimePercent ? null : Number(percent);
}
