// An attempt: open until it is handed in, marked by the version it was begun with and what was corrected in it since.
import Fraction from 'fraction.js';
import { isMarked, type QuizSettings, type QuizVersion } from '../quizzes/quiz.ts';
import { markCorrected, type Corrections } from './correction.ts';

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
  /** Whether it was handed in because its time was over. */
  isTimedOut: boolean;
  /** Exact; null while it is open. */
  points: Fraction | null;
  maximumPoints: Fraction | null;
}

/** What was answered, by the question's position in the quiz version. */
export type Responses = ReadonlyMap<number, unknown>;

/** What an attempt earns in all, exact; what no machine marks is in neither number, nor is what was dropped. */
export function attemptScore(
  version: Pick<QuizVersion, 'questions'>,
  responses: Responses,
  corrections: Corrections,
): { points: Fraction; maximumPoints: Fraction } {
  const marks = version.questions.flatMap((question, position) =>
    isMarked(question)
      ? [markCorrected(question, corrections.get(position) ?? null, responses.get(position) ?? null)]
      : [],
  );
  const nothing = new Fraction(0);
  return {
    points: marks.reduce((sum, { points }) => sum.add(points), nothing),
    maximumPoints: marks.reduce((sum, { maximum }) => sum.add(maximum), nothing),
  };
}

/** Whether a learner with so many attempts may begin another. */
export function mayStartAnother(made: number, { attemptsAllowed }: QuizSettings): boolean {
  return attemptsAllowed === null || made < attemptsAllowed;
}
