// Time for everybody who is at work at a placement: the network of a whole university was down.
import { Router, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../../courses/access.routes.ts';
import type { Database } from '../../database/database.ts';
import type { PlacementOfMember } from '../../courses/placement.store.ts';
import { giveTimeToAll, type GrantRefusal } from './give-time.ts';
import { grantBounds, newGrant, readForm, readGrant, type GrantForm } from './grant-form.ts';
import { countGrantsAt, listAtWork } from './time-grant.store.ts';

/** To how many time was given just now. */
const query = z.object({ given: z.coerce.number().int().min(0).max(100_000).nullable().default(null).catch(null) });

export function timeGrantRoutes({ db, now }: { db: Database; now: () => Date }): Router {
  const router = Router();

  router.get('/placements/:placementId/time-grants', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'decide-grades');
    await show(res, placement, { form: newGrant(0), given: query.parse(req.query).given });
  });

  router.post('/placements/:placementId/time-grants', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'decide-grades');
    const read = readGrant(req.body);
    if (!read.ok) {
      await show(res.status(422), placement, { form: read.form });
      return;
    }
    const whose = { placementId: placement.id, grantedBy: session.personId };
    const given = await giveTimeToAll({ db, now }, whose, read.grant);
    if (given.ok) res.redirect(303, `/placements/${placement.id}/time-grants?given=${given.given}`);
    else await show(res.status(409), placement, { form: readForm(read.grant), refusal: given.code });
  });

  async function show(
    res: Response,
    placement: PlacementOfMember,
    { form, given = null, refusal = null }: { form: GrantForm; given?: number | null; refusal?: GrantRefusal | null },
  ) {
    const seen = await countGrantsAt(db, placement.id);
    const atWork = await listAtWork(db, placement.id);
    res.render('attempts/time-grants', { placement, atWork, given, refusal, form, seen, ...grantBounds });
  }

  return router;
}
