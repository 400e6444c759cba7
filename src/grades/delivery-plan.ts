// When a score goes out and which moment it bears: the rules behind deliver-grades.ts, without clock, network or database.
import { longestPauseMs } from './delivery-lane.ts';

const secondMs = 1000;
const firstRetryMs = 5 * secondMs;
const longestRetryMs = 4 * 60 * 60 * secondMs;

/**
 * The timestamp of the score about to be sent, in whole seconds because Moodle compares those (lti.md 97, §0.7): when it was
 * earned, but at least one second after the one sent before it. A retry of the same revision bears the same timestamp, so that
 * an LMS that has it already says so instead of taking it twice. One that a teacher wants in the place of another must be later
 * than whatever is there, so it bears this moment.
 */
export function scoreTimestamp(
  cell: {
    revision: number;
    sentRevision: number;
    sentTimestamp: Date | null;
    scoredAt: Date;
    mayOverwrite: boolean;
  },
  now: Date,
): Date {
  if (cell.sentTimestamp && cell.sentRevision === cell.revision) return cell.sentTimestamp;
  const since = cell.mayOverwrite ? now : cell.scoredAt;
  const earned = Math.floor(since.getTime() / secondMs) * secondMs;
  const afterLast = cell.sentTimestamp ? cell.sentTimestamp.getTime() + secondMs : 0;
  return new Date(Math.max(earned, afterLast));
}

/**
 * When to try again after `tries` failures in a row: 5 s, then twice as long each time, up to four hours. Where the LMS as a whole
 * is the matter, its lane says when it is tried, and no score waits for longer than a lane is paused. `jitter`, from 0 up to 1,
 * spreads what failed together over another quarter of the wait.
 */
export function nextTry({
  now,
  tries,
  isLaneMatter,
  jitter,
}: {
  now: Date;
  tries: number;
  isLaneMatter: boolean;
  jitter: number;
}): Date {
  const longestMs = isLaneMatter ? longestPauseMs : longestRetryMs;
  const backOffMs = Math.min(firstRetryMs * 2 ** Math.max(0, tries - 1), longestMs);
  return new Date(now.getTime() + backOffMs * (1 + jitter / 4));
}
