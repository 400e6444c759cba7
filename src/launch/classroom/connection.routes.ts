// What a person lets us do at Google, and the end of it.
import { eq } from 'drizzle-orm';
import { Router } from 'express';
import { z } from 'zod';
import { revoke } from '../../classroom/tokens.ts';
import { classroomGrants } from '../../database/tables/classroom.ts';
import { deployments } from '../../database/tables/platforms.ts';
import { findGoogleClient } from '../../platforms/classroom/client.store.ts';
import { deleteGrant, findGrant } from '../../platforms/classroom/grant.store.ts';
import { requireSession } from '../../web/session.ts';
import type { SignInTools } from './sign-in.routes.ts';

const query = z.object({ ended: z.enum(['yes', 'alone']).nullable().catch(null).default(null) });

/** Stands behind the check of forms. */
export function connectionRoutes(tools: Pick<SignInTools, 'db' | 'now' | 'fetch' | 'sealingKey'>): Router {
  const { db, sealingKey } = tools;
  const router = Router();

  router.get('/person/connection', async (req, res) => {
    const { personId } = requireSession(res);
    const [grant = null] = await db.select().from(classroomGrants).where(eq(classroomGrants.personId, personId));
    res.render('launch/classroom/connection', { grant, ...query.parse(req.query) });
  });

  router.post('/person/disconnection', async (_req, res) => {
    const { personId, deploymentId } = requireSession(res);
    const grant = await findGrant(db, personId, sealingKey);
    const [deployment] = await db.select().from(deployments).where(eq(deployments.id, deploymentId));
    const known = deployment ? await findGoogleClient(db, deployment.registrationId, sealingKey) : null;
    // Forgotten here whatever Google says: who wants out is not kept.
    await deleteGrant(db, personId);
    const ended = grant && known ? await revoke(tools, { client: known.client, token: grant.refreshToken }) : null;
    res.redirect(303, `/person/connection?ended=${ended && ended.kind !== 'revoked' ? 'alone' : 'yes'}`);
  });

  return router;
}
