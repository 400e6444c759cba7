// The learner's page of a quiz, where attempts begin.
import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { whatCounts } from '../quizzes/counting-attempt.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { gradeWithoutPoints, learnerGrade } from '../grades/learner-grade.ts';
import { askedCount, maximumPoints } from '../quizzes/extent.ts';
import { isCountedShown, withPointsShown } from '../quizzes/own-review.ts';
import { getReview } from '../quizzes/quiz-review.store.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { PageError } from '../web/errors.ts';
import { mayStartAnother } from './attempt.ts';
import type { GradingTools } from './grading-tools.ts';
import { deadlineOf, withLateness } from './late.ts';
import { answerOf } from './own-grade.routes.ts';
import { startAttempt, type StartRefusal } from './start-attempt.ts';
import { startTime, withOvertime } from './time-view.ts';
import { ownAttempts } from './own-attempt.routes.ts';

export function startRoutes(tools: GradingTools): Router {
  const { db, now } = tools;
  const { readAttempts } = ownAttempts(tools);
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
    const cell = await findCell(db, placement.id, session.personId);
    const { review } = await getReview(db, version.quizId);
    const timing = { dueAt: placement.dueAt, accommodation, now: now() };
    const shown = withPointsShown(attempts, review, timing);
    const { counted, rule } = whatCounts(attempts);
    const grade = learnerGrade(cell, placement.lineItemUrl !== null, now());
    res.render('attempts/index', {
      placement,
      version,
      open: attempts.find(isOpen),
      attempts: withOvertime(withLateness(shown, placement.dueAt, accommodation), accommodation),
      deadline: deadlineOf({ ...version, dueAt: placement.dueAt }, accommodation, now()),
      answerable: askedCount(version),
      points: maximumPoints(version).valueOf(),
      mayStart: mayStartAnother(attempts.length, version),
      ...startTime(attempts, version, accommodation, { now: now(), formats: res.locals.formats }),
      hasCounted: counted !== null,
      counted: isCountedShown(shown) ? counted : null,
      rule: rule ?? version.countingAttempt,
      grade: isCountedShown(shown) ? grade : gradeWithoutPoints(grade),
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

  return router;
}

function startRefused(code: StartRefusal): PageError {
  switch (code) {
    case 'quiz-not-published':
    case 'no-attempts-left':
      return new PageError(409, code, code);
  }
}
