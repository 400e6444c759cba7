// The teacher's side of a published quiz: as students will see it, and where else it stands.
import { Router } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import { mayDo, type Right } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { askedCount, maximumPoints } from './extent.ts';
import { pageNamed, pageOfList, preview as asLearner } from './question-cards.ts';
import { isAnswerable, type QuizVersion } from './quiz.ts';
import { findOrigin, getQuizHome, listOtherCourses, type QuizHome } from './shared-quiz.store.ts';
import { findCurrentVersion } from './quiz.store.ts';
import { isInDraw, sectionsOf } from './structure.ts';

export function quizRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'preview-quizzes');
    const version = placement.quizId === null ? null : await findCurrentVersion(db, placement.quizId);
    const shared = await findShared(placement);
    if (!version && !shared) {
      if (!mayDo(placement.role, 'edit-quizzes')) res.render('attempts/no-quiz', { placement });
      else
        res.redirect(303, `/placements/${placement.id}/quiz/edit${req.query.foreign === undefined ? '' : '?foreign'}`);
      return;
    }
    if (!version) {
      res.render('quizzes/shared-draft', { placement, shared, may: mayHere(placement) });
      return;
    }
    const part = pageOfList(pageNamed(req.query.page), version.questions.length);
    res.render('quizzes/show', {
      placement,
      version,
      shared,
      origin: await findOrigin(db, version.quizId),
      otherCourses: shared ? [] : await listOtherCourses(db, version.quizId, placement.courseId),
      may: mayHere(placement),
      questions: preview(version, part),
      part,
      points: maximumPoints(version).valueOf(),
      answerable: askedCount(version),
      html: renderContent,
    });
  });

  /** The course that the quiz of a placement belongs to, if it is another one; null for a quiz of its own, or none. */
  async function findShared({ quizId, courseId }: PlacementOfMember): Promise<QuizHome | null> {
    const home = quizId === null ? null : await getQuizHome(db, quizId);
    return home?.courseId === courseId ? null : home;
  }

  return router;
}

/** Which rights the reader has here, for pages that show more to some. */
function mayHere({ role }: PlacementOfMember) {
  return (right: Right) => mayDo(role, right);
}

/** As a learner sees them, in the author's order. */
function preview(version: QuizVersion, { from, most }: { from: number; most: number }) {
  const { questions, structure } = version;
  const sections = sectionsOf(version);
  let answerable = questions.slice(0, from).filter(isAnswerable).length;
  return questions.slice(from, from + most).map((question, index) => ({
    field: `preview${from + index}`,
    label: isAnswerable(question) ? (answerable += 1) : null,
    heading: sections.find(({ first }) => first === from + index)?.title ?? '',
    draws: structure.draws.flatMap((draw, place) => (isInDraw(question, draw, version) ? [place + 1] : [])),
    question: asLearner(question, from + index),
  }));
}
