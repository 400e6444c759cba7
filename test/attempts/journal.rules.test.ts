// Which answer stands, who goes on, and what is in time: without a database, for every order in which a network may bring things.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  currentClient,
  isNewer,
  newNumber,
  notArrived,
  type Client,
  type EntryPlace,
} from '../../src/attempts/journal/entry-order.ts';
import { handInMoment, punctuality, saidWithin, type Bounds } from '../../src/attempts/journal/punctual.ts';
import { graceMs } from '../../src/attempts/time-limit.ts';

const place = fc.record({ number: fc.integer({ min: -3, max: 3 }), sequence: fc.integer({ min: 1, max: 9 }) });

describe('Of the answers to one question', () => {
  test('the last one of the newest device stands, in whatever order and however often they arrive', () => {
    const arriving = fc
      .array(place, { minLength: 1 })
      .chain((said) =>
        fc.tuple(fc.constant(said), fc.shuffledSubarray([...said, ...said], { minLength: 2 * said.length })),
      );
    fc.assert(
      fc.property(arriving, ([said, arrived]) => {
        const stands = arrived.reduce<EntryPlace | undefined>(
          (mark, one) => (isNewer(one, mark) ? one : mark),
          undefined,
        );
        const newest = Math.max(...said.map(({ number }) => number));
        const its = said.filter(({ number }) => number === newest).map(({ sequence }) => sequence);
        expect(stands).toEqual({ number: newest, sequence: Math.max(...its) });
      }),
    );
  });

  test('one that arrives again changes nothing', () => {
    fc.assert(fc.property(place, (one) => expect(isNewer(one, one)).toBe(false)));
  });
});

describe('A device that nobody had heard of', () => {
  const arrivals = fc.array(
    fc.record({ isTakeOver: fc.boolean(), browserHash: fc.constantFrom(null, 'phone', 'tablet') }),
    { minLength: 1, maxLength: 12 },
  );

  test('is where the attempt goes on only if it takes over, is the first, or its browser is', () => {
    fc.assert(
      fc.property(arrivals, (coming) => {
        const known: Client[] = [];
        for (const one of coming) {
          const before = currentClient(known);
          const number = newNumber(one, known);
          const isSameBrowser = one.browserHash !== null && one.browserHash === before?.browserHash;
          expect(known.map((client) => client.number)).not.toContain(number);
          known.push({ ...one, number, clientId: String(number), kind: 'script', openedAt: new Date(0) });
          const goesOnThere = !before || one.isTakeOver || isSameBrowser;
          expect(currentClient(known)?.number).toBe(goesOnThere ? number : before.number);
          if (!goesOnThere) expect(number).toBeLessThan(Math.min(...known.slice(0, -1).map((client) => client.number)));
        }
      }),
    );
  });
});

test('A handing in waits for exactly what neither arrived nor was overtaken', () => {
  const marks = new Map([
    ['q1', { number: 2, sequence: 5 }],
    ['q2', { number: 2, sequence: 4 }],
    ['q3', { number: 3, sequence: 1 }],
    ['q4', { number: 1, sequence: 9 }],
  ]);
  const basis = { q1: 5, q2: 5, q3: 5, q4: 5, q5: 5 };
  expect(notArrived(basis, 2, (field) => marks.get(field)).map(([field]) => field)).toEqual(['q2', 'q4', 'q5']);
});

describe('What a device says of a moment', () => {
  const end = new Date('2026-11-26T10:00:00Z');
  const after = (ms: number) => new Date(end.getTime() + ms);
  const networkGraceSeconds = 120;
  const bounds = (state: Bounds['state'] = 'open'): Bounds => ({ end, networkGraceSeconds, state });

  test.each([
    ['in time, at once', -1000, -1000, 'open', 'counts'],
    ['at the end, with what the network takes', 0, graceMs, 'open', 'counts'],
    ['late, but within what the network takes', 1, graceMs, 'open', 'counts'],
    ['in time, and arrived within the grace', 0, 120_000, 'open', 'came-late'],
    ['in time, and arrived after the grace', 0, 120_001, 'open', 'after-grace'],
    ['late, and arrived within the grace', 1, graceMs + 1, 'open', 'said-late'],
    ['in time, after all was over', 0, 130_000, 'over', 'after-grace'],
    ['late, after all was over', 1, 130_000, 'over', 'said-late'],
    ['in time, after its learner had handed in', -9000, -1000, 'handed-in', 'after-hand-in'],
  ] as const)('%s', (_what, said, arrived, state, expected) => {
    expect(punctuality({ saidAt: after(said), arrivedAt: after(arrived) }, bounds(state))).toBe(expected);
  });

  const moment = fc.integer({ min: -600_000, max: 600_000 });

  test('gains nobody more than the grace, whatever it says', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 600_000 }), (at, arrived) => {
        const arrivedAt = after(arrived);
        const saidAt = saidWithin(after(at).getTime(), { startedAt: after(-600_000), arrivedAt });
        const verdict = punctuality({ saidAt, arrivedAt }, bounds());
        if (arrived > networkGraceSeconds * 1000) expect(['after-grace', 'said-late']).toContain(verdict);
        expect(saidAt.getTime()).toBeLessThanOrEqual(arrivedAt.getTime());
      }),
    );
  });

  test('without an end everything counts until it is handed in', () => {
    fc.assert(
      fc.property(moment, moment, (said, arrived) => {
        const saying = { saidAt: after(said), arrivedAt: after(arrived) };
        expect(punctuality(saying, { ...bounds(), end: null })).toBe('counts');
      }),
    );
  });

  test('dates a handing in back by no more than the grace', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 600_000 }), (said, on) => {
        const saying = { saidAt: after(said), arrivedAt: after(said + on) };
        const counted = handInMoment(saying, { networkGraceSeconds });
        expect([saying.saidAt, saying.arrivedAt]).toContainEqual(counted);
        expect(saying.arrivedAt.getTime() - counted.getTime()).toBeLessThanOrEqual(networkGraceSeconds * 1000);
      }),
    );
  });
});
