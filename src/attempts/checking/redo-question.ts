// Asks a closed question anew in the same attempt, with its options in another order and other numbers: what is done with it from now on counts in the
// place of what was, as where Moodle redoes a question (`canredoquestions` of its quiz).
import type { Database } from '../../database/database.ts';
import { isClosed, noWork } from '../../questions/behaviours/work.ts';
import { fieldsOf } from '../../questions/response.ts';
import { keepAnswers, openForAnswers, questionAt, type AnswerRefusal, type AnswerSheet } from '../save-answers.ts';
import { readRound } from './round-field.ts';
import { insertRedo } from './work.store.ts';

/**
 * Keeps what else stands in the form. Where the quiz does not allow it, the question is not closed, or the page showed an earlier round
 * of it, as at a second click, it is not asked anew, and that is no error.
 *
 * @param sent.field the question, `q7`
 * @returns whether that names a question at all
 */
export async function redoQuestion(
  { db, now }: { db: Database; now: () => Date },
  whose: { attemptId: number; personId: number },
  sent: AnswerSheet & { field: string },
): Promise<{ ok: true; isQuestion: boolean } | { ok: false; code: AnswerRefusal }> {
  return db.transaction(async (tx) => {
    const open = await openForAnswers(tx, whose, now());
    if (!open.ok) return open;
    const { attempt, version } = open;
    await keepAnswers(tx, open, sent, now());
    const asked = questionAt(version, sent.field);
    if (!asked) return { ok: true, isQuestion: false };
    const { position, question } = asked;
    const work = open.work.get(position) ?? noWork;
    const isShown = readRound(fieldsOf(sent.form, sent.field)) === work.round;
    if (version.mayRedo && isShown && isClosed(question, work, version)) {
      const afterCheck = work.earlierChecks + work.checks.length;
      await insertRedo(tx, { attemptId: attempt.id, position, afterCheck }, now());
    }
    return { ok: true, isQuestion: true };
  });
}
