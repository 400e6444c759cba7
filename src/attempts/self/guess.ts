// How many points a learner expects of an attempt, said before it is handed in: whoever compares that with what came of it learns
// how well they know what they know. Nobody has to say it, and nothing that counts reads it.
import type Fraction from 'fraction.js';
import { readNumber } from '../../questions/read-number.ts';

/** So much of what was typed is read, and shown again. */
const mostTyped = 20;

export type GuessProblem = 'not-a-number' | 'out-of-range';

/** What the field is shown with. */
export interface GuessField {
  /** What can be earned. */
  maximum: number;
  typed: string;
  problem: GuessProblem | null;
}

/**
 * The guess in a form or a journal's entry: points, with a comma or a point.
 *
 * @param maximum what can be earned
 * @returns exact points from 0 to the maximum; null for nothing typed
 */
export function readGuess(
  typed: string,
  maximum: Fraction,
): { ok: true; guess: Fraction | null } | { ok: false; problem: GuessProblem } {
  if (typed.trim() === '') return { ok: true, guess: null };
  const guess = readNumber(typed);
  if (!guess) return { ok: false, problem: 'not-a-number' };
  return guess.gte(0) && guess.lte(maximum) ? { ok: true, guess } : { ok: false, problem: 'out-of-range' };
}

/** The field with what stands in it; null where nothing can be earned. */
export function guessField(typed: string, maximum: Fraction): GuessField | null {
  if (maximum.equals(0)) return null;
  const read = readGuess(typed, maximum);
  return { maximum: maximum.valueOf(), typed: typed.slice(0, mostTyped), problem: read.ok ? null : read.problem };
}
