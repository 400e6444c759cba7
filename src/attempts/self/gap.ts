// How far off a learner's guess was.
import type Fraction from 'fraction.js';
import type { Attempt } from '../attempt.ts';

/** A guess counts as fitting up to this share of all points beside what came of it. */
const fittingShare = '1/10';

export interface GuessGap {
  guess: number;
  points: number;
  maximum: number;
  /** How many points the guess was off, whichever way. */
  off: number;
  /** `too-sure`: more was expected than came of it. `too-careful`: less. */
  verdict: 'fitting' | 'too-sure' | 'too-careful';
}

/** Null where nobody guessed, nothing can be earned, or answers wait for a person's mark: then the points are not known yet. */
export function guessGap({
  guess,
  points,
  maximumPoints,
  unmarked,
}: Pick<Attempt, 'guess' | 'points' | 'maximumPoints' | 'unmarked'>): GuessGap | null {
  if (!guess || !points || !maximumPoints || maximumPoints.equals(0) || unmarked > 0) return null;
  const off = guess.sub(points);
  return {
    guess: guess.valueOf(),
    points: points.valueOf(),
    maximum: maximumPoints.valueOf(),
    off: off.abs().valueOf(),
    verdict: isWithin(off, maximumPoints) ? 'fitting' : off.gt(0) ? 'too-sure' : 'too-careful',
  };
}

function isWithin(off: Fraction, maximum: Fraction): boolean {
  return off.abs().lte(maximum.mul(fittingShare));
}
