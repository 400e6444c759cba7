// The teacher's table of a placement: who tried, what counts, and where the grade is.
import { Router } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { listMembers } from '../courses/course.store.ts';
import type { Database } from '../database/database.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { gradeStatus } from '../grades/grade-status.ts';
import { listCells, retryDeliveries } from '../grades/gradebook-cell.store.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { listSubmittedByPerson } from './attempt.store.ts';

export function resultsRoutes({
  db,
  now,
  onScoreWanted,
}: {
  db: Database;
  now: () => Date;
  onScoreWanted: () => void;
}): Router {
  const router = Router();

  router.get('/placements/:placementId/results', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'instructor');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const cells = await listCells(db, placement.id);
    const submitted = await listSubmittedByPerson(db, placement.id);
    const learners = (await listMembers(db, placement.courseId)).filter(({ role }) => role !== 'instructor');
    const rows = learners.map((learner) => {
      const attempts = submitted.get(learner.personId) ?? [];
      return {
        ...learner,
        attemptCount: attempts.length,
        counted: countedScore(attempts, countingRule(attempts)),
        grade: gradeStatus(cells.get(learner.personId) ?? null, placement.lineItemUrl !== null),
      };
    });
    res.render('attempts/results', { placement, version, rows });
  });

  router.post('/placements/:placementId/grades/deliveries', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'instructor');
    await retryDeliveries(db, placement.id, now());
    onScoreWanted();
    res.redirect(303, `/placements/${placement.id}/results`);
  });

  return router;
}
