// Who may be given a zero, and what is late: both by the learner's own date.
import { describe, expect, test } from '@jest/globals';
import { isCountedLate, deadlineOf, withLateness } from '../../src/attempts/late.ts';
import { isTimeOver, timeLeftUntil, zeroStanding, type RosterPerson } from '../../src/attempts/zeros.ts';
import { noAccommodation } from '../../src/courses/accommodation.ts';
import type { CellState } from '../../src/grades/grade-status.ts';

const due = new Date('2026-12-01T18:00:00Z');
const after = (minutes: number) => new Date(due.getTime() + minutes * 60_000);
const timing = { dueAt: due, timeLimitMinutes: 30, now: after(10) };
const ada: RosterPerson = {
  personId: 1,
  name: 'Ada',
  language: 'uz',
  role: 'learner',
  isTestUser: false,
  isActive: true,
  launchedAt: null,
  work: 'none',
  accommodation: noAccommodation,
  cell: null,
};
const cell = (basis: CellState['basis']) => ({ basis }) as CellState;

describe('a zero', () => {
  test.each([
    ['for Ada, who has not begun', {}, 'not-begun'],
    ['for Ada, who has opened the quiz and not begun', { launchedAt: due }, 'not-begun'],
    ['only when asked for, for Ada, who has begun', { work: 'open' }, 'begun'],
    ['not for Ada, who has handed in', { work: 'handed-in' }, 'no-matter'],
    ['not for who has left the course', { isActive: false }, 'no-matter'],
    ['not for the made-up student', { isTestUser: true }, 'no-matter'],
    ['not for a guest', { role: 'guest' }, 'no-matter'],
    ['not for a teacher', { role: 'instructor' }, 'no-matter'],
    ['not while Ada has a day of her own', { accommodation: { extraTimePercent: 0, dueUntil: after(60) } }, 'has-time'],
    ['not while Ada’s extra minutes run', { accommodation: { extraTimePercent: 50, dueUntil: null } }, 'has-time'],
    ['for Ada, whose own day is over', { accommodation: { extraTimePercent: 0, dueUntil: after(5) } }, 'not-begun'],
    ['not twice', { cell: cell('zero') }, 'has-zero'],
    ['again for Ada, from whom one was taken back', { cell: cell('taken-back') }, 'not-begun'],
    ['to be taken back also of who has left since', { cell: cell('zero'), isActive: false }, 'has-zero'],
  ] satisfies [string, Partial<RosterPerson>, string][])('%s', (_what, person, expected) => {
    expect(zeroStanding({ ...ada, ...person }, timing)).toBe(expected);
  });

  test('for nobody while everybody’s time runs', () => {
    expect(zeroStanding(ada, { ...timing, now: after(-1) })).toBe('has-time');
    expect(isTimeOver(due, after(-1))).toBe(false);
  });

  test('where no date was set: for whom the teacher says, but not for who has a date of their own', () => {
    const undated = { ...timing, dueAt: null };
    expect(zeroStanding(ada, undated)).toBe('not-begun');
    expect(isTimeOver(null, after(0))).toBe(true);
    const accommodation = { extraTimePercent: 50, dueUntil: after(60) };
    expect(zeroStanding({ ...ada, accommodation }, undated)).toBe('has-time');
    expect(timeLeftUntil({ accommodation }, undated)).toEqual(after(60));
  });
});

describe('late', () => {
  const attempt = (number: number, minutes: number | null, timeLimitMinutes: number | null = null) => {
    const submittedAt = minutes === null ? null : after(minutes);
    return { number, submittedAt, timeLimitMinutes };
  };
  const late = (attempts: ReturnType<typeof attempt>[], accommodation = noAccommodation, dueAt: Date | null = due) =>
    withLateness(attempts, dueAt, accommodation).map(({ isLate }) => isLate);

  test('is what was handed in after the date, to the very moment, and never what is open', () => {
    expect(late([attempt(1, -1), attempt(2, 0), attempt(3, 1), attempt(4, null)])).toEqual([false, false, true, false]);
  });

  test('is nothing where there is no date', () => {
    expect(late([attempt(1, 9999)], noAccommodation, null)).toEqual([false]);
  });

  test('is told by the learner’s own date, and by the time limit of the version that the attempt is at', () => {
    expect(late([attempt(1, 50)], { extraTimePercent: 0, dueUntil: after(60) })).toEqual([false]);
    const half = { extraTimePercent: 50, dueUntil: null };
    expect(late([attempt(1, 10, 30), attempt(2, 10, 10), attempt(3, 10)], half)).toEqual([false, true, true]);
  });

  test('is what counts if the attempt that counts is, or one of those that an average is made of', () => {
    const attempts = withLateness([attempt(1, -1), attempt(2, 1)], due, noAccommodation);
    expect([1, 2, null].map((number) => isCountedLate({ number }, attempts))).toEqual([false, true, true]);
    expect(isCountedLate(null, attempts)).toBe(false);
  });

  test('is what Ada hands in from now on when her own date is over', () => {
    const at = { dueAt: due, timeLimitMinutes: null };
    const own = { extraTimePercent: 0, dueUntil: after(60) };
    expect(deadlineOf(at, noAccommodation, after(1))).toEqual({ dueAt: due, isOwn: false, isOver: true });
    expect(deadlineOf(at, own, after(1))).toEqual({ dueAt: after(60), isOwn: true, isOver: false });
    expect(deadlineOf(at, own, after(61))).toEqual({ dueAt: after(60), isOwn: true, isOver: true });
    expect(deadlineOf({ ...at, dueAt: null }, own, after(1))).toEqual({ dueAt: null, isOwn: false, isOver: false });
  });
});
