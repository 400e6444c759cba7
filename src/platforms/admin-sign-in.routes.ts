// The door of the administrator's pages: it opens to the secret, and not to somebody who guesses.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { endAdminSession, requireAdmin, startAdminSession } from '../web/admin-session.ts';
import { PageError } from '../web/errors.ts';
import { limitWrongTries } from '../web/limit-tries.ts';
import { isOwnPath } from '../web/own-path.ts';
import type { AdminTools } from './admin.routes.ts';
import { isAdminSecret } from './admin-secret.store.ts';

const wrongTries = 10;

declare global {
  // Express asks for its types to be extended in this way.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Locals {
      /** The fields of a form with secrets in it. */
      withheld?: unknown;
    }
  }
}

/** What was typed into a form with secrets comes back on no page, not even on the one that keeps refused forms (errors.ts). */
export const withholdSecrets: RequestHandler = (req, res, next) => {
  const body: unknown = req.body;
  const { _csrf } = z.looseObject({ _csrf: z.unknown() }).catch({ _csrf: '' }).parse(body);
  res.locals.withheld = body;
  req.body = { _csrf };
  next();
};

/** Shows the way in to whoever opens one of the pages without being signed in; a form that comes so is refused. */
export const askToSignIn: RequestHandler = (req, res, next) => {
  if (!res.locals.admin && ['GET', 'HEAD'].includes(req.method)) showSignIn(req, res, { status: 401, isWrong: false });
  else {
    requireAdmin(res);
    next();
  }
};

const form = z.object({ secret: z.string().catch(''), address: z.string().catch('/admin') });

/** `GET /admin` of strangers, and `POST /admin/sessions`. Signing out is for those who are in. */
export function signInRoutes({ db, now, record }: Pick<AdminTools, 'db' | 'now' | 'record'>): Router {
  const router = Router();

  router.get('/admin', (req, res, next) => {
    if (res.locals.admin) next();
    else showSignIn(req, res, { status: 200, isWrong: false });
  });

  const limitTries = limitWrongTries({ db, now }, wrongTries, 'too-many-tries');
  router.post('/admin/sessions', refuseOtherSites, limitTries, record, async (req, res) => {
    const { secret, address } = form.parse(res.locals.withheld ?? {});
    if (!(await isAdminSecret(db, secret))) {
      res.locals.log.warn({ address: req.ip }, 'wrong administrator secret');
      showSignIn(req, res, { status: 403, isWrong: true, address });
      return;
    }
    await startAdminSession({ db, now }, res);
    res.redirect(303, isOwnPath(address) ? address : '/admin');
  });

  return router;
}

/** `POST /admin/sessions/end`, behind the door. */
export function signOutRoutes({ db }: { db: Database }): Router {
  const router = Router();
  router.post('/admin/sessions/end', async (_req, res) => {
    await endAdminSession(db, res);
    res.redirect(303, '/admin');
  });
  return router;
}

function showSignIn(
  req: Request,
  res: Response,
  { status, isWrong, address = req.originalUrl }: { status: number; isWrong: boolean; address?: string },
) {
  res.status(status).render('admin/sign-in', { isWrong, back: isOwnPath(address) ? address : '/admin' });
}

/**
 * Nobody is signed in yet to whom a form's token could belong. What a page of another site sends is turned away, so that none can
 * use up the tries of this browser's address.
 */
const refuseOtherSites: RequestHandler = (req, _res, next) => {
  if ((req.get('sec-fetch-site') ?? 'same-origin') === 'same-origin') next();
  else throw new PageError(403, 'form-expired', 'form-expired');
};
