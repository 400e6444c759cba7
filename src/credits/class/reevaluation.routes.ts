// After the plan or its rules have changed: what a new look at older awards would do, and the word that it be done.
import { Router } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import { previewReevaluation, reevaluateCredits } from '../reevaluate-credits.ts';
import { wholeCourse } from '../plan.ts';
import { listStudents } from '../student.store.ts';
import { decide, type DecisionTools } from './decide.ts';
import { reevaluationForm } from './decision-form.ts';
import { listComponentTitles } from './history.store.ts';

const count = z.coerce.number().int().nonnegative().max(100_000).nullable().catch(null).default(null);
/** What came of the word just now: how many were done, and how many left because they were different by then. */
const query = z.object({ done: count, left: count });

export function reevaluationRoutes(tools: DecisionTools): Router {
  const { db, now } = tools;
  const router = Router();

  router.get('/courses/:courseId/credits/reevaluations', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'decide-grades');
    const preview = (await previewReevaluation(db, course.id)) ?? [];
    const titles = await listComponentTitles(db, course.id);
    const people = [...new Set(preview.map(({ personId }) => personId))];
    const names = new Map((await listStudents(db, course.id, people)).map(({ personId, name }) => [personId, name]));
    const lines = preview.map((line) => {
      const { personId, componentKey, unitsBefore, unitsAfter } = line;
      return {
        ...line,
        value: `${personId}.${componentKey}.${unitsBefore}.${unitsAfter}`,
        name: names.get(personId) ?? null,
        title: componentKey === wholeCourse ? null : (titles.get(componentKey) ?? componentKey),
      };
    });
    res.render('credits/class/reevaluation', { course, lines, ...query.parse(req.query) });
  });

  router.post('/courses/:courseId/credits/reevaluations', async (req, res) => {
    const { course, session } = await requireCourse(db, req, res, 'decide-grades');
    const { line: seen } = reevaluationForm.parse(req.body ?? {});
    const { done, left } = await decide(tools, course.id, {
      decide: (tx) => reevaluateCredits(tx, { courseId: course.id, actorId: session.personId, seen }, now()),
      concerns: (outcome) => (outcome.done > 0 ? seen.map(({ personId }) => personId) : []),
    });
    res.redirect(303, `/courses/${course.id}/credits/reevaluations?done=${done}&left=${left}`);
  });

  return router;
}
