// A student's credits in one course: for themselves, for who teaches them, and for the mentor whom the LMS named.
import { Router, type Response } from 'express';
import { requireCourse, requireLearner } from '../../courses/access.routes.ts';
import type { CourseOfMember } from '../../courses/course.store.ts';
import type { Member } from '../../courses/member.store.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { getPlans } from '../plan.store.ts';
import { loadOwnCredits } from './own-credits.ts';
import { statementOf } from './statement.ts';
import { readSupposition, suppose } from './what-if.ts';

/** Whose page, and where it leads back to. */
interface Shown {
  course: CourseOfMember;
  personId: number;
  /** Null where the student reads their own. */
  learner: Member | null;
  crumb: { href: string; text: string };
}

export function studentCreditRoutes({
  db,
  now,
  timeZone,
}: {
  db: Database;
  now: () => Date;
  timeZone: string;
}): Router {
  const router = Router();

  router.get('/courses/:courseId/credits', async (req, res) => {
    const { session, course } = await requireCourse(db, req, res, 'answer');
    const crumb = { href: `/courses/${course.id}/progress`, text: res.locals.t('attempts.progress.title') };
    await show(res, { course, personId: session.personId, learner: null, crumb });
  });

  router.get('/courses/:courseId/people/:personId/credits', async (req, res) => {
    const { course, learner } = await requireLearner(db, req, res);
    const { personId } = learner;
    const crumb = {
      href: `/courses/${course.id}/people/${personId}/progress`,
      text: learner.name ?? res.locals.t('page.nameless'),
    };
    await show(res, { course, personId, learner, crumb });
  });

  async function show(res: Response, { course, personId, learner, crumb }: Shown) {
    const reader = mayDo(course.role, 'see-results') ? 'teacher' : 'learner';
    const [own] = await loadOwnCredits(db, { personId, courseIds: [course.id], reader }, now());
    const mayPlan = mayDo(course.role, 'edit-quizzes');
    if (!own) {
      res.render('credits/student/no-plan', { course, learner, crumb, mayPlan });
      return;
    }
    const { inForce, credits } = own;
    const entries = [...credits.accounts.values()].flat();
    const older = [...new Set(entries.map(({ planId }) => planId))].filter((id) => id !== inForce.id);
    const statement = statementOf(own, { earlier: await getPlans(db, course.id, older), timeZone, now: now() });
    const rows = statement.modules.flatMap(({ activities }) => activities);
    const supposition = readSupposition(res.req.query, rows);
    res.render('credits/student/statement', {
      ...{ course, learner, crumb, credits, statement, supposition },
      ...{ plan: inForce.plan, policy: inForce.policy, publishedAt: inForce.publishedAt },
      supposed: supposition.isComplete ? suppose(inForce, credits, supposition.shares) : null,
      isTeacher: reader === 'teacher',
      isGuest: learner === null && !mayDo(course.role, 'be-graded'),
      quizHref: quizHref(course, learner),
    });
  }

  return router;
}

/** Where a quiz's row leads: the student to their attempts, the teacher to that student's, a mentor nowhere. */
function quizHref({ role }: CourseOfMember, learner: Member | null): (placementId: number) => string | null {
  if (!learner) return (placementId) => `/placements/${placementId}/attempts`;
  if (!mayDo(role, 'see-results')) return () => null;
  return (placementId) => `/placements/${placementId}/learners/${learner.personId}/attempts`;
}
