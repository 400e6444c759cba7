// Certainty-based marking: who is sure and right earns more, who is sure and wrong loses. Points as in Moodle (`question_cbm` in
// question/behaviour/behaviourbase.php), after A. Gardner-Medwin.
import Fraction from 'fraction.js';
import type { Behaviour, Certainty, MarkedTry, Settled } from './behaviour.ts';
import { deferred } from './deferred.ts';
import { immediate } from './immediate.ts';

const points: Record<Certainty, { right: number; wrong: number }> = {
  1: { right: 1, wrong: 0 },
  2: { right: 2, wrong: -2 },
  3: { right: 3, wrong: -6 },
};

/** What counts where none was chosen: it never costs anything. */
export const assumedCertainty: Certainty = 1;

/** The most that certainty makes of a question's points. */
export const mostCertain = 3;

/** What an answer is worth as a multiple of its question's points: partly right is that part of what right earns. */
export function withCertainty(share: Fraction, certainty: Certainty | null): Fraction {
  const { right, wrong } = points[certainty ?? assumedCertainty];
  return share.gt(0) ? share.mul(right) : new Fraction(wrong);
}

function settleCertainty(deciding: MarkedTry | null): Settled {
  const nothing = new Fraction(0);
  // What was not answered was not wrong either.
  if (deciding === null) return { share: nothing, answerShare: nothing };
  return { share: withCertainty(deciding.share, deciding.certainty), answerShare: deciding.share };
}

export const deferredCertainty: Behaviour<'deferred-certainty'> = {
  ...deferred,
  name: 'deferred-certainty',
  asksCertainty: true,
  settle: ({ saved }) => settleCertainty(saved),
};

export const immediateCertainty: Behaviour<'immediate-certainty'> = {
  ...immediate,
  name: 'immediate-certainty',
  asksCertainty: true,
  settle: ({ checked, saved }) => settleCertainty(checked[0] ?? saved),
};
