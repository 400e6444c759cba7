// Each question is checked once, and closed with that. What was never checked counts as it stands at handing in.
import Fraction from 'fraction.js';
import type { Behaviour } from './behaviour.ts';

export const immediate: Behaviour<'immediate'> = {
  name: 'immediate',
  hasChecks: true,
  asksCertainty: false,
  hasPenalty: false,
  mostChecks: () => 1,

  settle({ checked, saved }) {
    const share = (checked[0] ?? saved)?.share ?? new Fraction(0);
    return { share, answerShare: share };
  },
};
