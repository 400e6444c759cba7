// The part of the quiz editor about time: read leniently, as all of that form.
import { z } from 'zod';
import { newTimeRules, overduePolicies, type TimeRules } from './time-rules.ts';

/** A day; a longer limit is none. */
export const mostMinutes = 24 * 60;

/** What overtime is where none was written beside it. */
const usualOvertimeMinutes = 10;

/** What can be chosen for what a network may take. */
const offeredGraces = [15, 60, 120, 300, 900, 3600, 6 * 3600, 24 * 3600] as const;

const form = z.object({
  timeLimitMinutes: z.coerce.number().int().min(1).max(mostMinutes).nullable().catch(null),
  overdue: z.enum(overduePolicies).catch(newTimeRules.overdue),
  overtimeMinutes: z.coerce.number().int().min(1).max(mostMinutes).catch(usualOvertimeMinutes),
  networkGraceSeconds: z.coerce.number().int().min(15).max(86_400).catch(newTimeRules.networkGraceSeconds),
});

/** What stands in the form; a page without these fields means what a new quiz has. */
export function readTimeRules(body: unknown): TimeRules {
  const read = form.parse(body ?? {});
  return { ...read, overtimeMinutes: read.overdue === 'overtime' ? read.overtimeMinutes : null };
}

/** What the partial views/quizzes/_time.ejs is shown by. */
export function timeChoices({ networkGraceSeconds }: Pick<TimeRules, 'networkGraceSeconds'>) {
  const graces = [...new Set([...offeredGraces, networkGraceSeconds])].sort((one, other) => one - other);
  return { mostMinutes, usualOvertimeMinutes, overduePolicies, graces };
}
