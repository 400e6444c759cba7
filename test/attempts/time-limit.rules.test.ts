// When an attempt with a limit ends, for whom, and what that makes of a moment.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endsAt, graceMs, handedIn, isClosed, timeAllowance, timeLeft } from '../../src/attempts/time-limit.ts';
import { shownTimeLeft, startTime } from '../../src/attempts/time-view.ts';
import { noAccommodation } from '../../src/courses/accommodation.ts';
import { formats } from '../../src/i18n/formats.ts';

const start = new Date('2026-11-21T09:00:00Z');
const minuteMs = 60_000;
const after = (ms: number) => new Date(start.getTime() + ms);
const more = (extraTimePercent: number) => ({ ...noAccommodation, extraTimePercent });
const limit = fc.integer({ min: 1, max: 24 * 60 });
const percent = fc.integer({ min: 0, max: 400 });

test.each([
  [30, 0, '2026-11-21T09:30:00.000Z'],
  [30, 50, '2026-11-21T09:45:00.000Z'],
  [1, 25, '2026-11-21T09:01:15.000Z'],
  [10, 33, '2026-11-21T09:13:18.000Z'],
  [1440, 400, '2026-11-26T09:00:00.000Z'],
])('An attempt of %s minutes with %s%% more ends at %s', (timeLimitMinutes, extraTimePercent, end) => {
  expect(endsAt({ startedAt: start }, { timeLimitMinutes }, more(extraTimePercent))?.toISOString()).toBe(end);
});

test('More extra time never ends an attempt earlier, and a later day to hand in changes nothing', () => {
  fc.assert(
    fc.property(limit, percent, percent, fc.date({ noInvalidDate: true }), (timeLimitMinutes, one, other, dueUntil) => {
      const end = (extra: number, until: Date | null) =>
        endsAt({ startedAt: start }, { timeLimitMinutes }, { extraTimePercent: extra, dueUntil: until })?.getTime() ??
        0;
      expect(end(one + other, null)).toBeGreaterThanOrEqual(end(one, null));
      expect(end(one, dueUntil)).toBe(end(one, null));
    }),
  );
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
  const unlimited = { timeLimitMinutes: null };
  expect([endsAt({ startedAt: start }, unlimited, more(100)), timeAllowance(unlimited, more(100))]).toEqual([
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
    const settings = { timeLimitMinutes: 60 };
    const begun = { ...attempt, timeLimitMinutes: 30, submittedAt: null, abandonedAt: null };
    const at = { now: start, formats: inTashkent };
    expect(startTime([begun], settings, more(50), at)).toEqual({
      left: { secondsLeft: 45 * 60, until: '14:45', hours: 0, minutes: 45 },
      allowance: null,
    });
    expect(startTime([{ ...begun, submittedAt: start }], settings, more(50), at)).toEqual({
      left: null,
      allowance: { limitMinutes: 60, extraMinutes: 30 },
    });
  });
});

const attempt = {
  ...{ id: 1, placementId: 1, personId: 1, quizVersionId: 1, number: 1, drawn: null, seed: 'seed', startedAt: start },
  ...{ isTimedOut: false, unmarked: 0, points: null, maximumPoints: null, countingAttempt: 'best' as const },
  networkGraceSeconds: 120,
};
