// Hands an attempt in: its points, and what the gradebook is owed, become true together or not at all.
import type { Database } from '../database/database.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { wantScore } from '../grades/gradebook-cell.store.ts';
import { translator } from '../i18n/i18n.ts';
import { getPerson } from '../courses/course.store.ts';
import { findPlacementFor } from '../courses/placement.store.ts';
import { mayDo } from '../courses/rights.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { attemptScore } from './attempt.ts';
import { closeAttempt, listAttempts, listResponses, lockAttempt, submitted } from './attempt.store.ts';

/**
 * Marks an attempt by the version it was begun with, closes it, and sets what the learner's gradebook cell should show. Handing
 * in a second time changes nothing and is no error: it is what a second click or a lost answer looks like.
 */
export async function submitAttempt(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId }: { attemptId: number; personId: number },
): Promise<{ ok: true } | { ok: false; code: 'attempt-not-found' }> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, attemptId, personId);
    if (!attempt) return { ok: false, code: 'attempt-not-found' };
    if (attempt.submittedAt) return { ok: true };
    const version = await getVersion(tx, attempt.quizVersionId);
    const score = attemptScore(version, await listResponses(tx, attemptId));
    await closeAttempt(tx, attemptId, { ...score, submittedAt: now() });

    const made = (await listAttempts(tx, attempt.placementId, personId)).flatMap(submitted);
    const counted = countedScore(made, countingRule(made));
    const person = await getPerson(tx, personId);
    const placement = await findPlacementFor(tx, personId, attempt.placementId);
    if (counted && placement && mayDo(placement.role, 'be-graded') && !person.isTestUser) {
      const comment = commentOn(counted.number, made.length, person.language);
      await wantScore(tx, attempt, { ...counted, comment }, now());
    }
    return { ok: true };
  });
}

/** What the learner reads beside the grade in the LMS. */
function commentOn(number: number | null, made: number, language: string) {
  const t = translator(language);
  return number === null ? t('grades.comment.average', { count: made }) : t('grades.comment.attempt', { number });
}
