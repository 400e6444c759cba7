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

/** What an attempt that was opened again counts as until it is handed in again; without points where it counted for nothing. */
export interface HeldScore {
  points: Fraction | null;
  maximumPoints: Fraction | null;
  /** When it was opened again. */
  since: Date;
}

/** Any attempt, open or closed, with all that says whether it counts and as what. */
export interface CountableAttempt extends Pick<SubmittedAttempt, 'number' | 'unmarked'> {
  submittedAt: Date | null;
  points: Fraction | null;
  maximumPoints: Fraction | null;
  held: HeldScore | null;
  /** The rule of the version it is at. */
  countingAttempt: CountingAttempt;
}

/** Since when an attempt counts as it does; null: it does not. */
export function countsSince({ submittedAt, held }: Pick<CountableAttempt, 'submittedAt' | 'held'>): Date | null {
  return submittedAt ?? (held?.points ? held.since : null);
}

/** The attempts that count: those that were handed in, and those that were opened again with what they had. */
export function thatCount<One extends CountableAttempt>(attempts: readonly One[]): (One & SubmittedAttempt)[] {
  return attempts.flatMap((attempt) => {
    const { points, maximumPoints } = attempt.submittedAt ? attempt : (attempt.held ?? attempt);
    const submittedAt = countsSince(attempt);
    return submittedAt && points && maximumPoints ? [{ ...attempt, submittedAt, points, maximumPoints }] : [];
  });
}

/**
 * What counts of a learner's attempts at a placement, and by which rule: the one answer for gradebook, credits and every page.
 *
 * @returns rule: null where nothing was handed in yet
 */
export function whatCounts(attempts: readonly CountableAttempt[]): {
  counted: CountedScore | null;
  rule: CountingAttempt | null;
  madeCount: number;
} {
  const made = thatCount(attempts);
  const rule = countingRule(made);
  return { counted: rule && countedScore(made, rule), rule, madeCount: made.length };
}

/**
 * The rule for a learner: that of the version their latest submitted attempt was at. So a teacher who changes the rule changes no
 * grade by that alone, and pages and gradebook never disagree.
 */
function countingRule(attempts: readonly CountableAttempt[]): CountingAttempt | null {
  const [first, ...rest] = attempts;
  if (!first) return null;
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
