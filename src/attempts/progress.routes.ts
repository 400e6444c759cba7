// A learner's progress in a whole course: for themselves, for who teaches them, and for the mentor whom the LMS named.
import { Router, type Response } from 'express';
import { z } from 'zod';
import { requireCourse, requireLearner } from '../courses/access.routes.ts';
import { getAccommodation } from '../courses/accommodation.store.ts';
import type { CourseOfMember } from '../courses/course.store.ts';
import { listMentees, type Member } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import { findPlan } from '../credits/plan.store.ts';
import type { Database } from '../database/database.ts';
import { listProgress, type QuizProgress } from './progress.store.ts';

/** Whether a teacher has just saved how much time the learner has. */
const query = z.object({ saved: z.literal('').optional().catch(undefined) });

/** How the page of somebody is shown: under which name, and where its rows lead. */
interface Shown {
  course: CourseOfMember;
  personId: number;
  /** Null where the learner reads their own. */
  learner: Member | null;
  crumb?: { href: string; text: string };
  hrefOf: (quiz: QuizProgress) => string | null;
}

export function progressRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/courses/:courseId/progress', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'answer');
    const hrefOf = ({ placementId }: QuizProgress) => `/placements/${placementId}/attempts`;
    await show(res, { course, personId: session.personId, learner: null, hrefOf });
  });

  router.get('/courses/:courseId/mentees', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'see-mentees');
    res.render('attempts/mentees', { course, mentees: await listMentees(db, course.id, session.personId) });
  });

  router.get('/courses/:courseId/people/:personId/progress', async (req, res) => {
    const { course, learner } = await requireLearner(db, req, res);
    const { personId } = learner;
    const isTeacher = mayDo(course.role, 'see-results');
    const crumb = isTeacher
      ? { href: `/courses/${course.id}`, text: course.title ?? res.locals.t('courses.untitled') }
      : { href: `/courses/${course.id}/mentees`, text: res.locals.t('attempts.mentees.title') };
    const hrefOf = ({ placementId }: QuizProgress) =>
      isTeacher ? `/placements/${placementId}/learners/${personId}/attempts` : null;
    await show(res, { course, personId, learner, crumb, hrefOf });
  });

  async function show(res: Response, { course, personId, learner, crumb, hrefOf }: Shown) {
    const reader = mayDo(course.role, 'see-results') ? 'teacher' : 'learner';
    const progress = await listProgress(db, { courseId: course.id, personId, reader }, now());
    const quizzes = progress.map((quiz) => ({ ...quiz, href: hrefOf(quiz) }));
    const accommodation = await getAccommodation(db, course.id, personId);
    const mayGive = learner !== null && mayDo(course.role, 'decide-grades') && mayDo(learner.role, 'answer');
    const isSaved = query.parse(res.req.query).saved !== undefined;
    const hasCredits = (await findPlan(db, course.id)) !== null;
    res.render('attempts/progress', { course, learner, quizzes, crumb, accommodation, mayGive, isSaved, hasCredits });
  }

  return router;
}
