// Who is signed in with this browser, for scripts of our pages; and the end of that, when a device goes from hand to hand.
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { chooseLanguage } from '../i18n/i18n.ts';
import { isOwnForm, newSecret, setBrowserSecret } from './browser.ts';
import { checkCsrfToken } from './csrf.ts';
import { PageError } from './errors.ts';
import { speak } from './page.ts';
import { endSession, requireSession } from './session.ts';

const query = z.object({ language: z.string().optional().catch(undefined) });

/** Stands before the check of forms: to hand over is possible, too, where nobody is signed in any more. @param tools.publicUrl our origin */
export function sessionRoutes({
  db,
  publicUrl,
  timeZone,
}: {
  db: Database;
  publicUrl: string;
  timeZone: string;
}): Router {
  const router = Router();

  router.get('/session', (req, res) => {
    res.vary('Accept');
    if (req.accepts(['html', 'json']) === 'json') {
      const { personId, personName } = requireSession(res);
      res.set('Cross-Origin-Resource-Policy', 'same-origin');
      res.json({ person: personId, name: personName, csrfToken: res.locals.csrfToken });
      return;
    }
    if (!res.locals.session) {
      const { language } = query.parse(req.query);
      speak(res, chooseLanguage([language, ...req.acceptsLanguages()]), { timeZone });
    }
    res.render('web/session');
  });

  /** Nothing changes for anybody where nobody is signed in; but no other site is to make a browser forget what it is known by. */
  const checkForm: RequestHandler = (req, res, next) => {
    if (res.locals.session) checkCsrfToken(req, res, next);
    else if (isOwnForm(req, publicUrl)) next();
    else throw new PageError(401, 'signed-out', 'signed-out');
  };

  router.post('/session/removal', checkForm, async (_req, res) => {
    const { language } = res.locals;
    await endSession(db, res);
    // Forms that were shown to whoever leaves are worth nothing in anybody's hands.
    setBrowserSecret(res, newSecret());
    // With it go the pages that browsers keep for the way back.
    res.set('Clear-Site-Data', '"cache"');
    res.redirect(303, `/session?language=${language}`);
  });

  return router;
}
