// The course page of a teacher, and what a person may choose for themselves.
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import { languages } from '../i18n/i18n.ts';
import { notFound } from '../web/errors.ts';
import { isOwnPath } from '../web/own-path.ts';
import { requireSession } from '../web/session.ts';
import { keyParam } from './access.routes.ts';
import { chooseLanguageOf, findCourseForInstructor, listMembers, listPlacements } from './course.store.ts';

export function courseRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/courses/:courseId', async (req, res) => {
    const { personId } = requireSession(res);
    const course = await findCourseForInstructor(db, personId, keyParam(req, 'courseId'));
    if (!course) throw notFound();
    res.render('courses/show', {
      course,
      placements: await listPlacements(db, course.id),
      members: await listMembers(db, course.id),
    });
  });

  router.post('/person/language', async (req, res) => {
    const { personId } = requireSession(res);
    const { language, address } = req.body as { language?: unknown; address?: unknown };
    const chosen = languages.find(({ code }) => code === language);
    if (chosen) await chooseLanguageOf(db, personId, chosen.code);
    res.redirect(303, isOwnPath(address) ? address : '/');
  });

  return router;
}
