// What a teacher does with a quiz of another course: make it their own, or take it where a link does not say what it holds.
import { Router } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import { lockPlacementQuiz, placeQuiz } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { copyQuiz, getQuizHome, listOffered, placeOffered } from './shared-quiz.store.ts';

const choice = z.object({ quiz: z.coerce.number().int() });

export function sharedQuizRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.post('/placements/:placementId/quiz/detachment', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { courseId } = placement;
    await db.transaction(async (tx) => {
      // Held, so that a second click finds it done.
      const quizId = await lockPlacementQuiz(tx, placement.id);
      if (quizId === null || (await getQuizHome(tx, quizId)).courseId === courseId) return;
      await placeQuiz(tx, placement.id, await copyQuiz(tx, { quizId, courseId, publishedBy: session.personId }, now()));
    });
    res.redirect(303, `/placements/${placement.id}/quiz`);
  });

  router.post('/placements/:placementId/quiz/choice', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const chosen = choice.safeParse(req.body).data?.quiz;
    const offered = await listOffered(db, placement, session.personId);
    if (offered.some(({ id }) => id === chosen) && chosen !== undefined) {
      await placeOffered(db, placement.id, chosen);
    }
    res.redirect(303, `/placements/${placement.id}/quiz`);
  });

  return router;
}
