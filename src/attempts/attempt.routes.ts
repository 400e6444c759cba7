// The learner's pages of an attempt: open, before it is handed in, and once it is closed.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { isOpen } from '../quizzes/attempt-state.ts';
import { renderContent } from '../questions/content.ts';
import { behaviourOf } from '../questions/behaviours/registry.ts';
import { browserCookie, parseCookie } from '../web/cookies.ts';
import { askedCorrections } from './asked.ts';
import { questionsOf } from './attempt-view.ts';
import { listCorrections } from './correction.store.ts';
import type { GradingTools } from './grading-tools.ts';
import { listClients } from './journal/client.store.ts';
import { browserHash } from './journal/form-sender.ts';
import { journalOfPage, type JournalOfPage } from './journal/journal-of-page.ts';
import { guessField } from './self/guess.ts';
import type { SignInAgain } from './sign-in-again.ts';
import { ownAttempts, type AttemptPage } from './own-attempt.routes.ts';
import { resultPage } from './result.routes.ts';

/** What came of a check that checked nothing, and of which question. */
const checkQuery = z.object({
  unchecked: z.enum(['nothing-given', 'same-answer', 'not-as-shown']).optional().catch(undefined),
  at: z.string().optional().catch(undefined),
});

/** A guess that could not be read, to be shown again. */
const guessQuery = z.object({ guess: z.string().optional().catch(undefined) });

/**
 * @param tools.journalSecret by which the keys of all journals are made (config.ts)
 * @param tools.signInAgain for whoever is signed out while an attempt is open
 */
export function attemptRoutes(tools: GradingTools & { journalSecret: Uint8Array; signInAgain: SignInAgain }): Router {
  const { db, now, journalSecret, signInAgain } = tools;
  const { readAttempt } = ownAttempts(tools);
  const showResult = resultPage(tools);
  const router = Router();

  router.get('/attempts/:attemptId', async (req, res) => {
    const page = await readAttempt(req, res);
    if (!isOpen(page.attempt)) await showResult(res, page);
    else {
      const isSavedNow = req.query.saved !== undefined;
      const notice = checkQuery.parse(req.query);
      const questions = await openQuestions(page);
      const rule = behaviourOf(page.version.behaviour);
      const [journal, guess] = [await journalOf(req, page), guessField('', page.maximum)];
      const signInEntry = await signInAgain(req, res);
      const open = { ...page, questions, rule, notice, isSavedNow, journal, guess, signInEntry };
      res.render('attempts/show', { ...open, html: renderContent });
    }
  });

  router.get('/attempts/:attemptId/submission', async (req, res) => {
    const page = await readAttempt(req, res);
    if (!isOpen(page.attempt)) {
      res.redirect(303, `/attempts/${page.attempt.id}`);
      return;
    }
    const guess = guessField(guessQuery.parse(req.query).guess ?? '', page.maximum);
    const [journal, signInEntry] = [await journalOf(req, page), await signInAgain(req, res)];
    res.render('attempts/submission', { ...page, questions: await openQuestions(page), guess, journal, signInEntry });
  });

  async function journalOf(req: Request, { attempt, version }: AttemptPage): Promise<JournalOfPage> {
    const clients = await listClients(db, attempt.id);
    const browser = browserHash(parseCookie(req, browserCookie));
    return journalOfPage({ attempt, version, clients, browser }, { journalSecret, now: now() });
  }

  async function openQuestions(page: AttemptPage) {
    const { attempt, version, work, mayShow } = page;
    // What is never checked before it is handed in is not marked before.
    const { hasChecks } = behaviourOf(version.behaviour);
    const corrections = hasChecks ? await listCorrections(db, attempt.placementId, version.id) : new Map();
    return questionsOf(page, askedCorrections(attempt, version, work, corrections), mayShow);
  }

  return router;
}
