// Rescue files, brought by a teacher or sent by the learner from another device; and what came too late, which a teacher may count.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../../courses/access.routes.ts';
import { findPlacementFor, type PlacementOfMember } from '../../courses/placement.store.ts';
import { isOpen } from '../../quizzes/attempt-state.ts';
import { notFound } from '../../web/errors.ts';
import { formFields, uploadedFile } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { whoseOf } from '../answering.routes.ts';
import { findAttempt } from '../attempt.store.ts';
import type { GradingTools } from '../grading-tools.ts';
import { mostReason, readRegradeForm, reasonProblem, type ReasonProblem } from '../regrade-form.ts';
import { countLateAnswers } from './count-late.ts';
import { listAttemptsWithLate, planLate } from './late-answer.store.ts';
import { lateDigest } from './late-answers.ts';
import { takeRescueFile, type Rescued, type RescueRefusal } from './take-rescue-file.ts';

/** What came of a form: of a file, or of counting the late answers of one attempt. */
interface Said {
  rescued?: readonly Rescued[];
  /** What was typed, and why nothing came of it. */
  file?: { typed: string; problem: RescueRefusal };
  counting?: { attemptId: number; reason: string; problem: ReasonProblem | 'not-as-previewed' };
}

const query = z.object({ unchanged: z.string().optional().catch(undefined) });

/** @param tools.journalSecret by which the keys of all journals are made (config.ts) */
export function rescueRoutes(tools: GradingTools & { journalSecret: Uint8Array }): Router {
  const { db, now, onScoreWanted } = tools;
  const router = Router();

  router.get('/placements/:placementId/rescue-files', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    await showLate(res, placement, {});
  });

  router.post('/placements/:placementId/rescue-files', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const typed = textIn(req);
    const taken = await takeRescueFile(tools, typed, { placementId: placement.id, broughtBy: session.personId });
    if (taken.ok) await showLate(res, placement, { rescued: taken.rescued });
    else await showLate(res.status(422), placement, { file: { typed, problem: taken.code } });
  });

  router.post('/placements/:placementId/learners/:personId/attempts/:number/late-answers', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const [personId, number] = [keyParam(req, 'personId'), keyParam(req, 'number')];
    const { reason, previewed } = readRegradeForm(req.body);
    const [attemptId = 0] = (formFields(req).get('attempt') ?? []).map(Number);
    const problem = reasonProblem(reason);
    if (problem) {
      await showLate(res.status(422), placement, { counting: { attemptId, reason, problem } });
      return;
    }
    const which = { placementId: placement.id, personId, number, decidedBy: session.personId };
    const counted = await countLateAnswers({ db, now }, which, { reason, previewed });
    if (counted.ok) {
      onScoreWanted();
      res.redirect(303, `/placements/${placement.id}/decisions?accepted`);
      return;
    }
    switch (counted.code) {
      case 'attempt-not-found':
        throw notFound();
      case 'not-handed-in':
      case 'nothing-to-count':
        res.redirect(303, `/placements/${placement.id}/rescue-files?unchanged`);
        return;
      case 'not-as-previewed':
        await showLate(res.status(409), placement, { counting: { attemptId, reason, problem: counted.code } });
    }
  });

  router.get('/attempts/:attemptId/rescue-files', async (req, res) => {
    res.render('attempts/rescue/own', { ...(await requireOwn(req, res)), rescued: [], file: null });
  });

  router.post('/attempts/:attemptId/rescue-files', async (req, res) => {
    const own = await requireOwn(req, res);
    const { placementId, personId } = own.attempt;
    const typed = textIn(req);
    const taken = await takeRescueFile(tools, typed, { placementId, personId, broughtBy: personId });
    if (taken.ok) res.render('attempts/rescue/own', { ...own, rescued: taken.rescued, file: null });
    else res.status(422).render('attempts/rescue/own', { ...own, rescued: [], file: { typed, problem: taken.code } });
  });

  /** The teacher's page: what came of a form just now, and whatever came too late and does not count. */
  async function showLate(res: Response, placement: PlacementOfMember, { rescued = [], file, counting }: Said) {
    const late = await listAttemptsWithLate(db, placement.id);
    const handedIn = late.flatMap(({ attempt }) => (attempt.submittedAt ? [attempt] : []));
    const plans = await planLate(db, placement.id, handedIn);
    const waiting = late.map(({ attempt, name, lateCount }) => {
      const plan = plans.get(attempt.id) ?? null;
      const form = counting?.attemptId === attempt.id ? counting : { reason: '', problem: null };
      const state = isOpen(attempt) ? 'open' : attempt.abandonedAt ? 'abandoned' : 'handed-in';
      return { attempt, name, lateCount, state, plan, previewed: plan && lateDigest(plan), form };
    });
    const { unchanged } = query.parse(res.req.query);
    const isUnchanged = unchanged !== undefined;
    const said = { rescued, file: file ?? null, isUnchanged };
    res.render('attempts/rescue/files', { placement, waiting, ...said, mostReason });
  }

  /** @throws PageError 404 for anybody else's attempt */
  async function requireOwn(req: Request, res: Response) {
    const { attemptId, personId } = whoseOf(req, res);
    const attempt = await findAttempt(db, attemptId, personId);
    const placement = attempt && (await findPlacementFor(db, personId, attempt.placementId));
    if (!attempt || !placement) throw notFound();
    return { attempt, placement };
  }

  return router;
}

/** The text of the file, or what was pasted. */
function textIn(req: Request): string {
  const file = uploadedFile(req);
  if (file) return Buffer.from(file).toString('utf8');
  return formFields(req).get('text')?.[0] ?? '';
}
