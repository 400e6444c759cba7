// What a gradebook column has to know of its quiz: how it is recognised, and what each published version is called and worth.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { maximumPoints } from '../quizzes/extent.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import type { QuizOutline } from './column-change.ts';

export interface PublishedQuiz {
  contentId: string;
  /** The newest last; empty for a draft. */
  versions: QuizOutline[];
}

/** @returns null where no quiz stands */
export async function getQuizOutline(db: Database, quizId: number | null): Promise<PublishedQuiz | null> {
  if (quizId === null) return null;
  const [quiz] = await db.select({ contentId: quizzes.contentId }).from(quizzes).where(eq(quizzes.id, quizId));
  if (!quiz) return null;
  const numbered = await db
    .select({ id: quizVersions.id })
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizId))
    .orderBy(asc(quizVersions.number));
  const versions: QuizOutline[] = [];
  for (const { id } of numbered) {
    const version = await getVersion(db, id);
    versions.push({ title: version.title, points: maximumPoints(version).valueOf() });
  }
  return { ...quiz, versions };
}
