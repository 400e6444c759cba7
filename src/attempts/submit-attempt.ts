// Hands an attempt in: its points, and what the gradebook is owed, become true together or not at all.
import type Fraction from 'fraction.js';
import { sharePlacement } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { maximumPoints } from '../quizzes/extent.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { askedCorrections, askedVersion } from './asked.ts';
import { attemptScore, countUnmarked, type Attempt } from './attempt.ts';
import { abandonAttempt, closeAttempt, lockAttempt } from './attempt.store.ts';
import { listWork } from './checking/work.store.ts';
import { listCorrections } from './correction.store.ts';
import { handInMoment } from './journal/punctual.ts';
import { readGuess } from './self/guess.ts';
import { handedIn, isClosed } from './time-limit.ts';
import { findEnd } from './time-limit.store.ts';
import { wantCountedScore } from './want-counted-score.ts';

/**
 * Marks an attempt by the version it was begun with and what was corrected in that, closes it, and sets what the learner's gradebook
 * cell should show. Handing in a second time changes nothing and is no error: it is what a second click or a lost answer looks like.
 * So is handing in when the time is over: what counts is what was saved until then.
 *
 * @param whose.guess how many points the learner expects, as they typed it; where it cannot be read, nothing is handed in
 */
export async function submitAttempt(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId, guess: typed = '' }: { attemptId: number; personId: number; guess?: string },
): Promise<{ ok: true } | { ok: false; code: 'attempt-not-found' | 'guess-unreadable' }> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId, personId);
    if (!attempt) return { ok: false, code: 'attempt-not-found' };
    if (!isOpen(attempt)) return { ok: true };
    const maximum = typed === '' ? null : maximumPoints(await getVersion(tx, attempt.quizVersionId));
    const read = maximum && readGuess(typed, maximum);
    if (read?.ok === false) return { ok: false, code: 'guess-unreadable' };
    await handIn(tx, attempt, now(), { guess: read?.guess ?? null });
    return { ok: true };
  });
}

/**
 * The same for an open attempt that the transaction holds. Where nothing counts that was not handed in on time, and that time is over,
 * it is abandoned instead.
 *
 * @param told.saidAt when its learner pressed the button, where a journal says so
 * @param told.guess exact points; null: its learner did not say, and what was said before it was opened again stands
 */
export async function handIn(
  tx: Transaction,
  attempt: Attempt,
  now: Date,
  { saidAt = now, guess = null }: { saidAt?: Date; guess?: Fraction | null } = {},
): Promise<'handed-in' | 'abandoned'> {
  const published = await getVersion(tx, attempt.quizVersionId);
  const end = await findEnd(tx, attempt, published);
  if (end && published.overdue === 'refuse' && isClosed(end, saidAt)) {
    await abandonAttempt(tx, attempt.id, end);
    return 'abandoned';
  }
  // Before anything that marks is read: a regrade comes either before this attempt or after it, and misses it in neither case.
  await sharePlacement(tx, attempt.placementId);
  const work = await listWork(tx, attempt.id);
  const version = askedVersion(attempt, published, work);
  const listed = await listCorrections(tx, attempt.placementId, version.id);
  const corrections = askedCorrections(attempt, version, work, listed);
  const score = attemptScore(version, work, corrections);
  const unmarked = countUnmarked(version, work, corrections);
  const moment = handInMoment({ saidAt, arrivedAt: now }, published);
  await closeAttempt(tx, attempt.id, { ...score, unmarked, guess: guess ?? attempt.guess, ...handedIn(end, moment) });
  await wantCountedScore(tx, attempt, now);
  return 'handed-in';
}
