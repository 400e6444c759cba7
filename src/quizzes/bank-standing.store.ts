// How the questions of a draft stand to the banks they came from.
import { bankQuestionsOf, questionsOfVersions } from '../bank/bank.store.ts';
import type { Database } from '../database/database.ts';
import { standingOf, type BankStanding } from './bank-standing.ts';
import type { DraftQuestion } from './draft-question.ts';

/**
 * By the keys of the draft's questions. One that came from no bank is not in it, nor one whose bank this course may not use any more.
 *
 * @param courseId the course of the quiz
 */
export async function bankStandings(
  db: Database,
  courseId: number,
  questions: readonly DraftQuestion[],
): Promise<Map<string, BankStanding>> {
  const links = questions.flatMap(({ bank }) => bank ?? []);
  const originals = await bankQuestionsOf(db, courseId, [...new Set(links.map(({ questionId }) => questionId))]);
  const said = await questionsOfVersions(db, links);
  return new Map(
    questions.flatMap((draft): [string, BankStanding][] => {
      const original = draft.bank && originals.get(draft.bank.questionId);
      const linked = draft.bank && said.get(`${draft.bank.questionId}/${draft.bank.version}`);
      return original && linked ? [[draft.key, standingOf(draft, original, linked)]] : [];
    }),
  );
}
