// When a score goes out and which moment it bears: the rules behind deliver-grades.ts, without clock, network or database.

const secondMs = 1000;
const firstRetryMs = 5 * secondMs;
const longestRetryMs = 60 * 60 * secondMs;

/**
 * The timestamp of the score about to be sent, in whole seconds because Moodle compares those (lti.md 97, §0.7): when it was
 * earned, but at least one second after the one sent before it. A retry of the same revision bears the same timestamp, so that
 * an LMS that has it already says so instead of taking it twice.
 */
export function scoreTimestamp(cell: {
  revision: number;
  sentRevision: number;
  sentTimestamp: Date | null;
  scoredAt: Date;
}): Date {
  if (cell.sentTimestamp && cell.sentRevision === cell.revision) return cell.sentTimestamp;
  const earned = Math.floor(cell.scoredAt.getTime() / secondMs) * secondMs;
  const afterLast = cell.sentTimestamp ? cell.sentTimestamp.getTime() + secondMs : 0;
  return new Date(Math.max(earned, afterLast));
}

/**
 * When to try again after `tries` failures in a row: 5 s, then twice as long each time, up to an hour; later if the LMS asks
 * for it. `jitter`, from 0 up to 1, spreads cells that failed together over another quarter of the wait.
 */
export function nextTry({
  now,
  tries,
  retryAfterSeconds,
  jitter,
}: {
  now: Date;
  tries: number;
  retryAfterSeconds: number | null;
  jitter: number;
}): Date {
  const backOffMs = Math.min(firstRetryMs * 2 ** Math.max(0, tries - 1), longestRetryMs);
  const waitMs = Math.max(backOffMs * (1 + jitter / 4), (retryAfterSeconds ?? 0) * secondMs);
  return new Date(now.getTime() + waitMs);
}
