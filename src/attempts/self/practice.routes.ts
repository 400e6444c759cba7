// A learner practises what an attempt missed: one question at a time, checked at once, as often as they like.
import { randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { renderContent } from '../../questions/content.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { findHandedIn, mayPractise } from './handed-in.ts';
import { findPractice, finishPractice, listTries } from './practice.store.ts';
import { practiceView } from './practice-view.ts';
import { startPractice, type PracticeRefusal } from './start-practice.ts';
import { tryQuestion } from './try-question.ts';

/** As learners count, from 1. */
const placeSchema = z.coerce.number().int().min(1).max(10_000);
const pageQuery = z.object({
  place: placeSchema.optional().catch(undefined),
  answer: z.string().optional().catch(undefined),
  unchecked: z.literal('nothing-given').optional().catch(undefined),
});
const tryForm = z.object({ place: placeSchema });

export function practiceRoutes(tools: { db: Database; now: () => Date }): Router {
  const { db, now } = tools;
  const router = Router();

  router.post('/attempts/:attemptId/practices', async (req, res) => {
    const { personId } = requireSession(res);
    const handedIn = await findHandedIn(tools, { attemptId: keyParam(req, 'attemptId'), personId });
    if (!handedIn) throw notFound();
    const started = await startPractice(tools, handedIn, randomBytes(16).toString('base64url'));
    if (!started.ok) throw refused(started.code);
    res.redirect(303, `/practices/${started.practiceId}`);
  });

  router.get('/practices/:practiceId', async (req, res) => {
    const { practice, handedIn } = await readPractice(req, res);
    const { place, answer, unchecked } = pageQuery.parse(req.query);
    const at = { place: place === undefined ? null : place - 1, showsAnswer: answer !== undefined };
    const view = practiceView(practice, handedIn, await listTries(db, practice.id), at);
    if (place !== undefined && !view.current) throw notFound();
    res.render('attempts/self/practice', { practice, ...view, unchecked, html: renderContent });
  });

  router.post('/practices/:practiceId/answers', async (req, res) => {
    const { practice, handedIn } = await readPractice(req, res);
    const { data } = tryForm.safeParse(req.body);
    if (!data) throw notFound();
    const outcome = await tryQuestion(tools, practice, handedIn, { place: data.place - 1, form: req.body });
    const page = `/practices/${practice.id}?place=${data.place}`;
    switch (outcome) {
      case 'no-such-place':
        throw notFound();
      case 'nothing-given':
        res.redirect(303, `${page}&unchecked=nothing-given#practice`);
        return;
      case 'tried':
      case 'over':
        res.redirect(303, `${page}#practice`);
    }
  });

  router.post('/practices/:practiceId/end', async (req, res) => {
    const { practice } = await readPractice(req, res);
    await db.transaction((tx) => finishPractice(tx, practice.id, now()));
    res.redirect(303, `/attempts/${practice.attemptId}#next`);
  });

  /** The practice `:practiceId` of the signed-in learner. @throws PageError for anybody else's, and where its answers may not be seen */
  async function readPractice(req: Request, res: Response) {
    const { personId } = requireSession(res);
    const practice = await findPractice(db, keyParam(req, 'practiceId'), personId);
    const handedIn = practice && (await findHandedIn(tools, { attemptId: practice.attemptId, personId }));
    if (!practice || !handedIn) throw notFound();
    if (!mayPractise(handedIn.mayShow)) throw refused('not-open');
    return { practice, handedIn };
  }

  return router;
}

function refused(code: PracticeRefusal): PageError {
  switch (code) {
    case 'not-open':
      return new PageError(409, 'practice-not-open', 'practice-not-open');
    case 'nothing-missed':
      return new PageError(409, 'nothing-missed', 'nothing-missed');
  }
}
