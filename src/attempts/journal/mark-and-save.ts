// The one way in which an answer is kept, whether a form, a check or a journal says it: it stands unless a newer one does.
import type { Transaction } from '../../database/database.ts';
import type { GivenAnswer } from '../../questions/behaviours/work.ts';
import { saveGiven } from '../attempt.store.ts';
import { moveMarks, type AnswerMark } from './answer-mark.store.ts';

/** What was answered to one question, by whom and when; null: nothing any more. */
export interface SaidAnswer extends AnswerMark {
  answer: GivenAnswer | null;
}

/**
 * Keeps answers in the place of older ones; of one that is older than what stands, nothing is kept. The attempts are held by the
 * transaction.
 *
 * @param said at most one for each question of an attempt
 */
export async function markAndSave(tx: Transaction, said: readonly SaidAnswer[], now: Date): Promise<void> {
  const moved = await moveMarks(tx, said, now);
  await saveGiven(tx, said.filter(moved), now);
}
