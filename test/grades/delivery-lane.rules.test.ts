// How much is sent to an LMS that fares well or badly, and whose work comes first.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliveryCauses } from '../../src/grades/delivery-cause.ts';
import {
  failuresToPause,
  freeLane,
  inTurns,
  isLaneMatter,
  isOnTrial,
  laneAfter,
  numbered,
  roomIn,
  signOf,
  type Lane,
} from '../../src/grades/delivery-lane.ts';

const seconds = 1000;
const start = new Date('2026-09-01T08:00:00Z');
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

const event = fc.record({
  sign: fc.constantFrom('fails', 'fails', 'fails', 'fails', 'fails', 'fails', 'works', 'unclear'),
  afterMs: fc.nat(20 * 60 * seconds),
  retryAfterSeconds: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(200_000) }),
  jitter: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
const events = (one: typeof event) => fc.array(one, { maxLength: 50, size: 'max' });
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** The lane after each of some tries. */
function after(tries: readonly Event[]) {
  let [lane, now]: [Lane, Date] = [freeLane, start];
  return tries.map((one) => {
    const before = lane;
    now = later(now, one.afterMs);
    lane = laneAfter(before, one.sign, { now, ...one });
    return { ...one, before, lane, now };
  });
}

/** Failures, each as soon as the pause before it is over. */
function failing(times: number): number[] {
  let [lane, now]: [Lane, Date] = [freeLane, start];
  return Array.from({ length: times }, () => {
    lane = laneAfter(lane, 'fails', { now, retryAfterSeconds: null, jitter: 0 });
    const pauseMs = (lane.pausedUntil?.getTime() ?? now.getTime()) - now.getTime();
    now = later(now, pauseMs);
    return pauseMs / seconds;
  });
}

test('Four failures pause nothing; from the fifth on each pause is twice as long, up to ten minutes (lti.md 102)', () => {
  expect(failing(13)).toEqual([0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 600, 600, 600]);
});

test('Whatever happens, an LMS is left alone for as long as it asks, and for a day at most (lti.md 102)', () => {
  fc.assert(
    fc.property(events(event), (tries) => {
      let asked = start;
      for (const { sign, retryAfterSeconds, lane, now } of after(tries)) {
        const askedMs = sign === 'works' ? 0 : Math.min(retryAfterSeconds ?? 0, 24 * 60 * 60) * seconds;
        asked = new Date(Math.max(asked.getTime(), now.getTime() + askedMs));
        if (asked > now) expect(lane.pausedUntil?.getTime()).toBeGreaterThanOrEqual(asked.getTime());
        expect((lane.pausedUntil ?? now).getTime() - now.getTime()).toBeLessThanOrEqual(24 * 60 * 60 * seconds);
      }
    }),
  );
});

test('A pause of our own is never longer than ten minutes and a quarter of that', () => {
  const unasked = event.map((one) => ({ ...one, retryAfterSeconds: null }));
  fc.assert(
    fc.property(events(unasked), (tries) => {
      for (const { lane, now } of after(tries)) {
        expect((lane.pausedUntil ?? now).getTime() - now.getTime()).toBeLessThanOrEqual(750 * seconds);
      }
    }),
  );
});

test('One success ends all trial, and never a pause that is not over', () => {
  fc.assert(
    fc.property(events(event), fc.nat(20 * 60 * seconds), (tries, afterMs) => {
      const last = after(tries).at(-1) ?? { lane: freeLane, now: start };
      const now = later(last.now, afterMs);
      const lane = laneAfter(last.lane, 'works', { now, retryAfterSeconds: null, jitter: 0 });
      expect(lane.failures).toBe(0);
      const { pausedUntil } = last.lane;
      expect(lane.pausedUntil).toEqual(pausedUntil && pausedUntil > now ? pausedUntil : null);
    }),
  );
});

test('What was under way when a pause began makes it no longer', () => {
  const burst = Array.from({ length: 20 }, () => ({
    sign: 'fails' as const,
    afterMs: 0,
    retryAfterSeconds: null,
    jitter: 0,
  }));
  expect(after(burst).at(-1)?.lane).toEqual({ failures: failuresToPause, pausedUntil: later(start, 15 * seconds) });
});

test('What leaves open whether the LMS works counts neither way', () => {
  fc.assert(
    fc.property(events(event), (tries) => {
      for (const { sign, before, lane } of after(tries)) {
        if (sign === 'unclear') expect(lane.failures).toBe(before.failures);
      }
    }),
  );
});

test('There is room for none while paused, for one on trial, and never for more than may be sent', () => {
  fc.assert(
    fc.property(events(event), fc.nat(20), fc.nat(20), fc.nat(20 * 60 * seconds), (tries, inHand, most, afterMs) => {
      const last = after(tries).at(-1) ?? { lane: freeLane, now: start };
      const now = later(last.now, afterMs);
      const room = roomIn(last.lane, { now, inHand, most });
      const isPaused = last.lane.pausedUntil !== null && last.lane.pausedUntil > now;
      const allowed = isPaused ? 0 : isOnTrial(last.lane) ? 1 : most;
      expect(room).toBe(Math.max(0, allowed - inHand));
    }),
  );
});

describe('of what comes back', () => {
  const answer = { cause: null, status: 200 };
  test.each([
    ['a grade that arrived', { ...answer, outcome: 'delivered' as const }, 'works'],
    [
      'a teacher’s grade that was found before anything was sent',
      { ...answer, status: null, outcome: 'overridden' as const },
      'works',
    ],
    [
      'a learner who is refused',
      { outcome: 'refused' as const, cause: 'person-refused' as const, status: 400 },
      'works',
    ],
    [
      'a scope that the launch did not grant',
      { outcome: 'refused' as const, cause: 'scope-not-granted' as const, status: null },
      'unclear',
    ],
    ['no answer', { outcome: 'unavailable' as const, cause: 'lms-away' as const, status: null }, 'fails'],
    [
      'an error page, the first for this grade',
      { outcome: 'unavailable' as const, cause: 'lms-error' as const, status: 500 },
      'fails',
    ],
    ['a fault of ours', { outcome: 'unavailable' as const, cause: null, status: null }, 'unclear'],
  ])('%s says what it says of the LMS', (_what, end, sign) => {
    expect(signOf(end, 1)).toBe(sign);
  });

  test('an error page for the same grade again says nothing', () => {
    expect(signOf({ outcome: 'unavailable', cause: 'lms-error', status: 500 }, 2)).toBe('unclear');
  });

  test('a matter of the LMS is what fails it at every try', () => {
    for (const cause of deliveryCauses) {
      expect(isLaneMatter(cause)).toBe(signOf({ outcome: 'unavailable', cause, status: 503 }, 1000) === 'fails');
    }
    expect(isLaneMatter(null)).toBe(false);
  });
});

const work = fc.record({
  registrationId: fc.integer({ min: 1, max: 5 }),
  dueAt: fc.nat(1000).map((ms) => later(start, ms)),
});

test('Every LMS’s first comes before anybody’s second, those in hand counted', () => {
  fc.assert(
    fc.property(
      fc.array(work),
      fc.array(fc.nat(10), { minLength: 5, maxLength: 5 }),
      fc.nat(30),
      (waiting, held, limit) => {
        const inHand = new Map(held.map((count, index) => [index + 1, count]));
        const all = numbered(waiting, inHand);
        const taken = inTurns(all, limit);
        expect(taken).toHaveLength(Math.min(limit, waiting.length));
        const left = all.filter((one) => !taken.includes(one));
        const last = Math.max(0, ...taken.map(({ turn }) => turn));
        for (const { turn } of left) expect(turn).toBeGreaterThanOrEqual(last);
      },
    ),
  );
});
