// The quiz of the benches, of twenty questions as teachers write them.
import type { Transaction } from '../src/database/database.ts';
import { quizzes } from '../src/database/tables/quizzes.ts';
import { readQuestions } from '../src/questions/read-questions.ts';
import { findCurrentVersion, publishVersion } from '../src/quizzes/quiz.store.ts';
import { noStructure } from '../src/quizzes/structure.ts';
import { newTimeRules } from '../src/quizzes/time-rules.ts';
import { deferredRule } from '../test/support/work.ts';

export const questionCount = 20;

/** What is right at the question of that position. */
export const rightAnswer = (position: number) => String(2 * position);

/** Publishes it in a course. */
export async function publishSums(
  tx: Transaction,
  { courseId, publishedBy, now }: { courseId: number; publishedBy: number; now: Date },
): Promise<{ quizId: number; versionId: number }> {
  const settings = { ...newTimeRules, ...deferredRule, attemptsAllowed: null, countingAttempt: 'best' as const };
  const draft = { courseId, title: 'Mexanika', source: '', sourceFormat: 'gift', ...settings, updatedAt: now };
  const [{ id: quizId } = { id: 0 }] = await tx.insert(quizzes).values(draft).returning();
  const lines = Array.from(
    { length: questionCount },
    (_, position) => `${position} + ${position} {#${rightAnswer(position)}}`,
  );
  const questions = readQuestions(lines.join('\n\n'), 'gift').questions.map(({ question }) => question);
  const quiz = { ...settings, title: 'Mexanika', mayRedo: false, structure: noStructure, questions };
  await publishVersion(tx, quizId, quiz, { publishedBy, now });
  const version = await findCurrentVersion(tx, quizId);
  return { quizId, versionId: version?.id ?? 0 };
}
