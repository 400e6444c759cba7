// The administrator's pages, in the order in which a request meets them: who asks, may they, and then what for.
import { Router, type RequestHandler } from 'express';
import type { Database } from '../database/database.ts';
import { readAdmin } from '../web/admin-session.ts';
import { checkCsrfToken, giveCsrfToken } from '../web/csrf.ts';
import { invitesRoutes } from './admin-invites.routes.ts';
import { keysRoutes } from './admin-keys.routes.ts';
import { registrationRoutes } from './admin-registration.routes.ts';
import { secretRoutes } from './admin-secret.routes.ts';
import { googleClientRoutes } from './classroom/google-client.routes.ts';
import { askToSignIn, signInRoutes, signOutRoutes, withholdSecrets } from './admin-sign-in.routes.ts';
import { setupRoutes } from './admin-setup.routes.ts';
import type { PlatformServices } from './services.ts';

/** What the administrator's pages work with. */
export interface AdminTools {
  db: Database;
  now: () => Date;
  config: { publicUrl: string; allowHttpLoopback: boolean; keys: { csrf: Uint8Array; toolKeys: Uint8Array } };
  services: PlatformServices;
  /** Writes down what is done (audit/record-acts.routes.ts). */
  record: RequestHandler;
}

/**
 * Everything under `/admin`. To be mounted once forms are read and before learners' forms are checked: it checks its own. A new
 * page comes after the check and needs no thought of its own about who asks.
 *
 * @param others pages of rooms that come later in the line
 */
export function adminRoutes(tools: AdminTools, others: readonly Router[] = []): Router {
  const router = Router();
  router.use('/admin', standAlone, readAdmin(tools), giveCsrfToken(tools.config.keys.csrf));
  router.use(['/admin/sessions', '/admin/secret'], withholdSecrets);
  router.use(signInRoutes(tools));
  router.use('/admin', askToSignIn, checkCsrfToken);
  router.use(tools.record);
  router.use(signOutRoutes(tools));
  router.use(secretRoutes(tools));
  router.use(invitesRoutes(tools));
  router.use(googleClientRoutes(tools));
  router.use(registrationRoutes(tools));
  router.use(keysRoutes(tools));
  router.use(setupRoutes(tools));
  for (const other of others) router.use(other);
  return router;
}

/**
 * The administrator is nobody of a course, and these pages stand in nobody's frame. A second policy only narrows what the first
 * one allows.
 */
const standAlone: RequestHandler = (_req, res, next) => {
  res.locals.session = null;
  res.append('Content-Security-Policy', "frame-ancestors 'none'; form-action 'self'");
  next();
};
