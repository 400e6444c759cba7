// When a score goes out and which moment it bears.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextTry, scoreTimestamp } from '../../src/grades/delivery-plan.ts';

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
/** Nobody has told us to overwrite anything. */
const plain = { mayOverwrite: false };
const someday = new Date('2030-01-01');

const wholeSecond = moment.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

test('A score bears whole seconds, those of the moment when it was earned', () => {
  fc.assert(
    fc.property(moment, (scoredAt) => {
      const timestamp = scoreTimestamp(
        { ...plain, revision: 1, sentRevision: 0, sentTimestamp: null, scoredAt },
        someday,
      );
      expect(timestamp.getTime() % 1000).toBe(0);
      expect(scoredAt.getTime() - timestamp.getTime()).toBeGreaterThanOrEqual(0);
      expect(scoredAt.getTime() - timestamp.getTime()).toBeLessThan(1000);
    }),
  );
});

test('A score after another bears a moment that is later by a second at least, earned later or not (lti.md 97)', () => {
  fc.assert(
    fc.property(moment, wholeSecond, fc.nat(20), (scoredAt, sentTimestamp, sentRevision) => {
      const timestamp = scoreTimestamp(
        { ...plain, revision: sentRevision + 1, sentRevision, sentTimestamp, scoredAt },
        someday,
      );
      expect(timestamp.getTime()).toBeGreaterThanOrEqual(sentTimestamp.getTime() + 1000);
      expect(timestamp.getTime() % 1000).toBe(0);
    }),
  );
});

test('The same score sent again bears the same moment (lti.md 97)', () => {
  fc.assert(
    fc.property(moment, wholeSecond, fc.integer({ min: 1, max: 20 }), fc.boolean(), (...given) => {
      const [scoredAt, sentTimestamp, revision, mayOverwrite] = given;
      const cell = { revision, sentRevision: revision, sentTimestamp, scoredAt, mayOverwrite };
      expect(scoreTimestamp(cell, someday)).toEqual(sentTimestamp);
    }),
  );
});

test('A score that a teacher wants in the place of another bears the moment when it is sent, and one after the last', () => {
  fc.assert(
    fc.property(moment, fc.option(wholeSecond), moment, (scoredAt, sentTimestamp, now) => {
      const cell = { revision: 2, sentRevision: 1, sentTimestamp, scoredAt, mayOverwrite: true };
      const timestamp = scoreTimestamp(cell, now);
      expect(timestamp.getTime()).toBeGreaterThan(now.getTime() - 1000);
      expect(timestamp.getTime()).toBeGreaterThan(sentTimestamp?.getTime() ?? 0);
      expect(timestamp.getTime() % 1000).toBe(0);
      if (sentTimestamp === null || sentTimestamp.getTime() + 1000 <= now.getTime()) {
        expect(timestamp.getTime()).toBeLessThanOrEqual(now.getTime());
      }
    }),
  );
});

const failure = fc.record({
  now: moment,
  tries: fc.integer({ min: 1, max: 2000 }),
  isLaneMatter: fc.boolean(),
  jitter: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
const waitOf = (given: Parameters<typeof nextTry>[0]) => nextTry(given).getTime() - given.now.getTime();

test('The next try is never sooner than 5 s, nor later than five hours, or a lane’s longest pause where it is the LMS’s matter', () => {
  fc.assert(
    fc.property(failure, (given) => {
      const waitMs = waitOf(given);
      expect(waitMs).toBeGreaterThanOrEqual(5000);
      expect(waitMs).toBeLessThanOrEqual(given.isLaneMatter ? 750_000 : 5 * 60 * 60 * 1000);
    }),
  );
});

test('Each failure makes the wait twice as long, until it is four hours (lti.md 102)', () => {
  const waits = Array.from({ length: 14 }, (_, index) =>
    waitOf({ now: new Date(0), tries: index + 1, isLaneMatter: false, jitter: 0 }),
  );
  const seconds = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 14_400, 14_400];
  expect(waits.map((ms) => ms / 1000)).toEqual(seconds);
});
