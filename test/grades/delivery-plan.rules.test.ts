// When a score goes out and which moment it bears.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextTry, scoreTimestamp } from '../../src/grades/delivery-plan.ts';

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
const wholeSecond = moment.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

test('A score bears whole seconds, those of the moment when it was earned', () => {
  fc.assert(
    fc.property(moment, (scoredAt) => {
      const timestamp = scoreTimestamp({ revision: 1, sentRevision: 0, sentTimestamp: null, scoredAt });
      expect(timestamp.getTime() % 1000).toBe(0);
      expect(scoredAt.getTime() - timestamp.getTime()).toBeGreaterThanOrEqual(0);
      expect(scoredAt.getTime() - timestamp.getTime()).toBeLessThan(1000);
    }),
  );
});

test('A score after another bears a moment that is later by a second at least, earned later or not (lti.md 97)', () => {
  fc.assert(
    fc.property(moment, wholeSecond, fc.nat(20), (scoredAt, sentTimestamp, sentRevision) => {
      const timestamp = scoreTimestamp({ revision: sentRevision + 1, sentRevision, sentTimestamp, scoredAt });
      expect(timestamp.getTime()).toBeGreaterThanOrEqual(sentTimestamp.getTime() + 1000);
      expect(timestamp.getTime() % 1000).toBe(0);
    }),
  );
});

test('The same score sent again bears the same moment (lti.md 97)', () => {
  fc.assert(
    fc.property(moment, wholeSecond, fc.integer({ min: 1, max: 20 }), (scoredAt, sentTimestamp, revision) => {
      expect(scoreTimestamp({ revision, sentRevision: revision, sentTimestamp, scoredAt })).toEqual(sentTimestamp);
    }),
  );
});

const failure = fc.record({
  now: moment,
  tries: fc.integer({ min: 1, max: 2000 }),
  retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 100_000 })),
  jitter: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
const waitOf = (given: Parameters<typeof nextTry>[0]) => nextTry(given).getTime() - given.now.getTime();

test('The next try is never sooner than 5 s and, unless the LMS asks, never later than an hour and a quarter', () => {
  fc.assert(
    fc.property(failure, (given) => {
      const waitMs = waitOf({ ...given, retryAfterSeconds: null });
      expect(waitMs).toBeGreaterThanOrEqual(5000);
      expect(waitMs).toBeLessThanOrEqual(75 * 60 * 1000);
    }),
  );
});

test('The next try is never sooner than the LMS asks (lti.md 102)', () => {
  fc.assert(
    fc.property(failure, (given) => {
      expect(waitOf(given)).toBeGreaterThanOrEqual((given.retryAfterSeconds ?? 0) * 1000);
      expect(waitOf(given)).toBeGreaterThanOrEqual(waitOf({ ...given, retryAfterSeconds: null }));
    }),
  );
});

test('Each failure makes the wait twice as long, until it is an hour', () => {
  const waits = Array.from({ length: 12 }, (_, index) =>
    waitOf({ now: new Date(0), tries: index + 1, retryAfterSeconds: null, jitter: 0 }),
  );
  expect(waits.map((ms) => ms / 1000)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
});
