// Draws for an attempt that is about to begin, by what its learner has been asked in earlier attempts at the quiz.
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { quizVersions } from '../database/tables/quizzes.ts';
import { whatIsAsked } from '../questions/same-question.ts';
import { drawQuestions, type Drawn } from '../quizzes/draw-questions.ts';
import type { QuizVersion } from '../quizzes/quiz.ts';
import { listVersions } from '../quizzes/quiz.store.ts';
import { isAsked } from './asked.ts';

/**
 * Unseen questions first, wherever the quiz stands and whichever of its versions asked them: a question with another key is the same.
 *
 * @returns null for a version that draws nothing
 */
export async function drawFor(
  tx: Transaction,
  { version, personId, seed }: { version: QuizVersion; personId: number; seed: string },
): Promise<Drawn | null> {
  if (version.structure.draws.length === 0) return null;
  const earlier = await tx
    .select({ quizVersionId: attempts.quizVersionId, drawn: attempts.drawn })
    .from(attempts)
    .innerJoin(quizVersions, eq(quizVersions.id, attempts.quizVersionId))
    .where(and(eq(attempts.personId, personId), eq(quizVersions.quizId, version.quizId)));
  const versions = await listVersions(tx, [...new Set(earlier.map(({ quizVersionId }) => quizVersionId))]);
  const seen = new Map<string, number>();
  for (const asking of versions) {
    const own = earlier.filter(({ quizVersionId }) => quizVersionId === asking.id);
    asking.questions.forEach((question, position) => {
      const count = own.filter(({ drawn }) => isAsked({ drawn }, asking, { question, position })).length;
      if (count === 0) return;
      const asked = whatIsAsked(question);
      seen.set(asked, (seen.get(asked) ?? 0) + count);
    });
  }
  const counts = version.questions.map((question) => (seen.size === 0 ? 0 : (seen.get(whatIsAsked(question)) ?? 0)));
  return drawQuestions(version, seed, (position) => counts[position] ?? 0);
}
