// What a teacher types to give time back: kept as it was typed, and told field by field where it cannot be.
import { z } from 'zod';
import { typedText } from '../../questions/typed-text.ts';
import { mostReason, reasonProblem, type ReasonProblem } from '../regrade-form.ts';

/** The most minutes at once: a day. */
export const mostGrantMinutes = 24 * 60;

/** Minutes, and in words why. */
export interface Grant {
  minutes: number;
  reason: string;
  /** How often time had been given when the form was shown: who clicks twice gives it once. */
  seen: number;
}

/** The form as it is shown again. */
export interface GrantForm {
  typed: { minutes: string; reason: string };
  problems: { minutes?: 'minutes-unreadable'; reason?: ReasonProblem };
}

const fields = z.object({
  /** None fits a form that does not say it. */
  seen: z.coerce.number().int().min(0).catch(-1),
  minutes: z
    .string()
    .transform((typed) => typed.trim().slice(0, 40))
    .catch(''),
  reason: z
    .string()
    .catch('')
    .transform((typed) => typedText([typed], 10 * mostReason) ?? ''),
});

/** Reads the form. */
export function readGrant(body: unknown): { ok: true; grant: Grant } | { ok: false; form: GrantForm } {
  const { seen, ...typed } = fields.parse(body ?? {});
  const minutes = /^\d{1,4}$/.test(typed.minutes) ? Number(typed.minutes) : 0;
  const isReadable = minutes >= 1 && minutes <= mostGrantMinutes;
  const reason = reasonProblem(typed.reason);
  if (isReadable && !reason) return { ok: true, grant: { minutes, reason: typed.reason, seen } };
  const problems = { ...(!isReadable && { minutes: 'minutes-unreadable' as const }), ...(reason && { reason }) };
  return { ok: false, form: { typed, problems } };
}

/** The form with what was read, to be shown again. */
export function readForm({ minutes, reason }: Grant): GrantForm {
  return { typed: { minutes: String(minutes), reason }, problems: {} };
}

/** The form before anything is typed, with as many minutes as were lost. */
export function newGrant(minutesLost: number): GrantForm {
  const minutes = minutesLost > 0 ? String(Math.min(minutesLost, mostGrantMinutes)) : '';
  return { typed: { minutes, reason: '' }, problems: {} };
}

/** What the form's page says of its bounds. */
export const grantBounds = { mostGrantMinutes, mostReason };
