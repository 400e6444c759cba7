// An attempt as its learner's pages read it, with all it consists of.
import type Fraction from 'fraction.js';
import { type Request, type Response } from 'express';
import type { Accommodation } from '../courses/accommodation.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { findPlacementFor, type PlacementOfMember } from '../courses/placement.store.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { maximumPoints } from '../quizzes/extent.ts';
import { mayShowOf } from '../quizzes/own-review.ts';
import type { QuizReview } from '../quizzes/quiz-review.ts';
import { getReview } from '../quizzes/quiz-review.store.ts';
import type { MayShow } from '../quizzes/review-settings.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { requireSession } from '../web/session.ts';
import { askedVersion } from './asked.ts';
import { type Attempt } from './attempt.ts';
import { type AttemptContent } from './attempt-view.ts';
import { findAttempt, listAttempts } from './attempt.store.ts';
import { listWork } from './checking/work.store.ts';
import { listFiles } from './files/answer-file.store.ts';
import type { GradingTools } from './grading-tools.ts';
import { handInIfOver } from './hand-in-overdue.ts';
import { deadlineOf, isLate, type Deadline } from './late.ts';
import { sumGranted } from './time-grants/time-grant.store.ts';
import { endsAt, isOver, minutesOver, timeLeft } from './time-limit.ts';
import { shownOvertime, shownTimeLeft } from './time-view.ts';

/** An attempt with all it consists of. */
export interface AttemptPage extends AttemptContent {
  attempt: Attempt & { isLate: boolean; minutesOver: number };
  placement: PlacementOfMember;
  deadline: Deadline;
  accommodation: Accommodation;
  /** What the quiz that stands here shows its learners, and what of this attempt now. */
  quizReview: QuizReview;
  mayShow: MayShow;
  /** What can be earned in it, exact. */
  maximum: Fraction;
  /** Of an attempt with a limit. */
  left: ReturnType<typeof shownTimeLeft>;
  overtime: ReturnType<typeof shownOvertime>;
  /** Whether its teacher gave time back to it. */
  hasGrants: boolean;
}

/** The attempts of whoever is signed in. What was open beyond its time is handed in by the time it is read. */
export function ownAttempts(tools: GradingTools) {
  const { db, now } = tools;

  /** Somebody's attempts at a placement; what was open beyond its time is handed in by now. */
  async function readAttempts(placementId: number, personId: number, accommodation: Accommodation) {
    const attempts = await listAttempts(db, placementId, personId);
    const over = attempts.find((one) => isOpen(one) && isOver(endsAt(one, one, accommodation), one, now()));
    if (!over) return attempts;
    await handInNow(over);
    return listAttempts(db, placementId, personId);
  }

  async function handInNow(attempt: Attempt) {
    if (await handInIfOver(tools, attempt)) tools.onScoreWanted();
  }

  /** The attempt `:attemptId` of the signed-in learner with all it consists of. @throws PageError 404 for anybody else's */
  async function readAttempt(req: Request, res: Response): Promise<AttemptPage> {
    const { personId } = requireSession(res);
    const attempt = await findAttempt(db, keyParam(req, 'attemptId'), personId);
    const placement = attempt && (await findPlacementFor(db, personId, attempt.placementId));
    if (!attempt || !placement) throw notFound();
    const version = await getVersion(db, attempt.quizVersionId);
    const accommodation = await getAccommodation(db, placement.courseId, personId);
    const { timeLimitMinutes } = version;
    const timed = { ...attempt, grantedMinutes: timeLimitMinutes === null ? 0 : await sumGranted(db, attempt.id) };
    const end = endsAt(timed, version, accommodation);
    if (isOpen(attempt) && isOver(end, version, now())) {
      await handInNow(attempt);
      return readAttempt(req, res);
    }
    const work = await listWork(db, attempt.id);
    const quizReview = await getReview(db, placement.quizId ?? version.quizId);
    const timing = { dueAt: placement.dueAt, accommodation, now: now() };
    return {
      attempt: {
        ...attempt,
        isLate: isLate({ ...attempt, timeLimitMinutes }, placement.dueAt, accommodation),
        minutesOver: minutesOver(timed, version, accommodation),
      },
      placement,
      deadline: deadlineOf({ dueAt: placement.dueAt, timeLimitMinutes }, accommodation, now()),
      accommodation,
      left: shownTimeLeft(timeLeft(end, now()), res.locals.formats),
      hasGrants: timed.grantedMinutes > 0,
      overtime: shownOvertime(timed, version, accommodation, { now: now(), formats: res.locals.formats }),
      version: askedVersion(attempt, version, work),
      maximum: maximumPoints(version),
      work,
      files: await listFiles(db, [attempt.id]),
      quizReview,
      mayShow: mayShowOf({ ...attempt, timeLimitMinutes }, quizReview.review, timing),
    };
  }

  return { readAttempt, readAttempts };
}
