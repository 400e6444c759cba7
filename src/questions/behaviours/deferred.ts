// The answer that stands when the attempt is handed in counts, and nothing is said before that.
import Fraction from 'fraction.js';
import type { Behaviour } from './behaviour.ts';

export const deferred: Behaviour<'deferred'> = {
  name: 'deferred',
  hasChecks: false,
  asksCertainty: false,
  hasPenalty: false,
  mostChecks: () => 0,

  settle({ saved }) {
    const share = saved?.share ?? new Fraction(0);
    return { share, answerShare: share };
  },
};
