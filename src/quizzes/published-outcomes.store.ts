// What the questions of a version teach. A version is frozen and knows nothing of banks, so what its course's bank says of each
// question is written into it.
import { outcomesInCourse } from '../bank/outcome.store.ts';
import type { Database } from '../database/database.ts';
import type { Question } from '../questions/question.ts';
import type { DraftQuestion } from './draft-question.ts';

/**
 * The questions of a draft that can be published, in their order, each with its learning outcomes as they are called now.
 *
 * @param courseId the course of the quiz
 */
export async function withOutcomes(
  db: Database,
  courseId: number,
  questions: readonly DraftQuestion[],
): Promise<Question[]> {
  const ids = questions.flatMap(({ bank }) => bank?.questionId ?? []);
  const about = await outcomesInCourse(db, courseId, [...new Set(ids)]);
  return questions.flatMap(({ question, bank }): Question[] => {
    if (!question) return [];
    const outcomes = (bank && about.get(bank.questionId)) ?? [];
    return [
      outcomes.length === 0 ? question : { ...question, outcomes: outcomes.map(({ code, text }) => ({ code, text })) },
    ];
  });
}
