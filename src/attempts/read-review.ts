// An attempt that was handed in, as it is read again: every question as it counts now, and what was corrected since.
import type { Database } from '../database/database.ts';
import { listAttemptChanges } from '../grades/decision.store.ts';
import { attemptScore } from './attempt.ts';
import { reviewsOf, type AttemptContent } from './attempt-view.ts';
import { correctionsFor } from './correction.ts';
import { listCorrections } from './correction.store.ts';

/** The questions with their marks; how regrades changed the score, the newest first; and whether it was kept from becoming lower. */
export async function readReview(db: Database, content: AttemptContent) {
  const { attempt, version, responses } = content;
  const corrections = correctionsFor(attempt.seed, await listCorrections(db, attempt.placementId, version.id));
  const now = attemptScore(version, responses, corrections);
  const isAsMarked = attempt.points?.equals(now.points) && attempt.maximumPoints?.equals(now.maximumPoints);
  return {
    questions: reviewsOf(content, corrections),
    corrected: { changes: await listAttemptChanges(db, attempt.id), isKept: !isAsMarked },
  };
}
