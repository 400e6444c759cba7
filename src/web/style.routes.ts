// The living style page: every part that pages are made of, as it is now, in the reader's language and colours. Only where somebody
// tries or develops the tool; nothing links to it.
import { Router } from 'express';

/** To be left out where the tool serves a university. */
export function styleRoutes(): Router {
  const router = Router();
  router.get('/style', (_req, res) => res.render('web/style'));
  return router;
}
