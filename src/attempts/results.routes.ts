// The teacher's table of a placement: who tried, what counts, where the grade is, and what the gradebook says to it.
import { Router } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { listMembers } from '../courses/member.store.ts';
import { mayDo } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { columnStatus } from '../grades/column-status.ts';
import { countedScore, countingRule } from '../grades/counting-attempt.ts';
import { gradeStatus } from '../grades/grade-status.ts';
import { listCells } from '../grades/gradebook-cell.store.ts';
import { recheckColumn, wantColumn } from '../grades/gradebook-column.store.ts';
import { getGradebook } from '../grades/gradebook.store.ts';
import { mayReadBack, readGradebook } from '../grades/read-gradebook.ts';
import { retryDeliveries } from '../grades/send-again.store.ts';
import type { PlatformServices } from '../platforms/services.ts';
import { maximumPoints } from '../quizzes/quiz.ts';
import { findCurrentVersion } from '../quizzes/quiz.store.ts';
import { listSubmittedByPerson } from './attempt.store.ts';
import { beside } from './beside-gradebook.ts';

export function resultsRoutes({
  db,
  now,
  services,
  onScoreWanted,
}: {
  db: Database;
  now: () => Date;
  services: PlatformServices;
  onScoreWanted: () => void;
}): Router {
  const router = Router();

  router.get('/placements/:placementId/results', async (req, res) => {
    const isComparing = req.query.gradebook !== undefined;
    const { placement } = await requirePlacement(db, req, res, isComparing ? 'run-course' : 'see-results');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const gradebook = await getGradebook(db, placement.id);
    const reading = isComparing && mayReadBack(gradebook) ? await readGradebook({ db, services }, gradebook) : null;
    const rows = await listRows(placement, gradebook.lineItemUrl !== null);
    res.render('attempts/results', {
      placement,
      version,
      rows: reading?.kind === 'read' ? rows.map((row) => beside(row, reading.grades)) : rows,
      reading,
      column: columnStatus(gradebook, version !== null && maximumPoints(version.questions).compare(0) > 0),
      mayCompare: mayReadBack(gradebook),
      mayRun: mayDo(placement.role, 'run-course'),
    });
  });

  router.post('/placements/:placementId/grades/deliveries', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'run-course');
    await db.transaction(async (tx) => {
      // What was refused may have been refused because its column is gone.
      await recheckColumn(tx, placement.id, now());
      await retryDeliveries(tx, placement.id, now());
    });
    onScoreWanted();
    res.redirect(303, `/placements/${placement.id}/results`);
  });

  router.post('/placements/:placementId/gradebook-column', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'run-course');
    await db.transaction((tx) => wantColumn(tx, placement.id, now()));
    onScoreWanted();
    res.redirect(303, `/placements/${placement.id}/results`);
  });

  /** Everybody who may answer, who left the course last. */
  async function listRows({ id, courseId }: { id: number; courseId: number }, hasColumn: boolean) {
    const cells = await listCells(db, id);
    const submitted = await listSubmittedByPerson(db, id);
    const learners = (await listMembers(db, courseId)).filter(({ role }) => mayDo(role, 'answer'));
    const rows = learners.map((learner) => {
      const attempts = submitted.get(learner.personId) ?? [];
      return {
        ...learner,
        attemptCount: attempts.length,
        counted: countedScore(attempts, countingRule(attempts)),
        grade: gradeStatus(cells.get(learner.personId) ?? null, hasColumn),
      };
    });
    return rows.sort((one, other) => Number(other.isActive) - Number(one.isActive));
  }

  return router;
}
