// Questions from a text or a file: read in the background, shown, chosen from, and only then added to the draft.
import { setTimeout as wait } from 'node:timers/promises';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import { findPlacementFor } from '../courses/placement.store.ts';
import { mayDo } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { renderContent } from '../questions/content.ts';
import { checkCsrfToken } from '../web/csrf.ts';
import { notFound, PageError } from '../web/errors.ts';
import { formFields, readUpload, readUploads, uploadedFile } from '../web/forms.ts';
import { keyParam } from '../web/key-param.ts';
import { requireDraft, titleOf } from './draft-access.routes.ts';
import { insertTickedQuestions, raiseRevision } from './draft-question.store.ts';
import { holdDraft } from './draft.store.ts';
import { itemsOnPage, pageIn, pagesFor, placesOf, presentItems } from './import-preview.ts';
import { readInBackground, silentMs, type Readings } from './import-reading.ts';
import {
  countImported,
  endImport,
  findImport,
  insertImport,
  listImported,
  markAdded,
  tickAll,
  tickImported,
  type QuestionImport,
} from './import.store.ts';
import { importChoices, largestFileMegabytes, readableFormats, takeImport } from './read-import.ts';
import { wordsOfRefusal } from './refused-picture.ts';

/** How long a request waits for a short file, whose reader then needs no page that tells how far it is. */
const patienceMs = 1500;

/** More files than these are not held in memory at once; each waits its turn to be read. */
const mostReadings = 6;

const address = '/placements/:placementId/quiz/imports';

const megabyte = 1024 * 1024;
const aroundFileBytes = 64 * 1024;
const mostTextBytes = 2 * megabyte;

interface Tools {
  db: Database;
  now: () => Date;
}

/** Stands before the routers whose forms are small, and reads its own. */
export function importRoutes({ db, now }: Tools): Router {
  const router = Router();
  const readings: Readings = new Map();

  const readLarge = readUpload({
    fileBytes: largestFileMegabytes * megabyte,
    bodyBytes: largestFileMegabytes * megabyte + mostTextBytes + aroundFileBytes,
  });
  /** Of whoever may import nothing no more is read than of any form; what they lack is said after their token was looked at. */
  const read: RequestHandler = async (req, res, next) => {
    if (await mayImport(req, res)) readLarge(req, res, next);
    else readUploads(req, res, next);
  };

  router.post(address, read, checkCsrfToken, async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    if (readings.size >= mostReadings) throw new PageError(503, 'imports-busy', 'imports-busy');
    const given = takeImport(req.body, uploadedFile(req), uploadedName(req));
    const target = await db.transaction(async (tx) => {
      const quizId = requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
      const row = { quizId, personId: session.personId, ...given.typed };
      return { importId: await insertImport(tx, row, now()), quizId };
    });
    const { deploymentId } = session;
    const reading = readInBackground({ db, now, log: res.locals.log }, readings, { ...target, deploymentId }, given);
    await Promise.race([reading, wait(patienceMs, undefined, { ref: false })]);
    res.redirect(303, `/placements/${placement.id}/quiz/imports/${target.importId}`);
  });

  router.get(`${address}/:importId`, async (req, res) => {
    const { placement, imported } = await requireImport(req, res);
    if (imported.state === 'reading' && !isSilent(imported)) {
      showProgress(req, res, placement.id, imported);
      return;
    }
    const { report } = imported;
    const { all, ticked } = report ? await countImported(db, imported.id) : { all: 0, ticked: 0 };
    const page = pageIn(req.query.page, all);
    const items = presentItems(report ? await listImported(db, imported.id, placesOf(page)) : []);
    res.render('quizzes/import', {
      placement,
      imported,
      end: report ? null : imported.state === 'reading' ? 'silent' : imported.state,
      problems: report?.problems ?? [],
      warnings: report?.warnings ?? [],
      refused: (report?.refused ?? []).map(({ line, refusal }) => ({ line, why: wordsOfRefusal(refusal, res.locals) })),
      items,
      all,
      elsewhere: ticked - items.filter(({ isTicked }) => isTicked).length,
      page,
      pages: pagesFor(all),
      itemsOnPage,
      formatLabel: readableFormats.find(({ name }) => name === report?.format)?.label ?? '',
      ...importChoices,
      isNothingTicked: req.query.none !== undefined,
      html: renderContent,
    });
  });

  router.post(`${address}/:importId/choice`, checkCsrfToken, async (req, res) => {
    const { placement, imported } = await requireImport(req, res);
    const fields = formFields(req);
    const [all] = fields.get('all') ?? [];
    const { page, ticked } = await chosenIn(req, imported);
    await db.transaction(async (tx) => {
      if (all === 'yes' || all === 'no') await tickAll(tx, imported.id, all === 'yes');
      else await tickImported(tx, imported.id, placesOf(page), ticked);
    });
    const next = fields.get('to')?.[0] ?? String(page);
    res.redirect(
      303,
      `/placements/${placement.id}/quiz/imports/${imported.id}?${new URLSearchParams({ page: next }).toString()}`,
    );
  });

  router.post(`${address}/:importId/questions`, checkCsrfToken, async (req, res) => {
    const { placement, imported } = await requireImport(req, res);
    const { page, ticked } = await chosenIn(req, imported);
    const added = await db.transaction(async (tx) => {
      const quizId = requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()));
      const onPage = (await listImported(tx, imported.id, placesOf(page))).filter(({ isTicked }) => isTicked).length;
      const { ticked: before } = await countImported(tx, imported.id);
      if (before - onPage + ticked.length === 0) return null;
      if (!(await markAdded(tx, imported.id, now()))) return { first: null, count: 0 };
      await tickImported(tx, imported.id, placesOf(page), ticked);
      const inserted = await insertTickedQuestions(tx, quizId, imported.id, now());
      await raiseRevision(tx, quizId, now());
      return inserted;
    });
    const own = `/placements/${placement.id}/quiz`;
    if (!added) res.redirect(303, `${own}/imports/${imported.id}?none`);
    else if (added.first === null) res.redirect(303, `${own}/edit#questions`);
    else res.redirect(303, `${own}/edit?added=${added.count}&at=${added.first}&by=edit#q-${added.first}`);
  });

  router.post(`${address}/:importId/cancellation`, checkCsrfToken, async (req, res) => {
    const { placement, imported } = await requireImport(req, res);
    await db.transaction((tx) => endImport(tx, imported.id, 'cancelled', now()));
    readings.get(imported.id)?.abort(new Error('Reading was cancelled'));
    res.redirect(303, `/placements/${placement.id}/quiz/imports/${imported.id}`);
  });

  /** Whether the process that read it has not been heard of for so long that it must be gone. */
  function isSilent({ id, heardAt }: QuestionImport): boolean {
    return !readings.has(id) && now().getTime() - heardAt.getTime() > silentMs;
  }

  async function chosenIn(req: Request, imported: QuestionImport): Promise<{ page: number; ticked: number[] }> {
    const { all } = await countImported(db, imported.id);
    const fields = formFields(req);
    const page = pageIn(fields.get('page')?.[0], all);
    const { from, most } = placesOf(page);
    const places = (fields.get('item') ?? []).filter((place) => /^\d{1,6}$/.test(place)).map(Number);
    return {
      page,
      ticked: [...new Set(places)].filter((place) => place >= from && place < Math.min(from + most, all)),
    };
  }

  async function mayImport(req: Request, res: Response): Promise<boolean> {
    const { session } = res.locals;
    const placement = session && (await findPlacementFor(db, session.personId, keyParam(req, 'placementId')));
    return placement ? mayDo(placement.role, 'edit-quizzes') : false;
  }

  /** @throws PageError as `requirePlacement`; 404 for an import of another draft or person */
  async function requireImport(req: Request, res: Response) {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    const { quizId } = placement;
    if (quizId === null) throw notFound();
    const imported = await findImport(db, { id: keyParam(req, 'importId'), quizId, personId: session.personId });
    if (!imported) throw notFound();
    return { placement, imported };
  }

  return router;
}

/** How far a reading is: a page that looks again by itself, or for its script the figures alone. */
function showProgress(req: Request, res: Response, placementId: number, imported: QuestionImport) {
  const { done, total } = imported;
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const said =
    share === null
      ? res.locals.t('draft.readingBegun')
      : res.locals.t('draft.readingShare', { share: res.locals.formats.percent(share) });
  if (req.accepts(['html', 'json']) === 'json') {
    res.json({ share, said });
    return;
  }
  res.render('quizzes/import-reading', { placementId, imported, share, said, refreshSeconds: 2 });
}

/** What a browser says the file is called. */
function uploadedName(req: Request): string {
  const file = Array.isArray(req.files) ? req.files[0] : undefined;
  return file?.originalname.slice(0, 255).replaceAll('\u0000', '') ?? '';
}
