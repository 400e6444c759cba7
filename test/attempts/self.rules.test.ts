// What learners are told about themselves, by rules alone.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { guessGap } from '../../src/attempts/self/gap.ts';
import { guessField, readGuess } from '../../src/attempts/self/guess.ts';

const points = (value: string | number) => new Fraction(value);

test.each([
  ['', null],
  ['   ', null],
  ['12', '12'],
  ['7,5', '7.5'],
  ['7.5', '7.5'],
  ['0', '0'],
  ['20', '20'],
  ['20,1', 'out-of-range'],
  ['-1', 'out-of-range'],
  ['twelve', 'not-a-number'],
  ['12 of 20', 'not-a-number'],
])('Who writes %j expects %p of 20 points', (typed, expected) => {
  const read = readGuess(typed, points(20));
  expect(read.ok ? (read.guess?.toString() ?? null) : read.problem).toBe(expected);
});

test('Where nothing can be earned, nobody is asked', () => {
  expect(guessField('', points(0))).toBeNull();
  expect(guessField('twelve', points(20))).toEqual({ maximum: 20, typed: 'twelve', problem: 'not-a-number' });
});

test.each([
  ['12', '9', 'too-sure', 3],
  ['9', '12', 'too-careful', 3],
  ['12', '10', 'fitting', 2],
  ['10', '12', 'fitting', 2],
  ['12.1', '10', 'too-sure', 2.1],
])('Aziz guesses %s of 20, has %s: %s', (guess, earned, verdict, off) => {
  const attempt = { guess: points(guess), points: points(earned), maximumPoints: points(20), unmarked: 0 };
  expect(guessGap(attempt)).toMatchObject({ verdict, off });
});

test('Nobody is told how far off they were before all is marked', () => {
  const attempt = { guess: points(1), points: points(0), maximumPoints: points(2), unmarked: 1 };
  expect(guessGap(attempt)).toBeNull();
  expect(guessGap({ ...attempt, unmarked: 0, guess: null })).toBeNull();
});

test('Whatever is guessed, too sure and too careful mirror each other', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), (one, other) => {
      const gap = (guess: number, earned: number) =>
        guessGap({ guess: points(guess), points: points(earned), maximumPoints: points(20), unmarked: 0 });
      const mirrored = { 'too-sure': 'too-careful', 'too-careful': 'too-sure', fitting: 'fitting' };
      expect(gap(one, other)?.verdict).toBe(mirrored[gap(other, one)?.verdict ?? 'fitting']);
    }),
  );
});
