// Puts a regrade in force: corrections, scores, the record of it, and what gradebooks are owed, together or not at all.
import { lockPlacementQuiz } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { insertDecision } from '../grades/decision.store.ts';
import { lockCellsAt } from '../grades/lock-cells.store.ts';
import { insertCorrections } from './correction.store.ts';
import { isIdle, planDigest, planRegrade, type RegradeWish } from './regrade.ts';
import { readGradings, saveScores } from './regrade.store.ts';
import { wantCountedScore } from './want-counted-score.ts';

/** `nothing-to-change`: it is in force already. `not-as-previewed`: something has changed since the teacher saw what it does. */
export type RegradeRefusal = 'nothing-to-change' | 'nothing-left' | 'not-as-previewed';

/**
 * Accepts what was previewed, and exactly that. Handing in at the same moment comes before it or after it (submit-attempt.ts). The
 * same a second time finds nothing to change.
 *
 * @param regrade.previewed `planDigest` of what the teacher saw
 */
export async function acceptRegrade(
  { db, now }: { db: Database; now: () => Date },
  { placementId, decidedBy }: { placementId: number; decidedBy: number },
  { reason, previewed, ...wish }: RegradeWish & { reason: string; previewed: string },
): Promise<{ ok: true } | { ok: false; code: RegradeRefusal }> {
  return db.transaction(async (tx) => {
    const quizId = await lockPlacementQuiz(tx, placementId);
    const plan = planRegrade(await readGradings(tx, { id: placementId, quizId }), wish);
    if (isIdle(plan)) return { ok: false, code: 'nothing-to-change' };
    if (plan.leavesNothing) return { ok: false, code: 'nothing-left' };
    if (planDigest(plan, wish) !== previewed) return { ok: false, code: 'not-as-previewed' };
    const { mayLower } = wish;
    const changes = plan.changes.map(({ attempt, before, after }) => ({
      ...{ personId: attempt.personId, attemptId: attempt.id },
      ...{ before, after },
    }));
    const decision = { placementId, kind: 'regrade', reason, mayLower, decidedBy, decidedAt: now() } as const;
    const decisionId = await insertDecision(tx, decision, changes);
    await insertCorrections(tx, { decisionId, placementId }, plan.corrections);
    await saveScores(tx, plan);
    await lockCellsAt(tx, placementId);
    const moved = [...plan.changes, ...plan.kept.filter(({ attempt, unmarked }) => unmarked !== attempt.unmarked)];
    // In the order of everybody who holds more than one account at a time.
    const personIds = [...new Set(moved.map(({ attempt }) => attempt.personId))].sort((one, other) => one - other);
    for (const personId of personIds) {
      await wantCountedScore(tx, { placementId, personId }, decision.decidedAt);
    }
    return { ok: true };
  });
}
