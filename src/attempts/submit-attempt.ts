// Hands an attempt in: its points, and what the gradebook is owed, become true together or not at all.
import { sharePlacement } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from './asked.ts';
import { attemptScore, countUnmarked, type Attempt } from './attempt.ts';
import { closeAttempt, lockAttempt } from './attempt.store.ts';
import { listWork } from './checking/work.store.ts';
import { listCorrections } from './correction.store.ts';
import { handedIn } from './time-limit.ts';
import { findEnd } from './time-limit.store.ts';
import { wantCountedScore } from './want-counted-score.ts';

/**
 * Marks an attempt by the version it was begun with and what was corrected in that, closes it, and sets what the learner's gradebook
 * cell should show. Handing in a second time changes nothing and is no error: it is what a second click or a lost answer looks like.
 * So is handing in when the time is over: what counts is what was saved until then.
 */
export async function submitAttempt(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId }: { attemptId: number; personId: number },
): Promise<{ ok: true } | { ok: false; code: 'attempt-not-found' }> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId, personId);
    if (!attempt) return { ok: false, code: 'attempt-not-found' };
    if (isOpen(attempt)) await handIn(tx, attempt, now());
    return { ok: true };
  });
}

/**
 * The same for an open attempt that the transaction holds.
 *
 * @param saidAt when its learner pressed the button, where a journal says so
 */
export async function handIn(tx: Transaction, attempt: Attempt, now: Date, saidAt: Date = now): Promise<void> {
  // Before anything that marks is read: a regrade comes either before this attempt or after it, and misses it in neither case.
  await sharePlacement(tx, attempt.placementId);
  const work = await listWork(tx, attempt.id);
  const version = askedVersion(attempt, await getVersion(tx, attempt.quizVersionId), work);
  const listed = await listCorrections(tx, attempt.placementId, version.id);
  const corrections = askedCorrections(attempt, version, work, listed);
  const score = attemptScore(version, work, corrections);
  const unmarked = countUnmarked(version, work, corrections);
  const end = await findEnd(tx, attempt, version);
  await closeAttempt(tx, attempt.id, { ...score, unmarked, ...handedIn(end, saidAt) });
  await wantCountedScore(tx, attempt, now);
}
