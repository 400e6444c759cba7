// How often a learner was right when they said how sure they were: what certainty-based marking is to teach.
import { assumedCertainty } from '../../questions/behaviours/certainty.ts';
import { certainties, type Certainty } from '../../questions/behaviours/behaviour.ts';
import { behaviourOf } from '../../questions/behaviours/registry.ts';
import { markQuestion } from '../../questions/mark-question.ts';
import { isMarked } from '../../quizzes/quiz.ts';
import type { AskedVersion } from '../asked.ts';
import type { Work } from '../attempt.ts';
import { countingQuestion, type Corrections } from '../correction.ts';

/**
 * Between which shares of right answers a certainty is the one that pays most: below 2/3 the first, above 4/5 the third. It follows
 * from the points, as c·1 < c·2 − 2·(1 − c) from 2/3 on and so forth; Moodle's `$lowlimit` and `$highlimit` are the same.
 */
const paysPercent: Record<Certainty, { from: number; to: number }> = {
  1: { from: 0, to: 67 },
  2: { from: 67, to: 80 },
  3: { from: 80, to: 100 },
};

export interface CalibrationRow {
  certainty: Certainty;
  answered: number;
  /** Wholly right. */
  right: number;
  /** Of 100; null where nothing was answered so. */
  rightPercent: number | null;
  pays: { from: number; to: number };
  /** `too-sure`: right less often than pays. `too-careful`: more often. Null where nothing was answered so. */
  verdict: 'fitting' | 'too-sure' | 'too-careful' | null;
}

/** One row a certainty; null where certainty is not asked, or nothing was answered. */
export function calibration(version: AskedVersion, work: Work, corrections: Corrections): CalibrationRow[] | null {
  if (!behaviourOf(version.behaviour).asksCertainty) return null;
  const outcomes = version.questions.flatMap(({ question, position }) => {
    const saved = work.get(position)?.saved ?? null;
    const correction = corrections.get(position) ?? null;
    if (saved === null || !isMarked(question) || correction?.kind === 'dropped') return [];
    const { state } = markQuestion(countingQuestion(question, correction), saved.response);
    return [{ certainty: saved.certainty ?? assumedCertainty, isRight: state === 'correct' }];
  });
  if (outcomes.length === 0) return null;
  return certainties.map((certainty) => {
    const those = outcomes.filter((outcome) => outcome.certainty === certainty);
    return rowOf(certainty, those.length, those.filter(({ isRight }) => isRight).length);
  });
}

function rowOf(certainty: Certainty, answered: number, right: number): CalibrationRow {
  const pays = paysPercent[certainty];
  if (answered === 0) return { certainty, answered, right, rightPercent: null, pays, verdict: null };
  const rightPercent = (100 * right) / answered;
  const verdict = rightPercent < pays.from ? 'too-sure' : rightPercent > pays.to ? 'too-careful' : 'fitting';
  return { certainty, answered, right, rightPercent, pays, verdict };
}
