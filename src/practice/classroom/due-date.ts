// Until when something is due, as the API says it: a date and a time in UTC, of which what is zero is left out.
import { z } from 'zod';
import { invalid } from './api-error.ts';

const part = z.number().int().min(0).default(0);

export const dueFields = {
  dueDate: z.strictObject({ year: part, month: part, day: part }).nullish(),
  dueTime: z.strictObject({ hours: part, minutes: part, seconds: part, nanos: part }).nullish(),
};

type Due = z.output<z.ZodObject<typeof dueFields>>;

/** Null where neither is said. Refuses one without the other, and what is no date. */
export function dueIn({ dueDate, dueTime }: Due): number | null {
  if (!dueDate && !dueTime) return null;
  if (!dueDate || !dueTime) throw invalid('dueDate and dueTime must be specified together.');
  const { year, month, day } = dueDate;
  const due = new Date(Date.UTC(year, month - 1, day, dueTime.hours, dueTime.minutes));
  const isDate = due.getUTCFullYear() === year && due.getUTCMonth() === month - 1;
  if (!isDate || dueTime.hours > 23 || dueTime.minutes > 59) throw invalid('dueDate: Invalid date');
  return due.getTime();
}

export function requireFuture(dueAtMs: number | null, nowMs: number): void {
  if (dueAtMs !== null && dueAtMs <= nowMs) throw invalid('Due date must be in the future.');
}

export function shownDue(dueAtMs: number | null): object {
  if (dueAtMs === null) return {};
  const due = new Date(dueAtMs);
  const [hours, minutes] = [due.getUTCHours(), due.getUTCMinutes()];
  return {
    dueDate: { year: due.getUTCFullYear(), month: due.getUTCMonth() + 1, day: due.getUTCDate() },
    dueTime: { ...(hours > 0 && { hours }), ...(minutes > 0 && { minutes }) },
  };
}

/** What is due as it will be after a change of these fields. */
export function changedDue(dueAtMs: number | null, mask: readonly string[], body: Due): Due {
  const now: Due = z.object(dueFields).parse(shownDue(dueAtMs));
  return {
    dueDate: mask.includes('dueDate') ? body.dueDate : now.dueDate,
    dueTime: mask.includes('dueTime') ? body.dueTime : now.dueTime,
  };
}
