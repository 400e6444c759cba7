// One learner's attempts at a placement, for who teaches them: also where a gradebook leads for a submission review.
import { Router, type Request, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { findMember } from '../courses/member.store.ts';
import type { Database } from '../database/database.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { gradeStatus } from '../grades/grade-status.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { renderContent } from '../questions/content.ts';
import { findDraft, getVersion } from '../quizzes/quiz.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { reviewsOf } from './attempt-view.ts';
import { listAttempts, listResponses, submitted } from './attempt.store.ts';

export function learnerAttemptRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/placements/:placementId/learners/:personId/attempts', async (req, res) => {
    const { placement, learner, attempts } = await readLearner(req, res);
    const made = attempts.flatMap(submitted);
    const draft = placement.quizId === null ? null : await findDraft(db, placement.quizId);
    res.render('attempts/learner', {
      placement,
      learner,
      attempts,
      title: placement.title ?? draft?.title ?? res.locals.t('quizzes.untitled'),
      counted: countedScore(made, countingRule(made)),
      grade: gradeStatus(await findCell(db, placement.id, learner.personId), placement.lineItemUrl !== null),
    });
  });

  router.get('/placements/:placementId/learners/:personId/attempts/:number', async (req, res) => {
    const { placement, learner, attempts } = await readLearner(req, res);
    const wanted = keyParam(req, 'number');
    const attempt = attempts.find(({ number }) => number === wanted);
    if (!attempt) throw notFound();
    const version = await getVersion(db, attempt.quizVersionId);
    // What is still being written is nobody's but the learner's.
    const content = { attempt, version, responses: await listResponses(db, attempt.id) };
    const questions = attempt.submittedAt ? reviewsOf(content) : [];
    res.render('attempts/review', { placement, learner, attempt, version, questions, html: renderContent });
  });

  /** @throws PageError 404 for who is not in the placement's course, besides those of `requirePlacement` */
  async function readLearner(req: Request, res: Response) {
    const { placement } = await requirePlacement(db, req, res, 'see-results');
    const learner = await findMember(db, placement.courseId, keyParam(req, 'personId'));
    if (!learner) throw notFound();
    return { placement, learner, attempts: await listAttempts(db, placement.id, learner.personId) };
  }

  return router;
}
