// Checked as often as one likes: each try is worth its share less a penalty for every one before it, and the best counts (Moodle's
// "adaptive mode", question/behaviour/adaptive/behaviour.php). The same answer a second time is no try; Moodle says so of two in a
// row, here it holds for any two. What is right cannot become better, so it closes the question.
import Fraction from 'fraction.js';
import type { Behaviour } from './behaviour.ts';

export const adaptive: Behaviour<'adaptive'> = {
  name: 'adaptive',
  hasChecks: true,
  asksCertainty: false,
  hasPenalty: true,
  mostChecks: () => null,

  settle({ checked, saved }, { penalty }) {
    const tries = saved === null || saved.isChecked ? checked : [...checked, saved];
    const nothing = { share: new Fraction(0), answerShare: tries.at(-1)?.share ?? new Fraction(0) };
    return tries
      .map(({ share }, before) => ({ share: share.sub(penalty.mul(before)), answerShare: share }))
      .reduce((best, next) => (next.share.gt(best.share) ? next : best), nothing);
  },
};
