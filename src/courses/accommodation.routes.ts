// Gives one learner of a course more time than the others have, or takes that back.
import { Router, type Request, type Response } from 'express';
import type { Database } from '../database/database.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireCourse } from './access.routes.ts';
import { noAccommodation } from './accommodation.ts';
import { readAccommodation } from './accommodation-form.ts';
import { getAccommodation, saveAccommodation } from './accommodation.store.ts';
import { findMember } from './member.store.ts';
import { mayDo } from './rights.ts';

export function accommodationRoutes({
  db,
  now,
  timeZone,
}: {
  db: Database;
  now: () => Date;
  timeZone: string;
}): Router {
  const router = Router();

  router.post('/courses/:courseId/people/:personId/accommodation', async (req, res) => {
    const { session, course, learner } = await requireLearner(req, res);
    const read = formFields(req).has('clear')
      ? { ok: true as const, accommodation: noAccommodation }
      : readAccommodation(req.body, { timeZone });
    const { personId } = learner;
    if (!read.ok) {
      const accommodation = await getAccommodation(db, course.id, personId);
      res.status(422).render('courses/accommodation', { course, learner, accommodation, form: read.form });
      return;
    }
    await db.transaction((tx) =>
      saveAccommodation(tx, { courseId: course.id, personId }, read.accommodation, {
        changedBy: session.personId,
        now: now(),
      }),
    );
    res.redirect(303, `/courses/${course.id}/people/${personId}/progress?saved#more-time`);
  });

  /** @throws PageError 404 for whoever answers nothing in this course, besides those of `requireCourse` */
  async function requireLearner(req: Request, res: Response) {
    const { session, course } = await requireCourse(db, req, res, 'decide-grades');
    const learner = await findMember(db, course.id, keyParam(req, 'personId'));
    if (!learner || !mayDo(learner.role, 'answer')) throw notFound();
    return { session, course, learner };
  }

  return router;
}
