// Regrading a published quiz: choose for each question, see what that does to whom, accept just that.
import { Router, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { listMembers } from '../courses/member.store.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import { renderContent } from '../questions/content.ts';
import { acceptRegrade, type RegradeRefusal } from './accept-regrade.ts';
import { correctionWord } from './correction.ts';
import type { GradingTools } from './grading-tools.ts';
import {
  mostReason,
  newRegradeForm,
  readRegradeForm,
  reasonProblem,
  type ReasonProblem,
  type RegradeForm,
} from './regrade-form.ts';
import { regradedPeople } from './regrade-people.ts';
import { regradableQuestions, withOutcomes } from './regrade-questions.ts';
import { readGradings } from './regrade.store.ts';
import { isIdle, planDigest, planRegrade } from './regrade.ts';

/** What the page says besides what it shows. */
type Notice = ReasonProblem | Exclude<RegradeRefusal, 'nothing-to-change'> | null;

export function regradeRoutes({ db, now, onScoreWanted }: GradingTools): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz/regrade', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    const gradings = await readGradings(db, placement);
    const questions = withOutcomes(regradableQuestions(gradings), gradings);
    res.render('attempts/regrade', { placement, questions, form: newRegradeForm(questions), ...onEveryPage });
  });

  router.get('/placements/:placementId/quiz/regrade/preview', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    // The choices stand in the address, so that going back asks nothing; a reason never does.
    await preview(res, placement, { ...readRegradeForm(req.query), reason: '' }, null);
  });

  router.post('/placements/:placementId/quiz/regrade', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const form = readRegradeForm(req.body);
    const problem = reasonProblem(form.reason);
    if (problem) {
      res.status(422);
      await preview(res, placement, form, problem);
      return;
    }
    const decider = { placementId: placement.id, decidedBy: session.personId };
    const accepted = await acceptRegrade({ db, now }, decider, form);
    if (accepted.ok) onScoreWanted();
    if (accepted.ok || accepted.code === 'nothing-to-change') {
      res.redirect(303, `/placements/${placement.id}/decisions?${accepted.ok ? 'accepted' : 'unchanged'}`);
      return;
    }
    res.status(409);
    await preview(res, placement, form, accepted.code);
  });

  /** The page with what was chosen on it, and what that would do. */
  async function preview(res: Response, placement: PlacementOfMember, form: RegradeForm, notice: Notice) {
    const gradings = await readGradings(db, placement);
    const plan = planRegrade(gradings, form);
    const names = new Map((await listMembers(db, placement.courseId)).map(({ personId, name }) => [personId, name]));
    const people = regradedPeople([...gradings.attempts, ...gradings.heldAttempts], plan).map((person) => ({
      ...person,
      name: names.get(person.personId) ?? null,
    }));
    res.render('attempts/regrade', {
      ...onEveryPage,
      placement,
      questions: withOutcomes(regradableQuestions(gradings), gradings),
      form: { ...form, previewed: planDigest(plan, form) },
      notice: plan.leavesNothing ? 'nothing-left' : notice,
      plan: { isIdle: isIdle(plan), isAcceptable: !isIdle(plan) && !plan.leavesNothing, people },
    });
  }

  return router;
}

const onEveryPage = { mostReason, html: renderContent, wordOf: correctionWord, plan: null, notice: null };
