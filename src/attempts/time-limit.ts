// How long an attempt may take: by the server's clock, and asked anew at every request, so that more time counts at once.
import { timeAllowedMs, type Accommodation } from '../courses/accommodation.ts';
import type { QuizSettings, QuizVersion } from '../quizzes/quiz.ts';
import type { Attempt } from './attempt.ts';

/** What the network may take: whatever was sent in time is not late for having travelled. */
export const graceMs = 15_000;

/** How long what was answered in time may be on its way, as its quiz publishes it. */
export type NetworkGrace = Pick<QuizVersion, 'networkGraceSeconds'>;

/** What is left of an attempt that ends by itself. */
export interface TimeLeft {
  endsAt: Date;
  /** Whole seconds; 0 once it is over, also while the grace lasts. */
  seconds: number;
}

/**
 * When an attempt ends by itself; null: never.
 *
 * @param settings of the quiz version that it was begun with
 * @param accommodation of its learner, as it is now
 */
export function endsAt(
  { startedAt }: Pick<Attempt, 'startedAt'>,
  { timeLimitMinutes }: Pick<QuizSettings, 'timeLimitMinutes'>,
  accommodation: Accommodation,
): Date | null {
  const allowedMs = timeAllowedMs(timeLimitMinutes, accommodation);
  return allowedMs === null ? null : new Date(startedAt.getTime() + allowedMs);
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
  { timeLimitMinutes }: Pick<QuizSettings, 'timeLimitMinutes'>,
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
export function isOver(end: Date | null, { networkGraceSeconds }: NetworkGrace, now: Date): boolean {
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
