// When an attempt with a limit ends, for whom, and what that makes of a moment.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  endsAt,
  graceMs,
  handedIn,
  isClosed,
  minutesOver,
  timeAllowance,
  timeLeft,
} from '../../src/attempts/time-limit.ts';
import { shownTimeLeft, startTime } from '../../src/attempts/time-view.ts';
import { noAccommodation } from '../../src/courses/accommodation.ts';
import { formats } from '../../src/i18n/formats.ts';
import { newTimeRules } from '../../src/quizzes/time-rules.ts';

const start = new Date('2026-11-21T09:00:00Z');
const minuteMs = 60_000;
const after = (ms: number) => new Date(start.getTime() + ms);
const more = (extraTimePercent: number) => ({ ...noAccommodation, extraTimePercent });
const limit = fc.integer({ min: 1, max: 24 * 60 });
const begun = { startedAt: start, grantedMinutes: 0 };
const limited = (timeLimitMinutes: number) => ({ ...newTimeRules, timeLimitMinutes });
const percent = fc.integer({ min: 0, max: 400 });

test.each([
  [30, 0, '2026-11-21T09:30:00.000Z'],
  [30, 50, '2026-11-21T09:45:00.000Z'],
  [1, 25, '2026-11-21T09:01:15.000Z'],
  [10, 33, '2026-11-21T09:13:18.000Z'],
  [1440, 400, '2026-11-26T09:00:00.000Z'],
])('An attempt of %s minutes with %s%% more ends at %s', (timeLimitMinutes, extraTimePercent, end) => {
  expect(endsAt(begun, limited(timeLimitMinutes), more(extraTimePercent))?.toISOString()).toBe(end);
});

test('More extra time never ends an attempt earlier, and a later day to hand in changes nothing', () => {
  fc.assert(
    fc.property(limit, percent, percent, fc.date({ noInvalidDate: true }), (timeLimitMinutes, one, other, dueUntil) => {
      const end = (extra: number, until: Date | null) =>
        endsAt(begun, limited(timeLimitMinutes), { extraTimePercent: extra, dueUntil: until })?.getTime() ?? 0;
      expect(end(one + other, null)).toBeGreaterThanOrEqual(end(one, null));
      expect(end(one, dueUntil)).toBe(end(one, null));
    }),
  );
});

const overtime = { timeLimitMinutes: 30, overdue: 'overtime' as const, overtimeMinutes: 10 };

test.each([
  ['with ten minutes of overtime', begun, overtime, '2026-11-21T09:40:00.000Z'],
  ['that was given seven minutes back', { ...begun, grantedMinutes: 7 }, limited(30), '2026-11-21T09:37:00.000Z'],
  ['with both', { ...begun, grantedMinutes: 7 }, overtime, '2026-11-21T09:47:00.000Z'],
  ['that is refused afterwards', begun, { ...limited(30), overdue: 'refuse' as const }, '2026-11-21T09:30:00.000Z'],
])('An attempt of 30 minutes %s ends when that is over', (_what, timed, rules, end) => {
  expect(endsAt(timed, rules, noAccommodation)?.toISOString()).toBe(end);
});

test.each([
  ['on time', 30, 0, overtime, 0],
  ['a second into the overtime', 30 + 1 / 60, 0, overtime, 1],
  ['eight minutes into it', 38, 0, overtime, 8],
  ['eight minutes after the end, of which five were given back', 38, 5, overtime, 3],
  ['at any time where there is no overtime', 38, 0, limited(30), 0],
])('What is handed in %s is so many minutes over', (_when, minutes, grantedMinutes, rules, over) => {
  const submittedAt = after(minutes * minuteMs);
  expect(minutesOver({ startedAt: start, grantedMinutes, submittedAt }, rules, noAccommodation)).toBe(over);
});

describe('Of an attempt that ends at a moment', () => {
  const end = after(30 * minuteMs);

  test.each([
    ['a second before', -1000, { seconds: 1, isTimedOut: false, isClosed: false }],
    ['at the moment itself', 0, { seconds: 0, isTimedOut: false, isClosed: false }],
    ['in the grace', graceMs, { seconds: 0, isTimedOut: true, isClosed: false }],
    ['after the grace', graceMs + 1, { seconds: 0, isTimedOut: true, isClosed: true }],
  ])('what comes %s is judged so', (_when, ms, expected) => {
    const now = new Date(end.getTime() + ms);
    const { isTimedOut, submittedAt } = handedIn(end, now);
    expect({ seconds: timeLeft(end, now)?.seconds, isTimedOut, isClosed: isClosed(end, now) }).toEqual(expected);
    expect(submittedAt).toEqual(isTimedOut ? end : now);
  });

  test('nothing is ever dated after its end, and nothing that is still open is closed before the grace is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: -minuteMs, max: minuteMs }), (ms) => {
        const now = new Date(end.getTime() + ms);
        expect(handedIn(end, now).submittedAt.getTime()).toBeLessThanOrEqual(end.getTime());
        if (isClosed(end, now)) expect(handedIn(end, now).isTimedOut).toBe(true);
      }),
    );
  });
});

test('An attempt without a limit is never over, whatever its learner was given', () => {
  const unlimited = newTimeRules;
  expect([endsAt({ ...begun, grantedMinutes: 5 }, unlimited, more(100)), timeAllowance(unlimited, more(100))]).toEqual([
    null,
    null,
  ]);
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (now) => {
      expect([isClosed(null, now), timeLeft(null, now)]).toEqual([false, null]);
      expect(handedIn(null, now)).toEqual({ submittedAt: now, isTimedOut: false });
    }),
  );
});

test.each([
  [30, 50, { limitMinutes: 30, extraMinutes: 15 }],
  [30, 0, { limitMinutes: 30, extraMinutes: 0 }],
  [10, 25, { limitMinutes: 10, extraMinutes: 2.5 }],
])('Before an attempt of %s minutes, who has %s%% more reads of %j', (timeLimitMinutes, extra, allowance) => {
  expect(timeAllowance({ timeLimitMinutes }, more(extra))).toEqual(allowance);
});

describe('What is left is shown', () => {
  const inTashkent = formats('en', 'Asia/Tashkent');

  test.each([
    ['25 minutes', 25 * 60, { until: '14:25', hours: 0, minutes: 25 }],
    ['a begun minute as a whole one', 24 * 60 + 1, { until: '14:24', hours: 0, minutes: 25 }],
    ['an hour and a half', 90 * 60, { until: '15:30', hours: 1, minutes: 30 }],
    ['nothing', 0, { until: '14:00', hours: 0, minutes: 0 }],
    ['more than half a day with its date', 13 * 3600, { until: '2026-11-22 03:00', hours: 13, minutes: 0 }],
  ])('%s', (_what, seconds, expected) => {
    const shown = shownTimeLeft(timeLeft(after(seconds * 1000), start), inTashkent);
    expect(shown).toEqual({ secondsLeft: seconds, ...expected });
  });

  test('of the open attempt by the limit it was begun with, and before the next one what that will have', () => {
    const settings = limited(60);
    const open = { ...attempt, ...limited(30), submittedAt: null, abandonedAt: null, held: null };
    const at = { now: start, formats: inTashkent };
    expect(startTime([open], settings, more(50), at)).toEqual({
      left: { secondsLeft: 45 * 60, until: '14:45', hours: 0, minutes: 45 },
      overtime: null,
      allowance: null,
      rules: limited(30),
    });
    expect(startTime([{ ...open, submittedAt: start }], settings, more(50), at)).toEqual({
      left: null,
      overtime: null,
      allowance: { limitMinutes: 60, extraMinutes: 30 },
      rules: limited(60),
    });
  });
});

const attempt = {
  ...{ id: 1, placementId: 1, personId: 1, quizVersionId: 1, number: 1, drawn: null, seed: 'seed', ...begun },
  ...{ isTimedOut: false, unmarked: 0, points: null, maximumPoints: null, guess: null, erasedAt: null },
  countingAttempt: 'best' as const,
};
