// An attempt: open until it is handed in, marked by the version it was begun with.
import Fraction from 'fraction.js';
import { markQuestion } from '../questions/mark-question.ts';
import { isMarked, maximumPoints, type QuizSettings, type QuizVersion } from '../quizzes/quiz.ts';

/** One learner's attempt as it stands in the database. */
export interface Attempt {
  id: number;
  placementId: number;
  personId: number;
  quizVersionId: number;
  number: number;
  seed: string;
  startedAt: Date;
  /** Null while it is open. */
  submittedAt: Date | null;
  /** Exact; null while it is open. */
  points: Fraction | null;
  maximumPoints: Fraction | null;
}

/** What was answered, by the question's position in the quiz version. */
export type Responses = ReadonlyMap<number, unknown>;

/** What an attempt earns in all, exact; what no machine marks is in neither number. */
export function attemptScore(
  version: QuizVersion,
  responses: Responses,
): { points: Fraction; maximumPoints: Fraction } {
  const points = version.questions
    .map((question, position) => ({ question, response: responses.get(position) ?? null }))
    .filter(({ question }) => isMarked(question))
    .reduce((sum, { question, response }) => sum.add(markQuestion(question, response).points), new Fraction(0));
  return { points, maximumPoints: maximumPoints(version.questions) };
}

/** Whether a learner with so many attempts may begin another. */
export function mayStartAnother(made: number, { attemptsAllowed }: QuizSettings): boolean {
  return attemptsAllowed === null || made < attemptsAllowed;
}
