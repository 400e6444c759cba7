// A quiz of questions as they are stored, whatever their types can be written as.
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Question } from '../../src/questions/question.ts';
import { publishVersion } from '../../src/quizzes/quiz.store.ts';
import { noStructure } from '../../src/quizzes/structure.ts';
import type { TestMustaqil } from './mustaqil.ts';
import { publish } from './people.ts';

/** A teacher publishes a quiz, and these questions are its next version. @param settings as in the quiz's editor */
export async function publishQuestions(
  mustaqil: TestMustaqil,
  questions: Question[],
  settings: Record<string, string> = {},
): Promise<void> {
  await publish(mustaqil, { settings });
  await mustaqil.db.transaction(async (tx) => {
    const [version] = await tx.select().from(quizVersions);
    if (!version) throw new Error('Nothing was published');
    const { quizId, publishedBy } = version;
    await publishVersion(
      tx,
      quizId,
      { ...version, questions, structure: noStructure },
      { publishedBy, now: mustaqil.clock.now() },
    );
  });
}
