// What a learner does in an open attempt: answer, hand in.
import { Router, type Request, type Response } from 'express';
import { browserCookie, parseCookie } from '../web/cookies.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { notFound, PageError } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireSession } from '../web/session.ts';
import { findAttempt } from './attempt.store.ts';
import type { GradingTools } from './grading-tools.ts';
import { handInIfOver } from './hand-in-overdue.ts';
import { browserHash } from './journal/form-sender.ts';
import { saveAnswers, type AnswerRefusal, type AnswerSheet } from './save-answers.ts';
import { submitAttempt } from './submit-attempt.ts';

/** Whose attempt a request speaks of. */
export interface Whose {
  attemptId: number;
  personId: number;
}

export function answeringRoutes(tools: GradingTools): Router {
  const { onScoreWanted } = tools;
  const router = Router();

  // Pages with a script keep a journal (journal/journal.routes.ts), and send the whole page only to go on to the next one.
  router.post('/attempts/:attemptId/answers', async (req, res) => {
    const whose = whoseOf(req, res);
    const saved = await saveAnswers(tools, whose, sheetIn(req));
    if (!saved.ok) await refuseAnswers(tools, req, res, whose, saved.code);
    // A page without a journal that was sent in the grace is the last one: there is nothing left to go back to.
    else if (saved.left?.seconds === 0) {
      if (hasJournal(req)) res.redirect(303, `/attempts/${whose.attemptId}`);
      else await submit(res, whose);
    } else if (formFields(req).has('later')) res.redirect(303, `/attempts/${whose.attemptId}?saved`);
    else res.redirect(303, `/attempts/${whose.attemptId}/submission`);
  });

  router.post('/attempts/:attemptId/submission', async (req, res) => {
    const [guess = ''] = formFields(req).get('guess') ?? [];
    await submit(res, whoseOf(req, res), guess);
  });

  async function submit(res: Response, whose: Whose, guess = '') {
    const submission = await submitAttempt(tools, { ...whose, guess });
    if (submission.ok) {
      onScoreWanted();
      res.redirect(303, `/attempts/${whose.attemptId}`);
      return;
    }
    switch (submission.code) {
      case 'attempt-not-found':
        throw notFound();
      // The page says what is wrong with it, and still has it.
      case 'guess-unreadable':
        res.redirect(303, `/attempts/${whose.attemptId}/submission?guess=${encodeURIComponent(guess)}#guess`);
    }
  }

  return router;
}

/** Says why answers were not kept. What was written in words is given back to be copied. */
export async function refuseAnswers(
  tools: GradingTools,
  req: Request,
  res: Response,
  { attemptId, personId }: Whose,
  code: AnswerRefusal,
): Promise<void> {
  switch (code) {
    case 'attempt-not-found':
      throw notFound();
    case 'already-submitted':
      throw new PageError(409, code, code);
    case 'time-is-over': {
      // A journal may have more to say that was in time, of this page or another; whoever has none has nobody wait for the network.
      const isClosedBy =
        isScript(req) || hasJournal(req)
          ? await handInIfOver(tools, { id: attemptId, personId })
          : (await submitAttempt(tools, { attemptId, personId })).ok;
      if (isClosedBy) tools.onScoreWanted();
      if (isScript(req)) throw new PageError(409, code, code);
      const attempt = await findAttempt(tools.db, attemptId, personId);
      // What it wrote is in its journal, which goes on from there.
      if (attempt && isOpen(attempt)) {
        res.redirect(303, `/attempts/${attemptId}`);
        return;
      }
      const { abandonedAt = null } = attempt ?? {};
      res.status(409).render('attempts/over', { attemptId, code, abandonedAt, written: wordsIn(req) });
    }
  }
}

/** Of whose attempt a request of the signed-in learner speaks. */
export function whoseOf(req: Request, res: Response): Whose {
  return { personId: requireSession(res).personId, attemptId: keyParam(req, 'attemptId') };
}

/** The answers on the page that a request sends. */
export function sheetIn(req: Request): AnswerSheet {
  const form = formFields(req);
  return {
    form: Object.fromEntries(form),
    fields: form.get('question') ?? [],
    browser: browserHash(parseCookie(req, browserCookie)),
  };
}

function isScript(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}

/** Whether a form is of a page that keeps a journal (journal/form-sender.ts): without a script its field stays empty. */
function hasJournal(req: Request): boolean {
  return (formFields(req).get('_client') ?? []).some((client) => client !== '');
}

/** Answers of more than one word. */
function wordsIn(req: Request): string[] {
  const answers = [...formFields(req)].filter(([name]) => /^q\d+$/.test(name));
  return answers.flatMap(([, values]) => values).filter((value) => /\s/.test(value.trim()));
}
