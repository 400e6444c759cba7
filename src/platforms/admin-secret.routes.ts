// Where the administrator puts a secret of their own in the place of the one that they sign in by.
import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { requireAdmin } from '../web/admin-session.ts';
import { changeAdminSecret } from './admin-secret.store.ts';
import { shortestSecret } from './admin-secret.ts';

const form = z.object({ old: z.string().catch(''), secret: z.string().catch(''), again: z.string().catch('') });

/** `GET` and `POST /admin/secret`. Every wrong try is as slow as one at the door, and only who is in can make one. */
export function secretRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/admin/secret', (req, res) => {
    const isChanged = req.query.changed !== undefined;
    res.render('admin/secret', { shortest: shortestSecret, problem: null, isChanged });
  });

  router.post('/admin/secret', async (_req, res) => {
    const { idHash } = requireAdmin(res);
    const { old, secret, again } = form.parse(res.locals.withheld ?? {});
    const change =
      secret === again
        ? await changeAdminSecret(db, now(), { old, secret, idHash })
        : ({ ok: false, code: 'secrets-differ' } as const);
    if (change.ok) res.redirect(303, '/admin/secret?changed');
    else res.status(422).render('admin/secret', { shortest: shortestSecret, problem: change.code, isChanged: false });
  });

  return router;
}
