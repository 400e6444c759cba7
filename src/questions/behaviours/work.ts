// What one learner did with one question, and what it earns by the rule that it is asked under.
import { isDeepStrictEqual } from 'node:util';
import Fraction from 'fraction.js';
import { markQuestion, stateOf, type MarkedQuestion } from '../mark-question.ts';
import { typeOf, type Question } from '../question.ts';
import type { Certainty, MarkedTry } from './behaviour.ts';
import { behaviourOf, type BehaviourName } from './registry.ts';

/** An answer as it is stored. */
export interface GivenAnswer {
  /** As the question's type keeps it. */
  response: unknown;
  certainty: Certainty | null;
}

/** An answer that was checked, and what the learner was told of it then. */
export interface AnswerCheck extends GivenAnswer {
  /** Exact, from 0 to 1. */
  fraction: Fraction;
}

export interface QuestionWork {
  /** What stands in the form; null for nothing. */
  saved: GivenAnswer | null;
  /** In order; since the question was last asked anew. */
  checks: readonly AnswerCheck[];
  /** How often it was asked anew; what was done before that counts no more. */
  round: number;
  /** How many checks there were in earlier rounds. */
  earlierChecks: number;
  /** What a person gave for it last; absent: nobody has marked it. */
  handMark?: HandMark;
}

/** A mark that a person gave. */
export interface HandMark {
  /** 1 for the first mark of the answer, 2 for the one that took its place … */
  number: number;
  /** Exact. */
  points: Fraction;
  /** For each criterion of the rubric the place of the level that was picked; null without a rubric. */
  levels: readonly number[] | null;
  /** As it was typed; empty for nothing. */
  comment: string;
  markedAt: Date;
  /** Our key of the person. */
  markedBy: number;
  /** Null where the LMS says no name. */
  markedByName: string | null;
}

export const noWork: QuestionWork = { saved: null, checks: [], round: 0, earlierChecks: 0 };

/** The rule of a quiz version. */
export interface AskingRule {
  behaviour: BehaviourName;
  /** What a wrong try costs where the question does not say it: an exact share. */
  penalty: string;
  /** Whether people mark what no machine can; without it, such answers count for nothing. */
  marksByHand?: boolean;
}

/** Whether a person has to mark such a question, and its points count. */
export function isMarkedByHand(question: Pick<Question, 'type' | 'points'>, { marksByHand }: HandRule): boolean {
  return marksByHand === true && typeOf(question).marking === 'manual' && new Fraction(question.points).compare(0) > 0;
}

export type HandRule = Pick<AskingRule, 'marksByHand'>;

/**
 * What the work on a question earns. Where certainty counts, that may be below 0 and three times the maximum; elsewhere it is between
 * 0 and the maximum. What no machine marks earns what a person gave, and is not touched by how the others are asked.
 *
 * @param question whose key marks; the tries are marked anew by it, whatever was said when they were made
 * @returns with the state of the answer that decided, and the feedback to the one that stands
 */
export function markWork(
  question: Question,
  work: Pick<QuestionWork, 'saved' | 'checks' | 'handMark'>,
  rule: AskingRule,
): MarkedQuestion {
  const standing = markQuestion(question, work.saved?.response ?? null);
  if (isMarkedByHand(question, rule)) return withHandMark(standing, work.handMark);
  if (typeOf(question).marking !== 'automatic') return standing;
  if (work.saved === null && work.checks.length === 0) return standing;
  const marked = ({ response, certainty }: GivenAnswer): MarkedTry => ({
    share: markQuestion(worthOne(question), response).points,
    certainty,
  });
  const { saved, checks } = work;
  const tries = {
    checked: checks.map(marked),
    saved: saved && { ...marked(saved), isChecked: wasChecked(saved.response, checks) },
  };
  const settled = behaviourOf(rule.behaviour).settle(tries, {
    penalty: penaltyOf(question, rule),
    mostChecks: mostChecksOf(question, rule),
  });
  return {
    points: new Fraction(question.points).mul(settled.share),
    maximum: standing.maximum,
    state: stateOf(settled.answerShare),
    feedback: standing.feedback,
  };
}

function withHandMark(standing: MarkedQuestion, mark: HandMark | undefined): MarkedQuestion {
  if (standing.state !== 'waiting' || !mark) return standing;
  const { maximum } = standing;
  return { ...standing, points: mark.points, state: stateOf(mark.points.div(maximum)) };
}

/** Whether this very answer was checked already. */
export function wasChecked(response: unknown, checks: readonly GivenAnswer[]): boolean {
  return checks.some((check) => isDeepStrictEqual(check.response, response));
}

/** Whether the learner can have it checked while the attempt is open; it may be closed by now. */
export function isCheckable(question: Question, { behaviour }: AskingRule): boolean {
  return behaviourOf(behaviour).hasChecks && typeOf(question).marking === 'automatic';
}

/**
 * Whether the question takes no more answers though the attempt is open. That follows from what its learner was told, not from a key
 * that was corrected since: who has seen the right answer gets no other try.
 */
export function isClosed(question: Question, { checks }: QuestionWork, rule: AskingRule): boolean {
  if (!isCheckable(question, rule)) return false;
  const most = mostChecksOf(question, rule);
  return checks.some(({ fraction }) => fraction.equals(1)) || (most !== null && checks.length >= most);
}

/** How often the question may still be checked; null: as often as one likes. */
export function checksLeft(question: Question, { checks }: QuestionWork, rule: AskingRule): number | null {
  const most = mostChecksOf(question, rule);
  return most === null ? null : Math.max(0, most - checks.length);
}

/** What a wrong try costs: by the question's own word, or by the quiz's. */
export function penaltyOf(question: Question, rule: AskingRule): Fraction {
  return new Fraction(question.penalty ?? rule.penalty);
}

function mostChecksOf(question: Question, { behaviour }: AskingRule): number | null {
  return behaviourOf(behaviour).mostChecks(question.hints?.length ?? 0);
}

function worthOne(question: Question): Question {
  return { ...question, points: '1' };
}
