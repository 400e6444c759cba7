// What follows in a course when what its students achieved has changed, whoever assessed it: credits first, then the gradebook column that
// shows what they come to.
import { settleCredits } from '../credits/settle-credits.ts';
import type { Transaction } from '../database/database.ts';
import { wantCreditScores } from './want-credit-scores.ts';

/**
 * Does all that follows, in the transaction of the change. A course without a published plan has nothing to follow.
 *
 * @param changed.actorId who changed it; null where nobody decided, as when an attempt is handed in
 */
export async function resultsChanged(
  tx: Transaction,
  { courseId, personIds, actorId }: { courseId: number; personIds: readonly number[]; actorId: number | null },
  now: Date,
): Promise<void> {
  const hasPlan = await settleCredits(tx, { courseId, personIds }, { actorId, now });
  if (hasPlan) await wantCreditScores(tx, { courseId, personIds }, now);
}
