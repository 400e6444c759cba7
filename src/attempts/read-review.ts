// An attempt that was handed in, as it is read again: every question as it counts now, and what was corrected since, as far as its
// reader may see.
import type { Database } from '../database/database.ts';
import { listAttemptChanges } from '../grades/decision.store.ts';
import { behaviourOf } from '../questions/behaviours/registry.ts';
import { feedbackFor } from '../quizzes/overall-feedback.ts';
import type { QuizReview } from '../quizzes/quiz-review.ts';
import type { MayShow } from '../quizzes/review-settings.ts';
import { askedCorrections } from './asked.ts';
import { attemptScore, uncutScore } from './attempt.ts';
import { reviewsOf, type AttemptContent } from './attempt-view.ts';
import { calibration } from './checking/calibration.ts';
import { listCorrections } from './correction.store.ts';
import { mayPractise } from './self/handed-in.ts';
import { missedPositions } from './self/missed.ts';
import { outcomeShares } from './self/outcome-shares.ts';

/**
 * The questions with their marks; how regrades changed the score, the newest first, and whether it was kept from becoming lower; what
 * the teacher says to the whole; how it went by what the questions teach; how many were missed; and, where certainty counts, how it fared. What may not be
 * seen is null or not there.
 */
export async function readReview(
  db: Database,
  content: AttemptContent,
  { overallFeedback }: Pick<QuizReview, 'overallFeedback'>,
  mayShow: MayShow,
) {
  const { attempt, version, work } = content;
  const inForce = await listCorrections(db, attempt.placementId, version.id);
  const corrections = askedCorrections(attempt, version, work, inForce);
  const now = attemptScore(version, work, corrections);
  const isAsMarked = attempt.points?.equals(now.points) && attempt.maximumPoints?.equals(now.maximumPoints);
  const stands = attempt.points &&
    attempt.maximumPoints && { points: attempt.points, maximumPoints: attempt.maximumPoints };
  return {
    questions: mayShow('answers') ? reviewsOf(content, corrections, mayShow) : [],
    mayShow,
    corrected: mayShow('points')
      ? { changes: await listAttemptChanges(db, attempt.id), isKept: !isAsMarked && !attempt.erasedAt }
      : { changes: [], isKept: false },
    // What is said to the whole is said of the whole.
    overall:
      stands && attempt.unmarked === 0 && mayShow('overall-feedback') ? feedbackFor(overallFeedback, stands) : null,
    outcomes: mayShow('points') && mayShow('correctness') ? outcomeShares(version, work, corrections) : null,
    missed: mayPractise(mayShow) ? missedPositions(version, work, corrections).length : null,
    calibration: mayShow('correctness') ? calibration(version, work, corrections) : null,
    certaintyPoints:
      mayShow('points') && behaviourOf(version.behaviour).asksCertainty
        ? uncutScore(version, work, corrections).sum.valueOf()
        : null,
    ...(attempt.erasedAt && withoutAnswers),
  };
}

/** Of an attempt whose answers are no longer kept there is nothing to say but its points. */
const withoutAnswers = { questions: [], outcomes: null, missed: null, calibration: null, certaintyPoints: null };
