// How an LMS fares as a whole, and how much is sent there accordingly: the rules, without clock or database. One that does not answer
// is tried with one score at a time, ever more rarely, instead of with all that wait.
import { speaksOfLms, type DeliveryCause } from './delivery-cause.ts';

export interface Lane {
  /** In a row, of those that speak of the LMS as a whole. */
  failures: number;
  /** Nothing is sent there before; null: it may be. */
  pausedUntil: Date | null;
}

/** The lane of an LMS of which nothing bad is known. */
export const freeLane: Lane = { failures: 0, pausedUntil: null };

/** What a try says of the LMS: it takes what it is sent, or it does not, or that is left open. */
export type LaneSign = 'works' | 'fails' | 'unclear';

/** As much of the end of a try as says something. */
interface TryEnd {
  outcome: 'delivered' | 'settled' | 'superseded' | 'overridden' | 'unavailable' | 'refused';
  cause: DeliveryCause | null;
  /** Null where no answer came, or nothing was asked. */
  status: number | null;
}

/** So many failures in a row, and the lane is paused. */
export const failuresToPause = 5;

const secondMs = 1000;
const firstPauseMs = 15 * secondMs;
export const longestPauseMs = 10 * 60 * secondMs;
/** However long an LMS asks for. */
const longestAskedMs = 24 * 60 * 60 * secondMs;

/** Any answer about one score or column shows that the LMS works; what we ourselves refused to send shows nothing. */
export function signOf({ outcome, cause, status }: TryEnd, tries: number): LaneSign {
  if (outcome === 'refused' && status === null) return 'unclear';
  if (cause !== null && speaksOfLms(cause, tries)) return 'fails';
  return outcome === 'unavailable' ? 'unclear' : 'works';
}

/** Whether a failure is never about one score, however often it is tried: then the lane says when to go on, not the score. */
export function isLaneMatter(cause: DeliveryCause | null): boolean {
  return cause !== null && speaksOfLms(cause, Infinity);
}

/** Whether nothing is to be sent there now. */
export function isPaused({ pausedUntil }: Lane, now: Date): boolean {
  return pausedUntil !== null && pausedUntil > now;
}

/** Whether the LMS is only to be tried: it did not answer the last times. */
export function isOnTrial({ failures }: Lane): boolean {
  return failures >= failuresToPause;
}

/** How many more may be taken in hand, of `most` at a time; never less than 0. */
export function roomIn(lane: Lane, { now, inHand, most }: { now: Date; inHand: number; most: number }): number {
  if (isPaused(lane, now)) return 0;
  return Math.max(0, (isOnTrial(lane) ? 1 : most) - inHand);
}

/**
 * The lane after a try. From five failures in a row on it is paused: 15 s, twice as long after each further one, up to 10 minutes,
 * and up to a quarter longer by `jitter` (from 0 up to 1). What was under way when a pause began counts no further. An LMS that asks
 * to be left alone (`Retry-After`) is, for as long as it asks, at most a day, and whatever else it answers meanwhile.
 */
export function laneAfter(
  lane: Lane,
  sign: LaneSign,
  { now, retryAfterSeconds, jitter }: { now: Date; retryAfterSeconds: number | null; jitter: number },
): Lane {
  const counts = sign === 'fails' && !isPaused(lane, now);
  const failures = sign === 'works' ? 0 : lane.failures + (counts ? 1 : 0);
  const ownMs = counts && failures >= failuresToPause ? pauseMs(failures) * (1 + jitter / 4) : 0;
  const askedMs = sign === 'works' ? 0 : Math.min((retryAfterSeconds ?? 0) * secondMs, longestAskedMs);
  const until = Math.max(lane.pausedUntil?.getTime() ?? 0, now.getTime() + Math.max(ownMs, askedMs));
  return { failures, pausedUntil: until > now.getTime() ? new Date(until) : null };
}

function pauseMs(failures: number) {
  return Math.min(firstPauseMs * 2 ** (failures - failuresToPause), longestPauseMs);
}

/** Work that waits at an LMS since a moment. */
export interface WaitingWork {
  registrationId: number;
  dueAt: Date;
}

/** Says of each, in the order given, what number of its LMS's it would be, the first 1, with so many in hand already. */
export function numbered<Work extends WaitingWork>(
  waiting: readonly Work[],
  inHand: ReadonlyMap<number, number>,
): (Work & { turn: number })[] {
  const taken = new Map(inHand);
  return waiting.map((work) => {
    const turn = (taken.get(work.registrationId) ?? 0) + 1;
    taken.set(work.registrationId, turn);
    return { ...work, turn };
  });
}

/** What to take in hand first: every LMS's first before anybody's second, and of those what has been due for longest. */
export function inTurns<Work extends WaitingWork & { turn: number }>(
  numberedWork: readonly Work[],
  limit: number,
): Work[] {
  return [...numberedWork].sort((one, other) => one.turn - other.turn || byDueAt(one, other)).slice(0, limit);
}

function byDueAt(one: WaitingWork, other: WaitingWork) {
  return one.dueAt.getTime() - other.dueAt.getTime();
}
