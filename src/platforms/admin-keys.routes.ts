// New keys towards an LMS, each behind a page that says what will happen: as a matter of course, or because one has leaked.
import { Router } from 'express';
import { z } from 'zod';
import { keyParam } from '../web/key-param.ts';
import type { AdminTools } from './admin.routes.ts';
import { requireRegistration } from './admin-registration.routes.ts';
import { rotateKey } from './tool-keys.store.ts';

const form = z.object({ kind: z.enum(['rotate', 'leaked']).catch('rotate') });

/** `GET /admin/registrations/:registrationId/keys/new` asks, `POST …/keys` does. */
export function keysRoutes({ db, now, config }: AdminTools): Router {
  const router = Router();

  router.get('/admin/registrations/:registrationId/keys/new', async (req, res) => {
    const registration = await requireRegistration(db, keyParam(req, 'registrationId'));
    res.render('admin/rotation', { registration, isLeaked: req.query.leaked !== undefined });
  });

  router.post('/admin/registrations/:registrationId/keys', async (req, res) => {
    const { id } = await requireRegistration(db, keyParam(req, 'registrationId'));
    const isLeaked = form.parse(req.body ?? {}).kind === 'leaked';
    const rotation = await rotateKey(db, id, { sealingKey: config.keys.toolKeys, now: now(), isLeaked });
    const notice = rotation.ok ? (isLeaked ? 'key-replaced' : 'key-published') : rotation.code;
    res.redirect(303, `/admin/registrations/${id}?notice=${notice}#keys`);
  });

  return router;
}
