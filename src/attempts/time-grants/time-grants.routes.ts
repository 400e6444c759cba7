// Time for everybody who is at work at a placement: the network of a whole university was down.
import { Router } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../../courses/access.routes.ts';
import type { Database } from '../../database/database.ts';
import { giveTimeToAll } from './give-time.ts';
import { grantBounds, newGrant, readGrant } from './grant-form.ts';
import { listAtWork } from './time-grant.store.ts';

/** To how many time was given just now. */
const query = z.object({ given: z.coerce.number().int().min(0).max(100_000).nullable().default(null).catch(null) });

export function timeGrantRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/time-grants', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    const { given } = query.parse(req.query);
    const atWork = await listAtWork(db, placement.id);
    res.render('attempts/time-grants', { placement, atWork, given, form: newGrant(0), ...grantBounds });
  });

  router.post('/placements/:placementId/time-grants', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const read = readGrant(req.body);
    if (!read.ok) {
      const atWork = await listAtWork(db, placement.id);
      res
        .status(422)
        .render('attempts/time-grants', { placement, atWork, given: null, form: read.form, ...grantBounds });
      return;
    }
    const whose = { placementId: placement.id, grantedBy: session.personId };
    const given = await giveTimeToAll({ db, now }, whose, read.grant);
    res.redirect(303, `/placements/${placement.id}/time-grants?given=${given}`);
  });

  return router;
}
