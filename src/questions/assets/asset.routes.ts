// Pictures, sounds, films and files: authors upload them, whoever is signed in from the same LMS is shown them.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import { findCourseFor } from '../../courses/course.store.ts';
import { mayDo } from '../../courses/rights.ts';
import type { Database } from '../../database/database.ts';
import { checkCsrfToken } from '../../web/csrf.ts';
import { notFound, PageError } from '../../web/errors.ts';
import { readUpload, readUploads, uploadedFile } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { findAsset, keepAssets, readAsset } from './asset.store.ts';
import { checkAsset, inMegabytes, kindOf, maximumMegabytes, type AssetRefusal } from './check-asset.ts';
import { sendBytes } from './send-bytes.ts';

export const largestMegabytes = Math.max(...Object.values(maximumMegabytes));

/** The most that a form has besides the file, and the least that a browser writes around it. */
const formBytes = 64 * 1024;
const aroundFileBytes = 512;

const sha256Param = z.string().regex(/^[0-9a-f]{64}$/);

const query = z.object({
  /** What was uploaded just now. */
  asset: sha256Param.optional().catch(undefined),
  alt: z.string().max(1000).catch(''),
});

const form = z.object({ alt: z.string().trim().max(1000).catch('') });

interface Tools {
  db: Database;
  now: () => Date;
}

/** Stands before the routers whose forms are small, and reads its own. */
export function assetRoutes({ db, now }: Tools): Router {
  const router = Router();

  router.get('/assets/:sha256', async (req, res) => {
    const { deploymentId } = requireSession(res);
    const sha256 = sha256Param.safeParse(req.params.sha256);
    const asset = sha256.success ? await findAsset(db, deploymentId, sha256.data) : null;
    if (!asset?.isShown) throw notFound();
    const name = `${asset.sha256.slice(0, 12)}.${asset.mediaType.split('/')[1] ?? ''}`;
    // Its address is its content: it never changes. Whether it may be seen hangs on the session, so no proxy keeps it.
    const cacheControl = 'private, max-age=31536000, immutable, no-transform';
    await sendBytes(req, res, { ...asset, name, cacheControl }, (start, end) =>
      readAsset(db, deploymentId, { ...asset, start, end }),
    );
  });

  router.get('/courses/:courseId/assets', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const { asset: sha256, alt } = query.parse(req.query);
    const found = sha256 === undefined ? null : await findAsset(db, course.deploymentId, sha256);
    const asset = found?.isShown ? found : null;
    res.render('questions/assets/index', {
      course,
      mayReturn: mayDo(course.role, 'see-results'),
      maximumMegabytes,
      kept: asset && { ...asset, kind: kindOf(asset.mediaType), alt },
    });
  });

  const readLarge = readUpload({ fileBytes: largestMegabytes * 1024 * 1024 + formBytes, bodyBytes: Infinity });
  /** Of whoever may upload nothing no more is read than of any form; what they lack is said after their token was looked at. */
  const read: RequestHandler = async (req, res, next) => {
    if (await mayUpload(db, req, res)) {
      refuseHuge(req, res);
      readLarge(req, res, next);
    } else readUploads(req, res, next);
  };

  router.post('/courses/:courseId/assets', read, checkCsrfToken, async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'edit-quizzes');
    const checked = await checkAsset(uploadedFile(req) ?? new Uint8Array());
    if (!checked.ok) throw assetRefused(checked.refusal, res);
    const { asset } = checked;
    const owner = { deploymentId: course.deploymentId, now: now() };
    await db.transaction((tx) => keepAssets(tx, owner, [asset]));

    const { sha256, mediaType, size } = asset;
    const { alt } = form.parse(req.body);
    if (req.accepts(['html', 'json']) === 'json') {
      res.status(201).json({ sha256, mediaType, kind: kindOf(mediaType), ...size, reference: `asset:${sha256}` });
      return;
    }
    const words = new URLSearchParams({ asset: sha256, ...(alt !== '' && { alt }) });
    res.redirect(303, `/courses/${course.id}/assets?${words.toString()}`);
  });

  return router;
}

async function mayUpload(db: Database, req: Request, res: Response): Promise<boolean> {
  const { session } = res.locals;
  const course = session && (await findCourseFor(db, session.personId, keyParam(req, 'courseId')));
  return course ? mayDo(course.role, 'edit-quizzes') : false;
}

/** @throws PageError 413 before anything is read of an upload that nothing of ours could be */
function refuseHuge(req: Request, res: Response): void {
  const length = Number(req.headers['content-length'] ?? 0);
  if (length <= largestMegabytes * 1024 * 1024 + formBytes) return;
  throw new PageError(413, 'upload-too-large', 'upload-too-large', {
    megabytes: res.locals.formats.number(inMegabytes(length - aroundFileBytes)),
    picture: String(maximumMegabytes.picture),
    other: String(largestMegabytes),
  });
}

/** What is said to who uploads bytes that are not kept. */
export function assetRefused(refused: AssetRefusal, res: Response): PageError {
  const { t, formats } = res.locals;
  switch (refused.code) {
    case 'empty':
      return new PageError(422, 'asset-empty', 'asset-empty');
    case 'unknown':
      return new PageError(415, 'asset-unknown', 'asset-unknown');
    case 'kind':
      return new PageError(415, 'asset-kind', 'asset-kind', { found: refused.found });
    case 'svg':
      return new PageError(415, 'asset-svg', 'asset-svg');
    case 'broken':
      return new PageError(422, 'asset-broken', 'asset-broken');
    case 'too-large':
      return new PageError(413, 'asset-too-large', 'asset-too-large', {
        kind: t(`questions.assets.kinds.${refused.kind}`),
        megabytes: formats.number(refused.megabytes),
        maximum: formats.number(refused.maximum),
      });
    case 'too-many-pixels':
      return new PageError(422, 'asset-too-many-pixels', 'asset-too-many-pixels', {
        width: formats.number(refused.width),
        height: formats.number(refused.height),
        maximum: formats.number(refused.maximum),
      });
  }
}
