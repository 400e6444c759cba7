// What views/questions/question.ejs is given: a question to be answered, or one whose result is shown.
import type { Content } from './content.ts';
import { markQuestion } from './mark-question.ts';
import type { QuestionState } from './mark-question.ts';
import { parseStoredResponse } from './response.ts';
import { typeOf } from './question.ts';
import type { Question, QuestionTypeName } from './question.ts';
import type { Order } from './question-type.ts';

/** A question to be answered; `view` is what the type's own partial shows. It holds no trace of the key. */
export type PresentedQuestion = {
  mode: 'answering';
  type: QuestionTypeName;
  /** Whether there is anything to answer. */
  asks: boolean;
  text: Content;
  /** Whether the view stands in the text's gaps; see `QuestionType.gaps`. */
  hasGaps: boolean;
  /** How to answer: a message under `questions` in src/i18n. */
  hint: string | null;
  /** A script in public/ that the page brings along, without its ending. */
  script: string | null;
  view: object;
};

/** A question with its result; `state` says how it went. */
export type ReviewedQuestion = {
  mode: 'review';
  type: QuestionTypeName;
  asks: boolean;
  text: Content;
  hasGaps: boolean;
  view: object;
  state: QuestionState;
  generalFeedback: Content | null;
};

/**
 * A question as the student may see it before submission.
 *
 * @param stored the answer saved so far, or null; it is filled in
 */
export function presentQuestion(question: Question, order: Order, stored: unknown): PresentedQuestion {
  const response = parseStoredResponse(question, stored);
  const type = typeOf(question);
  return {
    mode: 'answering',
    type: question.type,
    asks: type.marking !== 'none',
    text: question.text,
    hasGaps: type.gaps !== undefined,
    hint: type.hint ?? null,
    script: type.script ?? null,
    view: type.present(question.details, order, response),
  };
}

/** A question with its key, what was answered and what the author says to it. Only for those who may see the key. */
export function reviewQuestion(question: Question, order: Order, stored: unknown): ReviewedQuestion {
  const response = parseStoredResponse(question, stored);
  const type = typeOf(question);
  return {
    mode: 'review',
    type: question.type,
    asks: type.marking !== 'none',
    text: question.text,
    hasGaps: type.gaps !== undefined,
    view: type.review(question.details, order, response),
    state: markQuestion(question, stored).state,
    generalFeedback: question.generalFeedback,
  };
}
