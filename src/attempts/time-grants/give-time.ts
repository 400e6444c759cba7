// A teacher gives time back: to one attempt, which is opened again if it was closed because its time was over, or to all who are at work.
import { getAccommodationAt } from '../../courses/accommodation.store.ts';
import { lockMembership } from '../../courses/member.store.ts';
import { sharePlacement } from '../../courses/placement.store.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { insertDecision } from '../../grades/decision.store.ts';
import { isOpen } from '../../quizzes/attempt-state.ts';
import { thatCount } from '../../quizzes/counting-attempt.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import type { QuizVersion } from '../../quizzes/quiz.ts';
import type { Attempt } from '../attempt.ts';
import { findAttemptAt, listAttempts, lockAttempt, reopenAttempt } from '../attempt.store.ts';
import { timeOverAt } from '../time-limit.ts';
import { mostGrantMinutes, type Grant } from './grant-form.ts';
import {
  countGrants,
  countGrantsAt,
  hasMarks,
  insertGrants,
  insertGrantToEach,
  lockAtWork,
  sumGranted,
} from './time-grant.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
}

/**
 * Why no time was given. `handed-in`: its learner has handed it in; `other-open`: one can be worked at a time; `marked`: a person has
 * marked answers that could change now; `given-meanwhile`: the form does not know of all that was given by now.
 */
export type GrantRefusal = 'no-limit' | 'handed-in' | 'other-open' | 'marked' | 'given-meanwhile';

/** Whose attempt, and who gives. */
interface Which {
  placement: { id: number; courseId: number };
  personId: number;
  /** The attempt's, at the placement. */
  number: number;
  grantedBy: number;
}

const minuteMs = 60_000;

/**
 * Gives one attempt so many minutes more. One that was closed because its time was over is opened again, and has the minutes from now
 * on; its gradebook cell keeps what it shows until it is handed in again (quizzes/held-score.store.ts). A second click gives nothing.
 */
export async function giveTime(
  { db, now }: Tools,
  { placement, personId, number, grantedBy }: Which,
  { minutes, reason, seen }: Grant,
): Promise<{ ok: true; isReopened: boolean } | { ok: false; code: GrantRefusal | 'attempt-not-found' }> {
  return db.transaction(async (tx) => {
    // Nobody regrades or marks meanwhile.
    await sharePlacement(tx, placement.id);
    const found = await findAttemptAt(tx, { placementId: placement.id, personId, number });
    const attempt = found && (await lockAttempt(tx, found.id, personId));
    // Opened again without its answers, it would lose its score.
    if (!attempt || attempt.erasedAt !== null) return { ok: false, code: 'attempt-not-found' };
    const version = await getVersion(tx, attempt.quizVersionId);
    if (version.timeLimitMinutes === null) return { ok: false, code: 'no-limit' };
    const giving = { reason, grantedBy, grantedAt: now() };
    if (isOpen(attempt)) {
      if ((await countGrants(tx, attempt.id)) !== seen) return { ok: false, code: 'given-meanwhile' };
      await insertGrants(tx, attempt.id, [minutes], giving);
      return { ok: true, isReopened: false };
    }
    // Nobody begins another attempt. After the attempt: whoever hands one in, or marks it, comes to the membership last, for the credits.
    await lockMembership(tx, placement.courseId, personId);
    const code = await whyClosed(tx, attempt);
    if (code) return { ok: false, code };
    if ((await countGrants(tx, attempt.id)) !== seen) return { ok: false, code: 'given-meanwhile' };
    const gone = await minutesGone(tx, attempt, version, giving.grantedAt);
    await insertGrants(tx, attempt.id, [...inDays(gone), minutes], giving);
    await reopen(tx, attempt, giving);
    return { ok: true, isReopened: true };
  });
}

/**
 * Gives all open attempts at a placement that have a limit so many minutes more.
 *
 * @param grant.seen how many grants there were at the placement in all
 * @returns how many attempts those were
 */
export async function giveTimeToAll(
  { db, now }: Tools,
  { placementId, grantedBy }: { placementId: number; grantedBy: number },
  { minutes, reason, seen }: Grant,
): Promise<{ ok: true; given: number } | { ok: false; code: 'given-meanwhile' }> {
  return db.transaction(async (tx) => {
    // Whoever clicks twice waits here, and counts what the first click gave.
    const held = await lockAtWork(tx, placementId);
    if ((await countGrantsAt(tx, placementId)) !== seen) return { ok: false, code: 'given-meanwhile' };
    await insertGrantToEach(tx, held, { minutes, reason, grantedBy, grantedAt: now() });
    return { ok: true, given: held.length };
  });
}

/** Why a closed attempt stays closed; null: its time was over, and nothing else speaks against it. */
async function whyClosed(tx: Transaction, attempt: Attempt): Promise<GrantRefusal | null> {
  if (!attempt.isTimedOut && attempt.abandonedAt === null) return 'handed-in';
  const all = await listAttempts(tx, attempt.placementId, attempt.personId);
  if (all.some(isOpen)) return 'other-open';
  return (await hasMarks(tx, attempt.id)) ? 'marked' : null;
}

/** How many minutes have gone by since the attempt's time was over, begun ones as whole ones. */
async function minutesGone(tx: Transaction, attempt: Attempt, version: QuizVersion, now: Date): Promise<number> {
  const accommodation = await getAccommodationAt(tx, attempt.placementId, attempt.personId);
  const grantedMinutes = await sumGranted(tx, attempt.id);
  const over = timeOverAt({ ...attempt, grantedMinutes }, version, accommodation) ?? now;
  return Math.max(0, Math.ceil((now.getTime() - over.getTime()) / minuteMs));
}

/** As many rows as are needed: one holds a day at most. */
function inDays(minutes: number): number[] {
  const days = Array.from({ length: Math.floor(minutes / mostGrantMinutes) }, () => mostGrantMinutes);
  const rest = minutes % mostGrantMinutes;
  return rest > 0 ? [...days, rest] : days;
}

/** What it counted as is kept with the decision: nothing, where answers still waited for a person's mark. */
async function reopen(
  tx: Transaction,
  { id, placementId, personId }: Attempt,
  { reason, grantedBy, grantedAt }: { reason: string; grantedBy: number; grantedAt: Date },
): Promise<void> {
  const counting = thatCount(await listAttempts(tx, placementId, personId)).find((attempt) => attempt.id === id);
  const before = counting?.unmarked === 0 ? { points: counting.points, maximumPoints: counting.maximumPoints } : null;
  const decision = { placementId, kind: 'reopened', reason, decidedBy: grantedBy, decidedAt: grantedAt } as const;
  await insertDecision(tx, decision, [{ personId, attemptId: id, before, after: null }]);
  await reopenAttempt(tx, id);
}
