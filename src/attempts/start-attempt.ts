// Begins an attempt, or finds the one that is still open.
import { isOpen } from '../quizzes/attempt-state.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { lockMembership } from '../courses/member.store.ts';
import { type PlacementOfMember } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { mayStartAnother } from './attempt.ts';
import { drawFor } from './draw-for.ts';
import { insertAttempt, listAttempts } from './attempt.store.ts';

/** Why no attempt can be begun. */
export type StartRefusal = 'quiz-not-published' | 'no-attempts-left';

/**
 * Begins an attempt at the current version of the placement's quiz. Who has an open one gets that: a second click, a second tab
 * and the back button all lead to the same attempt.
 *
 * @param seed unguessable; what the draw and the order of questions and options follow from
 */
export async function startAttempt(
  { db, now }: { db: Database; now: () => Date },
  { placement, personId, seed }: { placement: PlacementOfMember; personId: number; seed: string },
): Promise<{ ok: true; attemptId: number } | { ok: false; code: StartRefusal }> {
  const { quizId } = placement;
  if (quizId === null) return { ok: false, code: 'quiz-not-published' };
  return db.transaction(async (tx) => {
    await lockMembership(tx, placement.courseId, personId);
    const made = await listAttempts(tx, placement.id, personId);
    const open = made.find(isOpen);
    if (open) return { ok: true, attemptId: open.id };
    const version = await findCurrentVersion(tx, quizId);
    if (!version) return { ok: false, code: 'quiz-not-published' };
    if (!mayStartAnother(made.length, version)) return { ok: false, code: 'no-attempts-left' };
    const attemptId = await insertAttempt(tx, {
      placementId: placement.id,
      personId,
      quizVersionId: version.id,
      number: made.length + 1,
      seed,
      drawn: await drawFor(tx, { version, personId, seed }),
      startedAt: now(),
    });
    return { ok: true, attemptId };
  });
}
