// Questions from a text or a file: read, shown, chosen from, and only then added to the draft.
import { Router, type Request, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { Database } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { formats } from '../questions/formats/registry.ts';
import { notFound } from '../web/errors.ts';
import { formFields, uploadedFile } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireDraft, titleOf } from './draft-access.routes.ts';
import { insertDraftQuestions, listDraftQuestions, raiseRevision } from './draft-question.store.ts';
import { shownQuestion } from './draft-question.ts';
import { holdDraft } from './draft.store.ts';
import { importItems, presentItems } from './import-preview.ts';
import { findImport, insertImport, markAdded } from './import.store.ts';
import { readImport } from './read-import.ts';

export function importRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.post('/placements/:placementId/quiz/imports', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { typed, read } = await readImport(req.body, uploadedFile(req), uploadedName(req));
    const importId = await db.transaction(async (tx) => {
      const quizId = requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
      return insertImport(tx, { quizId, personId: session.personId, ...typed }, read, now());
    });
    res.redirect(303, `/placements/${placement.id}/quiz/imports/${importId}`);
  });

  router.get('/placements/:placementId/quiz/imports/:importId', async (req, res) => {
    const { placement, quizId, imported } = await requireImport(req, res);
    const draft = (await listDraftQuestions(db, quizId)).map(shownQuestion);
    const { read } = imported;
    res.render('quizzes/import', {
      placement,
      imported,
      problems: read.problems,
      items: presentItems(importItems(read.questions, draft)),
      formatLabel: formats.find(({ name }) => name === read.format)?.label ?? '',
      formatChoices: formats,
      isNothingTicked: req.query.none !== undefined,
      html: renderContent,
    });
  });

  router.post('/placements/:placementId/quiz/imports/:importId/questions', async (req, res) => {
    const { placement, imported } = await requireImport(req, res);
    const ticked = new Set(formFields(req).get('item'));
    const chosen = imported.read.questions.filter((_, index) => ticked.has(String(index)));
    if (chosen.length === 0) {
      res.redirect(303, `/placements/${placement.id}/quiz/imports/${imported.id}?none`);
      return;
    }
    const added = await db.transaction(async (tx) => {
      const quizId = requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
      if (!(await markAdded(tx, imported.id, now()))) return [];
      const contents = chosen.map(({ question }) => ({ question, typed: null }));
      const keys = await insertDraftQuestions(tx, quizId, contents, { now: now() });
      await raiseRevision(tx, quizId, now());
      return keys;
    });
    const [first] = added;
    const place = first ? `?added=${added.length}&at=${first}&by=edit#q-${first}` : '#questions';
    res.redirect(303, `/placements/${placement.id}/quiz/edit${place}`);
  });

  /** @throws PageError as `requirePlacement`; 404 for an import of another draft or person */
  async function requireImport(req: Request, res: Response) {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { quizId } = placement;
    if (quizId === null) throw notFound();
    const imported = await findImport(db, { id: keyParam(req, 'importId'), quizId, personId: session.personId });
    if (!imported) throw notFound();
    return { placement, quizId, imported };
  }

  return router;
}

/** What a browser says the file is called. */
function uploadedName(req: Request): string {
  const file = Array.isArray(req.files) ? req.files[0] : undefined;
  return file?.originalname.slice(0, 255) ?? '';
}
