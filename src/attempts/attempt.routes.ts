// The learner's pages: where attempts begin, an open one, the result.
import { randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { Accommodation } from '../courses/accommodation.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { findPlacementFor, type PlacementOfMember } from '../courses/placement.store.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { learnerGrade } from '../grades/learner-grade.ts';
import { renderContent } from '../questions/content.ts';
import { isAnswerable, maximumPoints, versionFor } from '../quizzes/quiz.ts';
import { findCurrentVersion, getVersion } from '../quizzes/quiz.store.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { requireSession } from '../web/session.ts';
import { mayStartAnother, type Attempt } from './attempt.ts';
import { questionsOf, type AttemptContent } from './attempt-view.ts';
import { findAttempt, listAttempts, listResponses, submitted } from './attempt.store.ts';
import type { GradingTools } from './grading-tools.ts';
import { handInIfOver } from './hand-in-overdue.ts';
import { deadlineOf, isLate, withLateness, type Deadline } from './late.ts';
import { answerOf } from './own-grade.routes.ts';
import { readReview } from './read-review.ts';
import { startAttempt, type StartRefusal } from './start-attempt.ts';
import { endsAt, isClosed, timeLeft } from './time-limit.ts';
import { shownTimeLeft, startTime } from './time-view.ts';

/** An attempt with all it consists of. */
interface AttemptPage extends AttemptContent {
  attempt: Attempt & { isLate: boolean };
  placement: PlacementOfMember;
  deadline: Deadline;
  accommodation: Accommodation;
  /** Of an attempt with a limit. */
  left: ReturnType<typeof shownTimeLeft>;
}

export function attemptRoutes(tools: GradingTools): Router {
  const { db, now } = tools;
  const router = Router();

  router.get('/placements/:placementId/attempts', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'answer');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    if (!version) {
      res.render('attempts/no-quiz', { placement });
      return;
    }
    const accommodation = await getAccommodation(db, placement.courseId, session.personId);
    const attempts = await readAttempts(placement.id, session.personId, accommodation);
    const made = attempts.flatMap(submitted);
    const cell = await findCell(db, placement.id, session.personId);
    res.render('attempts/index', {
      placement,
      version,
      attempts: withLateness(attempts, placement.dueAt, accommodation),
      deadline: deadlineOf({ ...version, dueAt: placement.dueAt }, accommodation, now()),
      answerable: version.questions.filter(isAnswerable).length,
      points: maximumPoints(version.questions).valueOf(),
      mayStart: mayStartAnother(attempts.length, version),
      ...startTime(attempts, version, accommodation, { now: now(), formats: res.locals.formats }),
      counted: countedScore(made, countingRule(made)),
      rule: made.length > 0 ? countingRule(made) : version.countingAttempt,
      grade: learnerGrade(cell, placement.lineItemUrl !== null, now()),
      again: answerOf(req),
    });
  });

  router.post('/placements/:placementId/attempts', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'answer');
    const seed = randomBytes(16).toString('base64url');
    const started = await startAttempt(tools, { placement, personId: session.personId, seed });
    if (!started.ok) throw startRefused(started.code);
    res.redirect(303, `/attempts/${started.attemptId}`);
  });

  router.get('/attempts/:attemptId', async (req, res) => {
    const page = await readAttempt(req, res);
    if (page.attempt.submittedAt) await showResult(res, page);
    else {
      const isSavedNow = req.query.saved !== undefined;
      res.render('attempts/show', { ...page, questions: questionsOf(page), isSavedNow, html: renderContent });
    }
  });

  router.get('/attempts/:attemptId/submission', async (req, res) => {
    const page = await readAttempt(req, res);
    if (page.attempt.submittedAt) {
      res.redirect(303, `/attempts/${page.attempt.id}`);
      return;
    }
    res.render('attempts/submission', { ...page, questions: questionsOf(page) });
  });

  /** Somebody's attempts at a placement; what was open beyond its time is handed in by now. */
  async function readAttempts(placementId: number, personId: number, accommodation: Accommodation) {
    const attempts = await listAttempts(db, placementId, personId);
    const over = attempts.find((one) => one.submittedAt === null && isClosed(endsAt(one, one, accommodation), now()));
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
    const version = versionFor(attempt.seed, await getVersion(db, attempt.quizVersionId));
    const accommodation = await getAccommodation(db, placement.courseId, personId);
    const { timeLimitMinutes } = version;
    const end = endsAt(attempt, version, accommodation);
    if (attempt.submittedAt === null && isClosed(end, now())) {
      await handInNow(attempt);
      return readAttempt(req, res);
    }
    return {
      attempt: { ...attempt, isLate: isLate({ ...attempt, timeLimitMinutes }, placement.dueAt, accommodation) },
      placement,
      deadline: deadlineOf({ dueAt: placement.dueAt, timeLimitMinutes }, accommodation, now()),
      accommodation,
      left: shownTimeLeft(timeLeft(end, now()), res.locals.formats),
      version,
      responses: await listResponses(db, attempt.id),
    };
  }

  async function showResult(res: Response, page: AttemptPage) {
    const { attempt, placement, version, accommodation } = page;
    const attempts = await readAttempts(placement.id, attempt.personId, accommodation);
    // The quiz that stands here now: it may have been detached from the one that this attempt was at.
    const current = (await findCurrentVersion(db, placement.quizId ?? version.quizId)) ?? version;
    const hasOpen = attempts.some(({ submittedAt }) => submittedAt === null);
    const made = attempts.flatMap(submitted);
    res.render('attempts/result', {
      ...page,
      counted: countedScore(made, countingRule(made)),
      hasOpen,
      mayStart: hasOpen || mayStartAnother(attempts.length, current),
      ...startTime(attempts, current, accommodation, { now: now(), formats: res.locals.formats }),
      grade: learnerGrade(await findCell(db, placement.id, attempt.personId), placement.lineItemUrl !== null, now()),
      again: answerOf(res.req),
      ...(await readReview(db, page)),
      html: renderContent,
    });
  }

  return router;
}

function startRefused(code: StartRefusal): PageError {
  switch (code) {
    case 'quiz-not-published':
    case 'no-attempts-left':
      return new PageError(409, code, code);
  }
}
