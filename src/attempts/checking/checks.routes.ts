// A learner has one answer checked while the attempt is open. Without a script the whole page is sent, and comes back at its question.
import { Router } from 'express';
import { formFields } from '../../web/forms.ts';
import type { GradingTools } from '../grading-tools.ts';
import { refuseAnswers, sheetIn, whoseOf } from '../answering.routes.ts';
import { checkAnswer } from './check-answer.ts';
import { redoQuestion } from './redo-question.ts';

export function checkRoutes(tools: GradingTools): Router {
  const router = Router();

  router.post('/attempts/:attemptId/checks', async (req, res) => {
    const whose = whoseOf(req, res);
    const [field = ''] = formFields(req).get('check') ?? [];
    const checked = await checkAnswer(tools, whose, { ...sheetIn(req), field });
    if (!checked.ok) {
      await refuseAnswers(tools, req, res, whose, checked.code);
      return;
    }
    const { outcome } = checked;
    const notice = outcome === 'checked' || outcome === 'not-checkable' ? '' : `?unchecked=${outcome}&at=${field}`;
    // What names no question is not put into an address.
    const place = outcome === 'not-checkable' ? '' : `#${field}-text`;
    res.redirect(303, `/attempts/${whose.attemptId}${notice}${place}`);
  });

  router.post('/attempts/:attemptId/redos', async (req, res) => {
    const whose = whoseOf(req, res);
    const [field = ''] = formFields(req).get('redo') ?? [];
    const redone = await redoQuestion(tools, whose, { ...sheetIn(req), field });
    if (!redone.ok) await refuseAnswers(tools, req, res, whose, redone.code);
    else res.redirect(303, `/attempts/${whose.attemptId}${redone.isQuestion ? `#${field}-text` : ''}`);
  });

  return router;
}
