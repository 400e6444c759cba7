// What a learner, or the mentor whom their LMS named, may see of attempts: one place that decides it for every page.
import { dueFor, type Accommodation } from '../courses/accommodation.ts';
import { closedAt, type AttemptState } from './attempt-state.ts';
import { countsSince, type CountableAttempt } from './counting-attempt.ts';
import { momentOf, shownAt, type MayShow, type ReviewSettings } from './review-settings.ts';

/** What a learner's moments follow from. */
export interface ReviewTiming {
  /** Of everybody. */
  dueAt: Date | null;
  accommodation: Accommodation;
  now: Date;
}

/** An attempt as far as its moment goes; `timeLimitMinutes` is that of the version it is at. */
interface TimedAttempt extends AttemptState {
  timeLimitMinutes: number | null;
}

type Counts = Pick<CountableAttempt, 'submittedAt' | 'held'>;

/** What may be shown of one attempt now. */
export function mayShowOf(
  attempt: TimedAttempt,
  review: ReviewSettings,
  { dueAt, accommodation, now }: ReviewTiming,
): MayShow {
  return shownAt(review, momentOf(closedAt(attempt), dueFor(dueAt, attempt.timeLimitMinutes, accommodation), now));
}

/** The attempts, each with whether the points that it counts with may be shown; an open one has none, unless it was opened again. */
export function withPointsShown<Attempt extends TimedAttempt & Counts>(
  attempts: readonly Attempt[],
  review: ReviewSettings,
  timing: ReviewTiming,
): (Attempt & { arePointsShown: boolean })[] {
  return attempts.map((attempt) => {
    const submittedAt = countsSince(attempt);
    const closed = { ...attempt, submittedAt };
    return { ...attempt, arePointsShown: submittedAt !== null && mayShowOf(closed, review, timing)('points') };
  });
}

/** Whether it may be said what counts among attempts: only where each of them shows its points, for it says which is the best. */
export function isCountedShown(attempts: readonly (Counts & { arePointsShown: boolean })[]): boolean {
  return attempts.every((attempt) => attempt.arePointsShown || countsSince(attempt) === null);
}

/** When a learner will see points that they do not see yet: at their due date, if that is what is waited for; null: nobody can say. */
export function pointsShownFrom(review: ReviewSettings, dueAt: Date | null, now: Date): Date | null {
  const isAwaited = dueAt !== null && dueAt >= now && shownAt(review, 'closed')('points');
  return isAwaited ? dueAt : null;
}
