// An attempt as pages show it: to be answered, or to be read with its marks.
import { presentQuestion, reviewQuestion } from '../questions/question-view.ts';
import { isMarked, optionOrder, placedQuestions, type QuizVersion } from '../quizzes/quiz.ts';
import type { Attempt, Responses } from './attempt.ts';
import { countingQuestion, markCorrected, type Corrections } from './correction.ts';
import { responseDigest } from './response-digest.ts';
import { fieldName } from './save-answers.ts';

/** An attempt with all that its questions are shown by. */
export interface AttemptContent {
  attempt: Attempt;
  version: QuizVersion;
  responses: Responses;
}

/** The questions of an open attempt in the learner's order, each with what was saved. */
export function questionsOf({ attempt, version, responses }: AttemptContent) {
  return placedQuestions(version.questions, attempt.seed).map(({ position, label, question }) => ({
    label,
    field: fieldName(position),
    isAnswered: responses.has(position),
    shown: responseDigest(responses.get(position) ?? null),
    question: presentQuestion(question, optionOrder(attempt.seed, position), responses.get(position) ?? null),
  }));
}

/** The same of a submitted one, with key, marks and feedback as they count now, and what was corrected. */
export function reviewsOf({ attempt, version, responses }: AttemptContent, corrections: Corrections) {
  return placedQuestions(version.questions, attempt.seed).map(({ position, label, question }) => {
    const response = responses.get(position) ?? null;
    const correction = corrections.get(position) ?? null;
    const mark = markCorrected(question, correction, response);
    const counting = countingQuestion(question, correction);
    return {
      label,
      field: fieldName(position),
      question: { ...reviewQuestion(counting, optionOrder(attempt.seed, position), response), state: mark.state },
      correction: correction?.kind ?? null,
      points: mark.points.valueOf(),
      // What nobody can mark here yet is worth nothing yet.
      maximum: isMarked(question) ? mark.maximum.valueOf() : 0,
    };
  });
}
