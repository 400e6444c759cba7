// An answer as the fields of a page say it.
import type { GivenAnswer } from '../questions/behaviours/work.ts';
import { noWork } from '../questions/behaviours/work.ts';
import { filesOf } from '../questions/hand-marking.ts';
import { typeOf } from '../questions/question.ts';
import type { FieldReader } from '../questions/question-type.ts';
import { parseResponse } from '../questions/response.ts';
import { optionOrder, type AskedQuestion } from '../quizzes/quiz.ts';
import type { AskedVersion } from './asked.ts';
import type { Attempt, Work } from './attempt.ts';
import { readCertainty } from './checking/certainty-field.ts';
import type { AnswerFile } from './files/answer-file.store.ts';

/**
 * Null if there is none, or it makes no sense.
 *
 * @param read the fields of the question
 * @param files of the whole attempt; a page neither adds nor takes any (files/keep-file.ts)
 */
export function givenAnswer(
  { question, position }: AskedQuestion,
  read: FieldReader,
  {
    attempt,
    version,
    work,
    files,
  }: { attempt: Pick<Attempt, 'seed'>; version: AskedVersion; work: Work; files: readonly AnswerFile[] },
): GivenAnswer | null {
  const { round } = work.get(position) ?? noWork;
  const typed = parseResponse(question, read, optionOrder(attempt.seed, position, round));
  const keys = files.filter((file) => file.position === position).map(({ sha256 }) => sha256);
  const response = filesOf(question) ? (typeOf(question).withFiles?.(typed, keys) ?? null) : typed;
  return response && { response, certainty: readCertainty(read, version) };
}
