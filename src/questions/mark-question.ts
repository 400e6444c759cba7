// What an answer to a question earns.
import Fraction from 'fraction.js';
import type { Content } from './content.ts';
import { parseStoredResponse } from './response.ts';
import { typeOf } from './question.ts';
import type { Question } from './question.ts';

/** `waiting`: a person has to mark it. `information`: it asked nothing. */
export type QuestionState = 'correct' | 'partial' | 'incorrect' | 'unanswered' | 'waiting' | 'information';

export type MarkedQuestion = {
  /** Exact; 0 while waiting. */
  points: Fraction;
  /** Exact; what the question is worth. 0 if it asked nothing. */
  maximum: Fraction;
  state: QuestionState;
  /** What the author says to the answers chosen; the question's general feedback is not in it. */
  feedback: readonly Content[];
};

/**
 * Marks one answer. Points are never below 0 and never above the maximum, whatever the weights of the options add up to.
 *
 * @param stored the response as it was stored, or null for none
 * @throws if `stored` was not made by this question's type: a fault of ours
 */
export function markQuestion(question: Question, stored: unknown): MarkedQuestion {
  const type = typeOf(question);
  const nothing = new Fraction(0);
  if (type.marking === 'none') return { points: nothing, maximum: nothing, state: 'information', feedback: [] };

  const maximum = new Fraction(question.points);
  const response = parseStoredResponse(question, stored);
  if (response === null) return { points: nothing, maximum, state: 'unanswered', feedback: [] };
  if (type.marking === 'manual') return { points: nothing, maximum, state: 'waiting', feedback: [] };

  const mark = type.mark(question.details, response);
  const share = mark.fraction.lt(0) ? nothing : mark.fraction.gt(1) ? new Fraction(1) : mark.fraction;
  return { points: maximum.mul(share), maximum, state: stateOf(share), feedback: mark.feedback };
}

/** How an answer went that is worth this share of its points. */
export function stateOf(share: Fraction): QuestionState {
  if (share.equals(0)) return 'incorrect';
  return share.equals(1) ? 'correct' : 'partial';
}
