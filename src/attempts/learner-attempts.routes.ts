// One learner's attempts at a placement, for who teaches them: also where a gradebook leads for a submission review.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import { findMember } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import { isOnList } from '../courses/roster-standing.ts';
import { getRosterState } from '../courses/roster-turn.store.ts';
import type { Database } from '../database/database.ts';
import { countedScore, countingRule } from '../quizzes/counting-attempt.ts';
import { shownCause } from '../grades/delivery-cause.ts';
import { listDeliveries } from '../grades/delivery-history.store.ts';
import { findCell } from '../grades/gradebook-cell.store.ts';
import { teacherGrade } from '../grades/teacher-grade.ts';
import { renderContent } from '../questions/content.ts';
import { getReview } from '../quizzes/quiz-review.store.ts';
import { showsAll } from '../quizzes/review-settings.ts';
import { findDraft, getVersion } from '../quizzes/quiz.store.ts';
import { notFound } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { askedVersion } from './asked.ts';
import { listAttempts, submitted } from './attempt.store.ts';
import { notCompared } from './beside-gradebook.ts';
import { listWork } from './checking/work.store.ts';
import { listFiles } from './files/answer-file.store.ts';
import { withLateness } from './late.ts';
import { markingIn } from './marking/mark-view.ts';
import { readReview } from './read-review.ts';
import { countPractices } from './self/practice.store.ts';
import { findSharedReflection } from './self/reflection.store.ts';

/** Whether a button has just sent the grade on its way, and whether this one person is all that may be seen. */
const query = z.object({
  sent: z.coerce.number().int().min(0).max(1).optional().catch(undefined),
  alone: z.string().optional().catch(undefined),
});

export function learnerAttemptRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/learners/:personId/attempts', async (req, res) => {
    const { placement, learner, attempts } = await readLearner(req, res);
    const { sent, alone } = query.parse(req.query);
    const made = attempts.flatMap(submitted);
    const draft = placement.quizId === null ? null : await findDraft(db, placement.quizId);
    const cell = await findCell(db, placement.id, learner.personId);
    const { readAt } = await getRosterState(db, placement.courseId);
    const listed = { isActive: learner.isActive, isListed: isOnList(learner, readAt) };
    res.render('attempts/learner', {
      placement,
      learner,
      attempts: attempts.map((attempt) => ({ ...attempt, arePointsShown: true })),
      title: placement.title ?? draft?.title ?? res.locals.t('quizzes.untitled'),
      counted: countedScore(made, countingRule(made)),
      grade: notCompared(teacherGrade(cell, { hasColumn: placement.lineItemUrl !== null, listed, now: now() })),
      deliveries: (await listDeliveries(db, placement.id, learner.personId)).map(({ cause, ...delivery }) => ({
        ...delivery,
        cause: cause && shownCause(cause, listed),
      })),
      mayRun: mayDo(placement.role, 'run-course'),
      sent,
      isAlone: alone !== undefined,
    });
  });

  router.get('/placements/:placementId/learners/:personId/attempts/:number', async (req, res) => {
    const { placement, learner, attempts } = await readLearner(req, res);
    const wanted = keyParam(req, 'number');
    const attempt = attempts.find(({ number }) => number === wanted);
    if (!attempt) throw notFound();
    const work = await listWork(db, attempt.id);
    const version = askedVersion(attempt, await getVersion(db, attempt.quizVersionId), work);
    // What is still being written is nobody's but the learner's.
    const content = { attempt, version, work, files: await listFiles(db, [attempt.id]) };
    const quiz = await getReview(db, placement.quizId ?? version.quizId);
    const review = attempt.submittedAt ? await readReview(db, content, quiz, showsAll) : null;
    const marking = mayDo(placement.role, 'mark-answers') ? markingIn(content, placement.id) : new Map();
    const isAlone = query.parse(req.query).alone !== undefined;
    const own = {
      practised: await countPractices(db, attempt.id),
      reflection: await findSharedReflection(db, attempt.id),
    };
    const shown = { placement, learner, isAlone, attempt, version, ...review, ...own, marking, html: renderContent };
    res.render('attempts/review', shown);
  });

  /** @throws PageError 404 for who is not in the placement's course, besides those of `requirePlacement` */
  async function readLearner(req: Request, res: Response) {
    const { placement } = await requirePlacement(db, req, res, 'see-results');
    const learner = await findMember(db, placement.courseId, keyParam(req, 'personId'));
    if (!learner) throw notFound();
    const accommodation = await getAccommodation(db, placement.courseId, learner.personId);
    const attempts = await listAttempts(db, placement.id, learner.personId);
    return { placement, learner, attempts: withLateness(attempts, placement.dueAt, accommodation) };
  }

  return router;
}
