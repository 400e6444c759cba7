// An attempt as pages show it: to be answered, or to be read with its marks.
import { isClosed, noWork } from '../questions/behaviours/work.ts';
import { presentQuestion } from '../questions/question-view.ts';
import { isCounted, optionOrder, placedQuestions, type PlacedQuestion } from '../quizzes/quiz.ts';
import type { MayShow } from '../quizzes/review-settings.ts';
import type { AskedVersion } from './asked.ts';
import type { Attempt, Work } from './attempt.ts';
import { certaintyAsked, checkView } from './checking/check-view.ts';
import { countingQuestion, markCorrected, type Corrections } from './correction.ts';
import { answerDigest } from './response-digest.ts';
import { shownResult } from './review/shown-question.ts';
import { fieldName } from './field-name.ts';
import type { AnswerFile } from './files/answer-file.store.ts';
import { listedFiles } from './files/file-view.ts';
import { shownMark } from './marking/mark-view.ts';

/** An attempt with all that its questions are shown by. */
export interface AttemptContent {
  attempt: Attempt;
  version: AskedVersion;
  work: Work;
  /** Of all its answers. */
  files: readonly AnswerFile[];
}

/**
 * The questions of an open attempt in the learner's order, each with what was saved. One that is closed by its checks has its result.
 *
 * @param mayShow what may be said of a question that was checked
 */
export function questionsOf(content: AttemptContent, corrections: Corrections, mayShow: MayShow) {
  const { attempt, version, work } = content;
  return placedQuestions(version, attempt.seed).map((placed) => {
    const { position, label, heading, question } = placed;
    const done = work.get(position) ?? noWork;
    return {
      label,
      heading,
      field: fieldName(position),
      isAnswered: done.saved !== null,
      shown: answerDigest(done.saved),
      round: done.round,
      question: presentQuestion(
        question,
        optionOrder(attempt.seed, position, done.round),
        done.saved?.response ?? null,
      ),
      files: listedFiles(question, position, content.files),
      check: checkView(question, done, version, mayShow),
      certainty: certaintyAsked(question, done, version),
      closed: isClosed(question, done, version) ? resultOf(placed, content, corrections, mayShow) : null,
    };
  });
}

/** The same of a submitted one, with marks as they count now, and what was corrected; as much of it as may be shown. */
export function reviewsOf(content: AttemptContent, corrections: Corrections, mayShow: MayShow) {
  return placedQuestions(content.version, content.attempt.seed).map((placed) =>
    resultOf(placed, content, corrections, mayShow),
  );
}

function resultOf(
  { position, label, heading, question }: PlacedQuestion,
  { attempt, version, work, files }: AttemptContent,
  corrections: Corrections,
  mayShow: MayShow,
) {
  const done = work.get(position) ?? noWork;
  const correction = corrections.get(position) ?? null;
  const counting = countingQuestion(question, correction);
  const order = optionOrder(attempt.seed, position, done.round);
  const mark = markCorrected(question, correction, done, version);
  return {
    label,
    heading,
    field: fieldName(position),
    correction: correction?.kind ?? null,
    checkCount: done.checks.length,
    round: done.round,
    position,
    files: listedFiles(question, position, files),
    handMark: shownMark(question, done, correction, mayShow),
    ...shownResult({ counting, order, work: done, isCounted: isCounted(question, version) }, mark, mayShow),
  };
}
