// Sharing a bank, or one question of it, with another course of one's own; and taking that back.
import { Router, type Request } from 'express';
import { requireCourse } from '../courses/access.routes.ts';
import type { Database } from '../database/database.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireOwn } from './bank-access.routes.ts';
import { deleteShare, insertShare, listShareable } from './share.store.ts';

export function shareRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.post('/courses/:courseId/bank/shares', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
    await share(req, { courseId: course.id, personId: session.personId, questionId: null });
    res.redirect(303, `/courses/${course.id}/bank#sharing`);
  });

  router.post('/courses/:courseId/bank/questions/:bankKey/shares', async (req, res) => {
    const { session, course, found } = await requireOwn(db, req, res);
    await share(req, { courseId: course.id, personId: session.personId, questionId: found.id });
    res.redirect(303, `/courses/${course.id}/bank/questions/${found.key}?shared#sharing`);
  });

  // Whoever may edit the course may take back what another teacher of it shared.
  router.post('/courses/:courseId/bank/shares/:shareId/deletion', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const gone = await db.transaction((tx) => deleteShare(tx, course.id, keyParam(req, 'shareId')));
    if (!gone) throw notFound();
    const [key] = formFields(req).get('back') ?? [];
    const isQuestion = gone.questionId !== null && /^[0-9a-f-]{36}$/.test(key ?? '');
    res.redirect(303, `/courses/${course.id}/bank${isQuestion ? `/questions/${key}?unshared` : ''}#sharing`);
  });

  /** @throws PageError 404 for a course that the person may not edit, or that is of another deployment */
  async function share(req: Request, from: { courseId: number; personId: number; questionId: number | null }) {
    const wanted = Number(formFields(req).get('with')?.[0]);
    const others = await listShareable(db, from.courseId, from.personId);
    if (!others.some(({ courseId }) => courseId === wanted)) throw notFound();
    const { courseId, questionId, personId } = from;
    await db.transaction((tx) =>
      insertShare(tx, { courseId, questionId, withCourseId: wanted, sharedBy: personId, sharedAt: now() }),
    );
  }

  return router;
}
