// Begins a practice of what an attempt missed.
import type { Database, Transaction } from '../../database/database.ts';
import { findCurrentVersion } from '../../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from '../asked.ts';
import { mayStartAnother } from '../attempt.ts';
import { listAttempts, lockAttempt } from '../attempt.store.ts';
import { listWork } from '../checking/work.store.ts';
import { mayPractise, type HandedIn } from './handed-in.ts';
import { missedPositions, practicePositions } from './missed.ts';
import { findOpenPractice, insertPractice } from './practice.store.ts';

/** `not-open`: the right answers may not be seen yet. */
export type PracticeRefusal = 'not-open' | 'nothing-missed';

/**
 * One that is not finished goes on, so a second click begins no second one.
 *
 * @param seed unguessable; the numbers of questions follow from it
 * @returns our key of the practice
 */
export async function startPractice(
  { db, now }: { db: Database; now: () => Date },
  { attempt, placement, version, corrections, mayShow }: HandedIn,
  seed: string,
): Promise<{ ok: true; practiceId: number } | { ok: false; code: PracticeRefusal }> {
  if (!mayPractise(mayShow)) return { ok: false, code: 'not-open' };
  return db.transaction(async (tx) => {
    await lockAttempt(tx, attempt.id, attempt.personId);
    const open = await findOpenPractice(tx, attempt.id);
    if (open) return { ok: true, practiceId: open.id };
    const work = await listWork(tx, attempt.id);
    const own = askedCorrections(attempt, version, work, corrections);
    const missed = missedPositions(askedVersion(attempt, version, work), work, own);
    if (missed.length === 0) return { ok: false, code: 'nothing-missed' };
    const mayAskOthers = await isPast(tx, { placement, personId: attempt.personId, now: now() });
    const positions = mayAskOthers ? practicePositions(version, attempt, missed, seed) : missed;
    return {
      ok: true,
      practiceId: await insertPractice(tx, { attemptId: attempt.id, seed, positions, startedAt: now() }),
    };
  });
}

/**
 * Whether what an attempt did not draw may be asked with its answers: no further attempt of the learner could ask it, or the quiz is over
 * for everybody.
 */
async function isPast(
  tx: Transaction,
  { placement, personId, now }: { placement: HandedIn['placement']; personId: number; now: Date },
): Promise<boolean> {
  if (placement.dueAt !== null && placement.dueAt < now) return true;
  const made = await listAttempts(tx, placement.id, personId);
  const version = placement.quizId === null ? null : await findCurrentVersion(tx, placement.quizId);
  return !version || !mayStartAnother(made.length, version);
}
