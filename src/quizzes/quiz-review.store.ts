// What learners see of a quiz, as it is now: read anew for every page, so that a change counts at once and for old attempts too.
import { inArray } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { quizzes } from '../database/tables/quizzes.ts';
import { parseReview, type QuizReview } from './quiz-review.ts';

/** @throws if there is no quiz of that id */
export async function getReview(db: Database, quizId: number): Promise<QuizReview> {
  const review = (await listReviews(db, [quizId])).get(quizId);
  if (!review) throw new Error(`There is no quiz ${quizId}`);
  return review;
}

/** Those of several quizzes, by our key of the quiz. */
export async function listReviews(db: Database, quizIds: readonly number[]): Promise<Map<number, QuizReview>> {
  if (quizIds.length === 0) return new Map();
  const { id, review, overallFeedback } = quizzes;
  const rows = await db
    .select({ id, review, overallFeedback })
    .from(quizzes)
    .where(inArray(id, [...quizIds]));
  return new Map(rows.map((row) => [row.id, parseReview(row)]));
}
