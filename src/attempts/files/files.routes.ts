// Files that learners hand in with their answers: kept as soon as they are chosen, seen by them and by who may see everybody's work.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { findPlacementFor } from '../../courses/placement.store.ts';
import { mayDo } from '../../courses/rights.ts';
import { assetRefused, largestMegabytes } from '../../questions/assets/asset.routes.ts';
import { sendBytes } from '../../questions/assets/send-bytes.ts';
import { isOpen } from '../../quizzes/attempt-state.ts';
import { checkCsrfToken } from '../../web/csrf.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { namedFile, readUpload, readUploads } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { refuseAnswers, sheetIn, whoseOf, type Whose } from '../answering.routes.ts';
import { findAttempt } from '../attempt.store.ts';
import { fieldName, positionOf } from '../field-name.ts';
import type { GradingTools } from '../grading-tools.ts';
import { findFile, findOwner, readFile } from './answer-file.store.ts';
import { listedFile } from './file-view.ts';
import { keepFile, removeFile, type FileRefusal, type FilesNow } from './keep-file.ts';

/** One file, and what a page has besides it. */
const bodyBytes = (largestMegabytes + 4) * 1024 * 1024;

/** The file fields of one page. */
const mostFiles = 60;

/** Stands before the routers whose forms are small, and reads its own. */
export function answerFileRoutes(tools: GradingTools): Router {
  const { db } = tools;
  const router = Router();

  router.get('/attempts/:attemptId/files/:field/:sha256', async (req, res) => {
    const place = { attemptId: keyParam(req, 'attemptId'), position: positionIn(req) };
    await requireReader(res, place.attemptId);
    const file = await findFile(db, place, req.params.sha256);
    if (!file) throw notFound();
    // Students share phones: nothing of one stays in it for the next.
    await sendBytes(req, res, { ...file, cacheControl: 'no-store, no-transform' }, (start, end) =>
      readFile(db, file, { start, end }),
    );
  });

  const readLarge = readUpload({ fileBytes: (largestMegabytes + 1) * 1024 * 1024, bodyBytes, files: mostFiles });
  /** Of whoever has no open attempt here no more is read than of any form. */
  const read: RequestHandler = async (req, res, next) => {
    const { session } = res.locals;
    const own = session && (await findAttempt(db, keyParam(req, 'attemptId'), session.personId));
    if (own && isOpen(own)) readLarge(req, res, next);
    else readUploads(req, res, next);
  };

  router.post('/attempts/:attemptId/files/:field', read, checkCsrfToken, async (req, res) => {
    const whose = whoseOf(req, res);
    const position = positionIn(req);
    const chosen = namedFile(req, `${fieldName(position)}.upload`);
    const file = chosen && { ...chosen, name: shortName(chosen.name) };
    const kept = await keepFile(tools, { ...whose, position, page: sheetIn(req) }, file);
    await answer(req, res, { whose, position }, kept);
  });

  router.post('/attempts/:attemptId/files/:field/:sha256/removal', readUploads, checkCsrfToken, async (req, res) => {
    const whose = whoseOf(req, res);
    const position = positionIn(req);
    const removed = await removeFile(tools, { ...whose, position, page: sheetIn(req) }, String(req.params.sha256));
    await answer(req, res, { whose, position }, removed);
  });

  async function answer(
    req: Request,
    res: Response,
    { whose, position }: { whose: Whose; position: number },
    changed: ({ ok: true } & FilesNow) | { ok: false; refusal: FileRefusal },
  ) {
    if (!changed.ok) await refuse(req, res, whose, changed.refusal);
    else if (req.accepts(['html', 'json']) === 'json')
      res.status(201).json({ files: changed.files.map(listedFile), shown: changed.shown });
    else res.redirect(303, `/attempts/${whose.attemptId}#${fieldName(position)}-files`);
  }

  async function refuse(req: Request, res: Response, whose: Whose, refusal: FileRefusal) {
    switch (refusal.code) {
      case 'attempt-not-found':
      case 'already-submitted':
      case 'time-is-over':
        await refuseAnswers(tools, req, res, whose, refusal.code);
        return;
      case 'takes-none':
      case 'no-such-file':
        throw notFound();
      case 'not-that-kind':
        throw new PageError(415, 'file-kind', 'file-kind');
      case 'too-many':
        throw new PageError(409, 'too-many-files', 'too-many-files', { most: String(refusal.most) });
      case 'not-kept':
        throw assetRefused(refusal.refusal, res);
    }
  }

  /** @throws PageError 404 for anybody but the learner and those who may see everybody's work there */
  async function requireReader(res: Response, attemptId: number): Promise<void> {
    const { personId } = requireSession(res);
    const owner = await findOwner(db, attemptId);
    const placement = owner && (await findPlacementFor(db, personId, owner.placementId));
    if (!placement) throw notFound();
    if (owner.personId !== personId && !mayDo(placement.role, 'see-results')) throw notFound();
  }

  return router;
}

function positionIn(req: Request): number {
  const position = positionOf(req.params.field);
  if (position === null) throw notFound();
  return position;
}

/** A name without folders and control signs, short enough for a list; what it ends in stays. */
function shortName(name: string): string {
  const [last = ''] = name.split(/[\\/]/).slice(-1);
  const clean = last.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  const short = clean.length <= 100 ? clean : `${clean.slice(0, 80)}…${clean.slice(-15)}`;
  return short || 'file';
}
