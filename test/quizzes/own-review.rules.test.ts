// What may be said of several attempts together, and of a grade whose points are kept back.
import { expect, test } from '@jest/globals';
import { noAccommodation, type Accommodation } from '../../src/courses/accommodation.ts';
import { gradeWithoutPoints, type LearnerGrade } from '../../src/grades/learner-grade.ts';
import { isCountedShown, pointsShownFrom, withPointsShown } from '../../src/quizzes/own-review.ts';
import { reviewPresets } from '../../src/quizzes/review-settings.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
const attempt = (submittedAt: Date | null) => ({ submittedAt, held: null, abandonedAt: null, timeLimitMinutes: null });
const timing = (now: Date, dueAt: Date | null = null) => ({ dueAt, accommodation: noAccommodation, now });

/** Points of an attempt are there for two minutes, and gone then. */
const atFirstOnly = { ...reviewPresets.exam, immediately: ['points' as const] };

test('What counts is told only where every attempt that was handed in shows its points', () => {
  const attempts = [attempt(at(0)), attempt(at(5)), attempt(null)];
  const shown = (now: Date) => withPointsShown(attempts, atFirstOnly, timing(now));
  expect(shown(at(6)).map(({ arePointsShown }) => arePointsShown)).toEqual([false, true, false]);
  expect(isCountedShown(shown(at(6)))).toBe(false);
  expect(isCountedShown(withPointsShown(attempts, reviewPresets['self-study'], timing(at(6))))).toBe(true);
  expect(isCountedShown([])).toBe(true);
});

test('Who has more time waits for points until their own date', () => {
  const dueAt = at(10);
  const late: Accommodation = { ...noAccommodation, dueUntil: at(30) };
  const seen = (accommodation: Accommodation) =>
    withPointsShown([attempt(at(0))], reviewPresets.exam, { dueAt, accommodation, now: at(20) })[0]?.arePointsShown;
  expect([seen(noAccommodation), seen(late)]).toEqual([true, false]);
});

test('A date for points is promised only where they come by it', () => {
  expect(pointsShownFrom(reviewPresets.exam, at(10), at(5))).toEqual(at(10));
  expect(pointsShownFrom(reviewPresets.exam, at(10), at(11))).toBeNull();
  expect(pointsShownFrom(reviewPresets.exam, null, at(5))).toBeNull();
  expect(pointsShownFrom({ ...reviewPresets.exam, closed: [] }, at(10), at(5))).toBeNull();
});

test('Where points are kept back, it is not told either what somebody entered in the gradebook', () => {
  const there = { points: 3, maximumPoints: 4 };
  const grade: LearnerGrade = {
    status: { state: 'overridden', there },
    word: 'overridden',
    zeroOf: null,
    mayAskAgain: false,
  };
  expect(gradeWithoutPoints(grade)).toEqual({
    ...grade,
    status: { state: 'overridden', there: null },
    word: 'overridden-unseen',
  });
  const delivered: LearnerGrade = { ...grade, status: { state: 'delivered', at: at(0) }, word: 'delivered' };
  expect(gradeWithoutPoints(delivered)).toEqual(delivered);
});
