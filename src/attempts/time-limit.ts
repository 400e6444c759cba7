// How long an attempt may take: by the server's clock, and asked anew at every request, so that more time counts at once.
import { timeAllowedMs, type Accommodation } from '../courses/accommodation.ts';
import type { TimeRules } from '../quizzes/time-rules.ts';
import type { Attempt } from './attempt.ts';

/** What the network may take: whatever was sent in time is not late for having travelled. */
export const graceMs = 15_000;

/** What is left of an attempt that ends by itself. */
export interface TimeLeft {
  endsAt: Date;
  /** Whole seconds; 0 once it is over, also while the grace lasts. */
  seconds: number;
}

/** What of a version says when attempts at it end. */
export type Limits = Pick<TimeRules, 'timeLimitMinutes' | 'overdue' | 'overtimeMinutes'>;

/** When an attempt was begun, and how much time it was given back since. */
export type TimedAttempt = Pick<Attempt, 'startedAt'> & { grantedMinutes: number };

const minuteMs = 60_000;

/**
 * When the time of an attempt is over: its own, without overtime; null: never.
 *
 * @param limits of the quiz version that it was begun with
 * @param accommodation of its learner, as it is now
 */
export function timeOverAt(
  { startedAt, grantedMinutes }: TimedAttempt,
  { timeLimitMinutes }: Pick<Limits, 'timeLimitMinutes'>,
  accommodation: Accommodation,
): Date | null {
  const allowedMs = timeAllowedMs(timeLimitMinutes, accommodation);
  return allowedMs === null ? null : new Date(startedAt.getTime() + allowedMs + grantedMinutes * minuteMs);
}

/** When an attempt ends by itself: when its time is over, or its overtime, where there is any; null: never. */
export function endsAt(attempt: TimedAttempt, limits: Limits, accommodation: Accommodation): Date | null {
  const over = timeOverAt(attempt, limits, accommodation);
  return over && new Date(over.getTime() + overtimeMs(limits));
}

function overtimeMs({ overdue, overtimeMinutes }: Limits): number {
  return overdue === 'overtime' ? (overtimeMinutes ?? 0) * minuteMs : 0;
}

/**
 * How much of its overtime an attempt took, begun minutes counted as whole ones; 0 where there is none.
 *
 * @param submittedAt null while it is open
 */
export function minutesOver(
  attempt: TimedAttempt & Pick<Attempt, 'submittedAt'>,
  limits: Limits,
  accommodation: Accommodation,
): number {
  const over = timeOverAt(attempt, limits, accommodation);
  if (limits.overdue !== 'overtime' || over === null || attempt.submittedAt === null) return 0;
  return Math.max(0, Math.ceil((attempt.submittedAt.getTime() - over.getTime()) / minuteMs));
}

/** What a learner has for an attempt that is not begun yet. */
export interface TimeAllowance {
  /** What everybody has. */
  limitMinutes: number;
  /** Of this learner's own, beyond that. */
  extraMinutes: number;
}

/** Null where there is no limit. */
export function timeAllowance(
  { timeLimitMinutes }: Pick<Limits, 'timeLimitMinutes'>,
  accommodation: Accommodation,
): TimeAllowance | null {
  const allowedMs = timeAllowedMs(timeLimitMinutes, accommodation);
  if (timeLimitMinutes === null || allowedMs === null) return null;
  return { limitMinutes: timeLimitMinutes, extraMinutes: allowedMs / 60_000 - timeLimitMinutes };
}

/** Whether an attempt that ends then takes no more forms: its time is over, and so is the grace. */
export function isClosed(end: Date | null, now: Date): boolean {
  return end !== null && now.getTime() > end.getTime() + graceMs;
}

/**
 * Whether an attempt that ends then is over for good: what was answered in time on a device without a network has had its time to
 * arrive.
 */
export function isOver(
  end: Date | null,
  { networkGraceSeconds }: Pick<TimeRules, 'networkGraceSeconds'>,
  now: Date,
): boolean {
  return end !== null && now.getTime() > end.getTime() + Math.max(graceMs, networkGraceSeconds * 1000);
}

/** What is left until then; null where there is no limit. */
export function timeLeft(end: Date | null, now: Date): TimeLeft | null {
  if (end === null) return null;
  return { endsAt: end, seconds: Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000)) };
}

/** How an attempt that is handed in now is dated: at its end, if that has passed, whoever or whatever hands it in. */
export function handedIn(end: Date | null, now: Date): { submittedAt: Date; isTimedOut: boolean } {
  return end !== null && now > end ? { submittedAt: end, isTimedOut: true } : { submittedAt: now, isTimedOut: false };
}
