// After a wrong try there is a hint and another try, and each wrong one costs a penalty (Moodle's "interactive with multiple tries",
// question/behaviour/interactive/behaviour.php). One right try, or the last of them, closes the question.
import Fraction from 'fraction.js';
import type { Behaviour } from './behaviour.ts';

/**
 * Without a hint there are three. Moodle gives one try then, so that a teacher who chose several tries for questions without hints
 * is surprised; three is what its form for a new question comes to, with a third of the points for each wrong one.
 */
const triesWithoutHints = 3;

export const severalTries: Behaviour<'several-tries'> = {
  name: 'several-tries',
  hasChecks: true,
  asksCertainty: false,
  hasPenalty: true,
  mostChecks: (hintCount) => (hintCount === 0 ? triesWithoutHints : hintCount + 1),

  settle({ checked, saved }, { penalty, mostChecks }) {
    // Marked again by another key, an earlier try may be the one that closes: what came after it does not count.
    const isClosing = ({ share }: { share: Fraction }, index: number) => share.equals(1) || index + 1 === mostChecks;
    const closing = checked.findIndex(isClosing);
    const deciding = closing === -1 ? saved : checked[closing];
    // Who hands in after a wrong try has had it, also where the answer still is the same (`process_finish` there).
    const wrong = closing === -1 ? checked.length : closing;
    const answerShare = deciding?.share ?? new Fraction(0);
    const share = answerShare.sub(penalty.mul(wrong));
    return { share: share.lt(0) ? new Fraction(0) : share, answerShare };
  },
};
