// How often who was how sure was right, against what honesty would be.
import { expect, test } from '@jest/globals';
import { wholeVersion, type AskedVersion } from '../../src/attempts/asked.ts';
import { uncutScore, attemptScore } from '../../src/attempts/attempt.ts';
import { calibration } from '../../src/attempts/checking/calibration.ts';
import type { Certainty } from '../../src/questions/behaviours/behaviour.ts';
import { choice, versionOf } from '../support/gradings.ts';
import { answered } from '../support/work.ts';

/** Six questions whose right option is the first. */
const version: AskedVersion = {
  ...wholeVersion(
    versionOf(
      1,
      Array.from({ length: 6 }, (_, index) => choice(`Question ${index}`, 0)),
    ),
  ),
  behaviour: 'deferred-certainty',
};

const worked = (...given: ([right: boolean, certainty: Certainty | null] | null)[]) =>
  new Map(
    given.flatMap((one, position) =>
      one === null ? [] : [[position, answered({ choice: one[0] ? 0 : 1 }, one[1])] as const],
    ),
  );

test('Ada is told where she was too sure, where too careful, and where it fitted', () => {
  const rows = calibration(
    version,
    worked([true, 3], [false, 3], [true, 2], [true, 1], [false, null], null),
    new Map(),
  );
  expect(rows?.map(({ answered: all, right, rightPercent, verdict }) => [all, right, rightPercent, verdict])).toEqual([
    [2, 1, 50, 'fitting'],
    [1, 1, 100, 'too-careful'],
    [2, 1, 50, 'too-sure'],
  ]);
});

test('What was never chosen has no verdict, a dropped question does not count, and a corrected key does', () => {
  const work = worked([true, 3], [false, 3], null, null, null, null);
  const corrections = new Map([
    [0, { kind: 'dropped' as const }],
    [1, { kind: 'key' as const, question: choice('Question 1', 1) }],
  ]);
  const rows = calibration(version, work, corrections);
  expect(rows?.map(({ answered: all, right, verdict }) => [all, right, verdict])).toEqual([
    [0, 0, null],
    [0, 0, null],
    [1, 1, 'fitting'],
  ]);
});

test('There is no picture where nobody asked, and none of an empty attempt', () => {
  expect(calibration({ ...version, behaviour: 'deferred' }, worked([true, 3]), new Map())).toBeNull();
  expect(calibration(version, new Map(), new Map())).toBeNull();
});

test('The sum by certainty may leave the bounds, the grade does not', () => {
  const all = worked([true, 3], [true, 3], [true, 3], [true, 3], [true, 3], [true, 3]);
  expect(uncutScore(version, all, new Map()).sum.toFraction()).toBe('18');
  expect(attemptScore(version, all, new Map()).points.toFraction()).toBe('6');
  const none = worked([false, 3], [false, 3]);
  expect(uncutScore(version, none, new Map()).sum.toFraction()).toBe('-12');
  expect(attemptScore(version, none, new Map()).points.toFraction()).toBe('0');
  const mixed = worked([true, 3], [true, 1], [false, 2]);
  expect(attemptScore(version, mixed, new Map()).points.toFraction()).toBe('2');
});
