// A question that takes no more answers, with as much of its result as its reader may see. What may not be seen is not in it, so no
// view can show it by mistake.
import type { Certainty } from '../../questions/behaviours/behaviour.ts';
import type { QuestionWork } from '../../questions/behaviours/work.ts';
import type { Question } from '../../questions/question.ts';
import type { Order } from '../../questions/question-type.ts';
import {
  givenQuestion,
  reviewQuestion,
  type GivenQuestion,
  type ReviewedQuestion,
} from '../../questions/question-view.ts';
import { silentQuestion } from '../../questions/silent-question.ts';
import type { MayShow } from '../../quizzes/review-settings.ts';
import type { CorrectedMark } from '../correction.ts';

/** `state`: null where it may not be said whether it was right. */
export type ShownQuestion = (Omit<ReviewedQuestion, 'state'> | Omit<GivenQuestion, 'state'>) & {
  state: CorrectedMark['state'] | null;
};

/** What is shown beside a question. */
export interface ShownResult {
  question: ShownQuestion;
  /** Null where points may not be seen, and while an answer waits for a person's mark: that is not zero. */
  points: { earned: number; maximum: number } | null;
  /** How sure the learner was; null where nobody asked or nothing was answered. */
  certainty: Certainty | null;
}

/**
 * @param counting the question by whose key it counts
 * @param mark what the work earns by that
 */
export function shownResult(
  { counting, order, work, isCounted }: { counting: Question; order: Order; work: QuestionWork; isCounted: boolean },
  mark: CorrectedMark,
  mayShow: MayShow,
): ShownResult {
  const answer = work.saved?.response ?? null;
  const generalFeedback = mayShow('general-feedback') ? counting.generalFeedback : null;
  const state = mayShow('correctness') ? mark.state : null;
  return {
    question: mayShow('right-answer')
      ? {
          ...reviewQuestion(mayShow('specific-feedback') ? counting : silentQuestion(counting), order, answer),
          state,
          generalFeedback,
        }
      : { ...givenQuestion(counting, order, answer), state, generalFeedback, feedback: feedbackIn(mark, mayShow) },
    points:
      mayShow('points') && mark.state !== 'waiting'
        ? { earned: mark.points.valueOf(), maximum: isCounted ? mark.maximum.valueOf() : 0 }
        : null,
    certainty: work.saved?.certainty ?? null,
  };
}

function feedbackIn(mark: CorrectedMark, mayShow: MayShow) {
  return mayShow('specific-feedback') ? mark.feedback : [];
}
