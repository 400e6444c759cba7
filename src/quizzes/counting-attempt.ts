// Which of a learner's attempts the gradebook shows. Decided here once, for pages and deliveries alike.
import Fraction from 'fraction.js';
import type { CountingAttempt } from './quiz.ts';

/** An attempt that was handed in; points are exact. */
export interface SubmittedAttempt {
  number: number;
  submittedAt: Date;
  points: Fraction;
  maximumPoints: Fraction;
  /** How many of its answers wait for a person's mark; absent: none. */
  unmarked?: number;
}

/**
 * The rule for a learner: that of the version their latest submitted attempt was at. So a teacher who changes the rule changes no
 * grade by that alone, and pages and gradebook never disagree.
 */
export function countingRule(
  attempts: readonly (SubmittedAttempt & { countingAttempt: CountingAttempt })[],
): CountingAttempt {
  const [first, ...rest] = attempts;
  if (!first) return 'best';
  return rest.reduce((latest, next) => (next.number > latest.number ? next : latest), first).countingAttempt;
}

/** Why it is this one: the rule; `only` where there was no choice yet. */
export type CountingReason = CountingAttempt | 'only';

/** What counts, since when, and why. `number` is the attempt's; null for an average. */
export interface CountedScore {
  points: Fraction;
  maximumPoints: Fraction;
  scoredAt: Date;
  number: number | null;
  reason: CountingReason;
  /** How many attempts there were to choose from. */
  madeCount: number;
}

/**
 * The score that counts among attempts at one placement. Attempts with nothing to mark count for nothing. Of equally good ones
 * the earlier is the best, so that another try that changes no points changes nothing at all.
 *
 * An attempt of which something waits for a person's mark does not count yet, and what counted before it goes on counting. Its points
 * so far would be a grade that is too low; and to say in a gradebook that marks are pending takes the grade away that stands there
 * (Moodle writes null for all that is not `FullyGraded`, lti.md §2.7).
 *
 * @returns null if no attempt has points to give
 */
export function countedScore(attempts: readonly SubmittedAttempt[], rule: CountingAttempt): CountedScore | null {
  const earning = attempts
    .filter(({ maximumPoints }) => maximumPoints.compare(0) > 0)
    .sort((one, other) => one.number - other.number);
  // The one that is going to count is known already: no other is put in its place meanwhile.
  if (rule === 'first' && isWaiting(earning[0])) return null;
  const marked = earning.filter((attempt) => !isWaiting(attempt));
  const [first] = marked;
  const last = marked.at(-1);
  if (!first || !last) return null;
  const why = { reason: attempts.length === 1 ? 'only' : rule, madeCount: attempts.length } as const;
  switch (rule) {
    case 'first':
      return { ...scoreOf(first), ...why };
    case 'last':
      return { ...scoreOf(last), ...why };
    case 'best':
      return {
        ...scoreOf(marked.reduce((best, next) => (share(next).compare(share(best)) > 0 ? next : best))),
        ...why,
      };
    case 'average': {
      const sum = marked.reduce((total, attempt) => total.add(share(attempt)), new Fraction(0));
      const points = sum.div(marked.length).mul(last.maximumPoints);
      return { points, maximumPoints: last.maximumPoints, scoredAt: last.submittedAt, number: null, ...why };
    }
  }
}

function isWaiting(attempt: SubmittedAttempt | undefined): boolean {
  return (attempt?.unmarked ?? 0) > 0;
}

function scoreOf({ points, maximumPoints, submittedAt, number }: SubmittedAttempt) {
  return { points, maximumPoints, scoredAt: submittedAt, number };
}

// Attempts may be at different versions of a quiz, with different maxima: what compares is the share.
function share({ points, maximumPoints }: SubmittedAttempt) {
  return points.div(maximumPoints);
}
