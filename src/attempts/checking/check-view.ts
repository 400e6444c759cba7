// What stands beside a question that is still open: what came of its checks so far, and the button for another.
import { behaviourOf } from '../../questions/behaviours/registry.ts';
import type { Certainty } from '../../questions/behaviours/behaviour.ts';
import {
  checksLeft,
  isCheckable,
  markWork,
  penaltyOf,
  type AskingRule,
  type QuestionWork,
} from '../../questions/behaviours/work.ts';
import type { Content } from '../../questions/content.ts';
import { markQuestion, stateOf, type QuestionState } from '../../questions/mark-question.ts';
import type { Question } from '../../questions/question.ts';
import { isMarked } from '../../quizzes/quiz.ts';
import type { MayShow } from '../../quizzes/review-settings.ts';

export interface CheckView {
  made: number;
  /** Null: as often as one likes. */
  left: number | null;
  /** What a wrong try costs, as a share of the points; null where it costs nothing. */
  penalty: number | null;
  /** What is said of the last check; null before the first. */
  last: CheckResult | null;
}

interface CheckResult {
  /** Null where it may not be said. */
  state: QuestionState | null;
  /** What the question earns if nothing follows; null where it may not be said. */
  points: { earned: number; maximum: number } | null;
  feedback: readonly Content[];
  hint: Content | null;
}

/** Null for a question that is not checked by itself. Nothing of the key is in it but what its last check was told. */
export function checkView(
  question: Question,
  work: QuestionWork,
  rule: AskingRule,
  mayShow: MayShow,
): CheckView | null {
  if (!isCheckable(question, rule)) return null;
  const { checks } = work;
  const penalty = penaltyOf(question, rule);
  const left = checksLeft(question, work, rule);
  return {
    made: checks.length,
    left,
    penalty: behaviourOf(rule.behaviour).hasPenalty && penalty.gt(0) && left !== 1 ? penalty.valueOf() : null,
    last: lastResult(question, work, rule, mayShow),
  };
}

function lastResult(question: Question, work: QuestionWork, rule: AskingRule, mayShow: MayShow): CheckResult | null {
  const last = work.checks.at(-1);
  if (!last) return null;
  const earned = markWork(question, { checks: work.checks, saved: last }, rule);
  return {
    state: mayShow('correctness') ? stateOf(last.fraction) : null,
    points: mayShow('points') ? { earned: earned.points.valueOf(), maximum: earned.maximum.valueOf() } : null,
    feedback: mayShow('specific-feedback') ? markQuestion(question, last.response).feedback : [],
    hint: question.hints?.[work.checks.length - 1]?.text ?? null,
  };
}

/** What is asked of how sure a learner is; null where nobody asks. `chosen` is null before they have said it. */
export function certaintyAsked(
  question: Question,
  work: QuestionWork,
  { behaviour }: AskingRule,
): { chosen: Certainty | null } | null {
  if (!isMarked(question) || !behaviourOf(behaviour).asksCertainty) return null;
  return { chosen: work.saved?.certainty ?? null };
}
