// An attempt of one's own that was handed in, with what its learner may do with it for themselves.
import { getAccommodation } from '../../courses/accommodation.store.ts';
import { findPlacementFor, type PlacementOfMember } from '../../courses/placement.store.ts';
import type { Database } from '../../database/database.ts';
import { mayShowOf } from '../../quizzes/own-review.ts';
import type { QuizVersion } from '../../quizzes/quiz.ts';
import { getReview } from '../../quizzes/quiz-review.store.ts';
import type { MayShow } from '../../quizzes/review-settings.ts';
import { getVersion } from '../../quizzes/quiz.store.ts';
import type { Attempt } from '../attempt.ts';
import { findAttempt } from '../attempt.store.ts';
import type { Corrections } from '../correction.ts';
import { listCorrections } from '../correction.store.ts';

export interface HandedIn {
  attempt: Attempt;
  placement: Pick<PlacementOfMember, 'id' | 'quizId' | 'dueAt'>;
  version: QuizVersion;
  /** As they were made, for no attempt in particular. */
  corrections: Corrections;
  mayShow: MayShow;
}

/** Null for what is somebody else's, for an open attempt, and for one in a course that they may not open any more. */
export async function findHandedIn(
  { db, now }: { db: Database; now: () => Date },
  { attemptId, personId }: { attemptId: number; personId: number },
): Promise<HandedIn | null> {
  const attempt = await findAttempt(db, attemptId, personId);
  const placement = attempt?.submittedAt ? await findPlacementFor(db, personId, attempt.placementId) : null;
  if (!attempt || !placement) return null;
  const version = await getVersion(db, attempt.quizVersionId);
  const { review } = await getReview(db, placement.quizId ?? version.quizId);
  const accommodation = await getAccommodation(db, placement.courseId, personId);
  const { timeLimitMinutes } = version;
  const timing = { dueAt: placement.dueAt, accommodation, now: now() };
  return {
    attempt,
    placement,
    version,
    corrections: await listCorrections(db, placement.id, version.id),
    mayShow: mayShowOf({ ...attempt, timeLimitMinutes }, review, timing),
  };
}

/** Whether one may practise what one missed: it says what was wrong, and in the end what is right. */
export function mayPractise(mayShow: MayShow): boolean {
  return mayShow('correctness') && mayShow('right-answer');
}
