// A credit plan as it was published: what it says, what was new in it, and by which rules.
import { Router } from 'express';
import { requireCourse } from '../../courses/access.routes.ts';
import type { Database } from '../../database/database.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { getPlans } from '../plan.store.ts';
import { listPlanVersions } from './draft-plan.store.ts';
import { planChanges } from './plan-changes.ts';

export function planVersionRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/courses/:courseId/credits/plan/versions/:number', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const number = keyParam(req, 'number');
    const versions = await listPlanVersions(db, course.id);
    const listed = versions.find((version) => version.number === number);
    const earlier = versions.find((version) => version.number === number - 1);
    if (!listed) throw notFound();
    const plans = await getPlans(db, course.id, [listed.id, ...(earlier ? [earlier.id] : [])]);
    const version = plans.get(listed.id);
    const before = earlier && plans.get(earlier.id);
    if (!version) throw notFound();
    res.render('credits/plan/version', {
      course,
      path: `/courses/${course.id}/credits/plan`,
      version: { ...version, publishedBy: listed.publishedBy },
      isInForce: versions[0]?.number === number,
      before: before ? before.number : null,
      changes: before ? planChanges(before.plan, version.plan) : [],
      hasOtherRules: before !== undefined && before.policyId !== version.policyId,
      said: (['published', 'unchanged'] as const).find((name) => req.query[name] !== undefined) ?? null,
    });
  });

  return router;
}
