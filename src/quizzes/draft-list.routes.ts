// What is done to a question in the list of a draft, without opening it: it is copied, deleted, put back, moved, and given points.
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import { readPoints } from '../questions/forms/question-in-form.ts';
import { notFound } from '../web/errors.ts';
import { formFields } from '../web/forms.ts';
import { draftAccess, listAddress } from './draft-access.routes.ts';
import {
  deleteDraftQuestion,
  findDraftQuestion,
  insertDraftQuestions,
  moveDraftQuestion,
  outlineDraft,
  raiseRevision,
  restoreDraftQuestion,
  saveDraftQuestion,
} from './draft-question.store.ts';
import { contentOf, formOfDraft, shownQuestion } from './draft-question.ts';

const address = '/placements/:placementId/quiz/questions';

export function draftListRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();
  const { requireQuestion, changing } = draftAccess({ db, now });

  router.post(`${address}/:key/copies`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    const copied = await changing(placement, res, async (tx, quizId) => {
      const original = await findDraftQuestion(tx, quizId, question.key);
      if (!original) throw notFound();
      const [copy] = await insertDraftQuestions(tx, quizId, [original], { now: now(), after: original.key });
      await raiseRevision(tx, quizId, now());
      return copy;
    });
    res.redirect(303, listAddress(placement, { at: copied ?? question.key, by: 'edit' }));
  });

  router.post(`${address}/:key/deletion`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    await changing(placement, res, async (tx, quizId) => {
      await deleteDraftQuestion(tx, quizId, question.key, now());
      await raiseRevision(tx, quizId, now());
    });
    res.redirect(303, `/placements/${placement.id}/quiz/edit?deleted=${question.key}#deleted`);
  });

  router.post(`${address}/:key/restoration`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    await changing(placement, res, async (tx, quizId) => {
      await restoreDraftQuestion(tx, quizId, question.key);
      await raiseRevision(tx, quizId, now());
    });
    res.redirect(303, listAddress(placement, { at: question.key, by: 'edit' }));
  });

  router.post(`${address}/:key/place`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    const [to = ''] = formFields(req).get('to') ?? [];
    await changing(placement, res, async (tx, quizId) => {
      const keys = (await outlineDraft(tx, quizId)).map(({ key }) => key);
      const from = keys.indexOf(question.key);
      const target = to === 'up' ? from - 1 : to === 'down' ? from + 1 : /^\d{1,4}$/.test(to) ? Number(to) : from;
      if (from < 0 || target < 0 || target >= keys.length || target === from) return;
      await moveDraftQuestion(tx, quizId, question.key, target);
      await raiseRevision(tx, quizId, now());
    });
    res.redirect(303, listAddress(placement, { at: question.key, by: to === 'up' || to === 'down' ? to : 'edit' }));
  });

  router.post(`${address}/:key/points`, async (req, res) => {
    const { placement, question } = await requireQuestion(req, res);
    const points = readPoints(formFields(req).get('points')?.[0] ?? '');
    if (points === null) {
      res.redirect(303, `/placements/${placement.id}/quiz/edit?at=${question.key}&by=points&bad#q-${question.key}`);
      return;
    }
    await changing(placement, res, async (tx, quizId) => {
      const current = await findDraftQuestion(tx, quizId, question.key);
      if (!current || shownQuestion(current).points === points) return;
      const typed = formOfDraft(current);
      const content = current.question
        ? { question: { ...current.question, points }, typed: null }
        : contentOf({ ...typed, values: { ...typed.values, points } });
      await saveDraftQuestion(tx, quizId, question.key, content, now());
      await raiseRevision(tx, quizId, now());
    });
    res.redirect(303, listAddress(placement, { at: question.key, by: 'points' }));
  });

  return router;
}
