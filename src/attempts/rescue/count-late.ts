// A teacher counts answers that came too late: the answers, the score, the record of it, and what the gradebook is owed, together or not
// at all.
import { lockPlacementQuiz } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { insertDecision } from '../../grades/decision.store.ts';
import { lockCellsAt } from '../../grades/lock-cells.store.ts';
import { findAttemptAt } from '../attempt.store.ts';
import { markAndSave } from '../journal/mark-and-save.ts';
import { lockHandedIn, saveMarkedScore } from '../marking/mark.store.ts';
import { wantCountedScore } from '../want-counted-score.ts';
import { planLate, settleBy } from './late-answer.store.ts';
import { lateDigest } from './late-answers.ts';

/** `not-handed-in`: it is open, or was abandoned; `nothing-to-count`: they count already; `not-as-previewed`: something has changed. */
export type LateRefusal = 'attempt-not-found' | 'not-handed-in' | 'nothing-to-count' | 'not-as-previewed';

/** Counts what was previewed, and exactly that. The same a second time finds nothing to count. @param previewed `lateDigest` */
export async function countLateAnswers(
  { db, now }: { db: Database; now: () => Date },
  {
    placementId,
    personId,
    number,
    decidedBy,
  }: { placementId: number; personId: number; number: number; decidedBy: number },
  { reason, previewed }: { reason: string; previewed: string },
): Promise<{ ok: true } | { ok: false; code: LateRefusal }> {
  return db.transaction(async (tx) => {
    // As whoever regrades or marks: one after the other.
    await lockPlacementQuiz(tx, placementId);
    const found = await findAttemptAt(tx, { placementId, personId, number });
    if (!found) return { ok: false, code: 'attempt-not-found' };
    const attempt = await lockHandedIn(tx, placementId, found.id);
    if (!attempt) return { ok: false, code: 'not-handed-in' };
    const plan = (await planLate(tx, placementId, [attempt])).get(attempt.id);
    if (!plan) return { ok: false, code: 'nothing-to-count' };
    if (lateDigest(plan) !== previewed) return { ok: false, code: 'not-as-previewed' };
    const decision = { placementId, kind: 'late-entries', reason, decidedBy, decidedAt: now() } as const;
    const change = { personId, attemptId: attempt.id, before: plan.before, after: plan.after };
    const decisionId = await insertDecision(tx, decision, [change]);
    await markAndSave(tx, plan.said, decision.decidedAt);
    await settleBy(tx, attempt.id, decisionId);
    await saveMarkedScore(tx, attempt.id, plan.after);
    await lockCellsAt(tx, placementId);
    await wantCountedScore(tx, { placementId, personId }, decision.decidedAt);
    return { ok: true };
  });
}
