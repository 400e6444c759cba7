// Whether what a device says of a moment is in time. Its word cannot be proven: what a false one is worth is bounded by the grace
// that the quiz publishes, and both times stay on record.
import { graceMs } from '../time-limit.ts';

/** When something was said, as its device says, and when it reached us. */
export interface Saying {
  saidAt: Date;
  arrivedAt: Date;
}

/** Why it does not count by itself: said after the end; in time, but too long on its way; or the attempt was handed in by then. */
export const lateReasons = ['said-late', 'after-grace', 'after-hand-in'] as const;
export type LateReason = (typeof lateReasons)[number];

/** `came-late`: it counts, for its device was cut off when the time was over. */
export type Punctuality = 'counts' | 'came-late' | LateReason;

/** What decides about it. */
export interface Bounds {
  /** Null: never. */
  end: Date | null;
  /** How long what was said in time may be on its way. */
  networkGraceSeconds: number;
  /** `over`: its time was, whoever or whatever closed it then. */
  state: 'open' | 'handed-in' | 'over';
}

/** The moment that a device names, within what is possible: not before the attempt began, not after it reached us. */
export function saidWithin(at: number, { startedAt, arrivedAt }: { startedAt: Date; arrivedAt: Date }): Date {
  return new Date(Math.max(startedAt.getTime(), Math.min(at, arrivedAt.getTime())));
}

/** How an answer is judged. */
export function punctuality({ saidAt, arrivedAt }: Saying, { end, networkGraceSeconds, state }: Bounds): Punctuality {
  if (state === 'handed-in') return 'after-hand-in';
  const isSaidLate = end !== null && saidAt > end;
  if (state === 'over') return isSaidLate ? 'said-late' : 'after-grace';
  if (end === null || arrivedAt.getTime() <= end.getTime() + graceMs) return 'counts';
  if (isSaidLate) return 'said-late';
  return arrivedAt.getTime() <= end.getTime() + networkGraceSeconds * 1000 ? 'came-late' : 'after-grace';
}

/** When a handing in counts as done: when its learner pressed the button, if it reached us within the grace; else when it did. */
export function handInMoment(
  { saidAt, arrivedAt }: Saying,
  { networkGraceSeconds }: Pick<Bounds, 'networkGraceSeconds'>,
): Date {
  return arrivedAt.getTime() - saidAt.getTime() <= networkGraceSeconds * 1000 ? saidAt : arrivedAt;
}
