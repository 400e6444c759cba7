// Keys change hands without a moment in which an LMS refuses what we signed.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPublished, planRotation, signingKey, type KeyTimes } from '../../src/platforms/key-rotation.ts';

interface Key extends KeyTimes {
  name: number;
  /** Made for a new registration, or because the one before had leaked: there is nothing to wait for. */
  isUrgent: boolean;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The longest life of anything we sign: an answer of deep linking. */
const signatureLifeMs = 5 * minuteMs;
const start = Date.UTC(2026, 10, 21);
const at = (ms: number) => new Date(start + ms);

const first: Key = { name: 0, createdAt: at(0), signsFrom: at(0), publishedUntil: null, isUrgent: true };

/** The keys after a rotation, as the store writes them. */
function rotated(keys: Key[], now: Date, isLeaked: boolean): Key[] {
  const plan = planRotation(
    keys.filter((key) => isPublished(key, now)),
    { now, isLeaked },
  );
  if (!plan.ok) return keys;
  const ended = keys.map((key) => {
    const isLater = key.publishedUntil === null || key.publishedUntil > plan.othersUntil;
    return isLater ? { ...key, publishedUntil: plan.othersUntil } : key;
  });
  const added = {
    name: keys.length,
    createdAt: now,
    signsFrom: plan.signsFrom,
    publishedUntil: null,
    isUrgent: isLeaked,
  };
  return [...ended, added];
}

interface Rotation {
  afterMs: number;
  isLeaked: boolean;
}

/** An hour apart to the millisecond, or anything else. */
const pauseMs = fc.oneof(fc.constantFrom(0, 1, hourMs - 1, hourMs, 25 * hourMs), fc.nat(40 * hourMs));
const rotations: fc.Arbitrary<Rotation[]> = fc.array(fc.record({ afterMs: pauseMs, isLeaked: fc.boolean() }), {
  maxLength: 10,
});

/** The keys as they stood at that moment. */
function keysAt(plan: Rotation[], momentMs: number): Key[] {
  let keys = [first];
  let ms = 0;
  for (const { afterMs, isLeaked } of plan) {
    ms += afterMs;
    if (ms > momentMs) break;
    keys = rotated(keys, at(ms), isLeaked);
  }
  return keys;
}

/** Moments at which something changes, and those just before. */
function turns(plan: Rotation[]): number[] {
  const keys = keysAt(plan, Infinity);
  const times = keys.flatMap(({ createdAt, signsFrom, publishedUntil }) => [
    createdAt,
    signsFrom,
    publishedUntil ?? signsFrom,
  ]);
  return times.map((time) => time.getTime() - start).flatMap((ms) => [ms, Math.max(0, ms - 1)]);
}

describe('whatever is rotated when (lti.md 7)', () => {
  test('there is always one key that signs, and it has been published for an hour, unless it had to be at once', () => {
    fc.assert(
      fc.property(rotations, (plan) => {
        for (const ms of turns(plan)) {
          const key = signingKey(keysAt(plan, ms), at(ms));
          expect(key && isPublished(key, at(ms))).toBe(true);
          if (key && !key.isUrgent) expect(ms - (key.createdAt.getTime() - start)).toBeGreaterThanOrEqual(hourMs);
        }
      }),
    );
  });

  test('what was signed verifies for as long as it lives, even with an hour-old copy of our keys, unless its key has leaked', () => {
    const copyMs = fc.constantFrom(0, 5 * minuteMs, hourMs);
    fc.assert(
      fc.property(rotations, copyMs, (plan, ageMs) => {
        for (const ms of turns(plan)) {
          const signer = signingKey(keysAt(plan, ms), at(ms));
          for (const later of [0, signatureLifeMs]) {
            const read = Math.max(0, ms + later - ageMs);
            const hasLeaked = keysAt(plan, ms + later).some(({ isUrgent, createdAt }) => {
              return isUrgent && createdAt.getTime() - start >= Math.min(ms, read) && createdAt > at(0);
            });
            if (hasLeaked) continue;
            const copy = keysAt(plan, read).filter((key) => isPublished(key, at(read)));
            expect(copy.map(({ name }) => name)).toContain(signer?.name);
          }
        }
      }),
    );
  });
});

test('a second key is refused while the first one waits, and not any more once it signs', () => {
  const once = rotated([first], at(0), false);
  const plan = (ms: number) => planRotation(once, { now: at(ms), isLeaked: false });
  expect(plan(1)).toEqual({ ok: false, code: 'rotation-under-way' });
  expect(plan(hourMs)).toMatchObject({ ok: true });
});

test('a leaked key signs nothing more and is published no longer, and neither is one that waited', () => {
  const waiting = rotated([first], at(0), false);
  const now = at(10 * minuteMs);
  const keys = rotated(waiting, now, true);
  expect(keys.filter((key) => isPublished(key, now)).map(({ name }) => name)).toEqual([2]);
  expect(signingKey(keys, now)?.name).toBe(2);
  expect(signingKey(keys, at(2 * hourMs))?.name).toBe(2);
});
