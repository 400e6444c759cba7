// The page of one LMS: may it launch us, from which deployments, how does it fare, and what do we know of it.
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import type { AdminTools } from './admin.routes.ts';
import { healthOf, remedyFor } from './admin-health.ts';
import { readPlatform, typedFields, type PlatformForm } from './admin-platform-form.ts';
import {
  getRegistration,
  savePlatform,
  setAnonymousLaunches,
  setDeploymentState,
  setRegistrationState,
  type RegistrationOverview,
} from './platform.store.ts';
import { listSigns } from './registration-signs.store.ts';
import { testConnection } from './test-connection.ts';
import { listKeys, type ListedKey } from './tool-keys.store.ts';

export const registrationNotices = [
  'saved',
  'state-active',
  'state-disabled',
  'deployment-saved',
  'key-published',
  'key-replaced',
  'rotation-under-way',
] as const;

const query = z.object({ notice: z.enum(registrationNotices).nullable().catch(null) });
const states = z.enum(['active', 'disabled']);
const deploymentForm = z.object({
  registration: z
    .string()
    .regex(/^\d{1,15}$/)
    .catch(''),
  state: states.optional().catch(undefined),
  anonymousLaunches: z.enum(['refuse', 'guest']).optional().catch(undefined),
});

/** `/admin/registrations/:registrationId` and what is done there, with `POST /admin/deployments/:deploymentKey`. */
export function registrationRoutes(tools: AdminTools): Router {
  const { db, now, config } = tools;
  const router = Router();

  router.get('/admin/registrations/:registrationId', async (req, res) => {
    const registration = await requireRegistration(db, keyParam(req, 'registrationId'));
    const { notice } = query.parse(req.query);
    await showRegistration(res, registration, { notice, typed: typedFields(registration), problems: {} });
  });

  router.post('/admin/registrations/:registrationId', async (req, res) => {
    const registration = await requireRegistration(db, keyParam(req, 'registrationId'));
    const { issuer, clientId } = registration;
    const typed = { ...typedFields(req.body), issuer, clientId, deploymentId: '' };
    const read = readPlatform(typed, config);
    if (!read.ok) {
      res.status(422);
      await showRegistration(res, registration, { notice: null, typed, problems: read.problems });
      return;
    }
    await savePlatform(db, read.details, { sealingKey: config.keys.toolKeys, now: now() });
    res.redirect(303, `/admin/registrations/${registration.id}?notice=saved`);
  });

  router.post('/admin/registrations/:registrationId/state', async (req, res) => {
    const { id } = await requireRegistration(db, keyParam(req, 'registrationId'));
    const state = states.safeParse((req.body as { state?: unknown } | undefined)?.state);
    if (!state.success) throw new PageError(400, 'unreadable', 'unreadable');
    await setRegistrationState(db, id, state.data);
    res.redirect(303, `/admin/registrations/${id}?notice=state-${state.data}`);
  });

  router.post('/admin/registrations/:registrationId/connection-tests', async (req, res) => {
    const registration = await requireRegistration(db, keyParam(req, 'registrationId'));
    const checks = await testConnection(tools, registration.id);
    res.render('admin/connection', {
      registration,
      checks: checks.map((check) => ({ ...check, remedy: remedyFor(check.code ?? '') })),
    });
  });

  router.post('/admin/deployments/:deploymentKey', async (req, res) => {
    const key = keyParam(req, 'deploymentKey');
    const { registration, state, anonymousLaunches } = deploymentForm.parse(req.body ?? {});
    const isThere =
      (!state || (await setDeploymentState(db, key, state))) &&
      (!anonymousLaunches || (await setAnonymousLaunches(db, key, anonymousLaunches)));
    if (!isThere) throw notFound();
    res.redirect(303, `/admin/registrations/${registration}?notice=deployment-saved#deployments`);
  });

  async function showRegistration(
    res: Response,
    registration: RegistrationOverview,
    { notice, ...form }: PlatformForm & { notice: (typeof registrationNotices)[number] | null },
  ) {
    res.render('admin/registration', {
      registration,
      notice,
      form,
      health: healthOf(await listSigns(db, registration.id)),
      keys: (await listKeys(db, registration.id, now())).map(phaseOf),
    });
  }

  return router;
}

/**
 * A registration with its deployments.
 *
 * @throws PageError 404 if there is none of that number
 */
export async function requireRegistration(db: Database, registrationId: number): Promise<RegistrationOverview> {
  const registration = await getRegistration(db, registrationId);
  if (!registration) throw notFound();
  return registration;
}

/** What a key is for at this moment: it signs, waits for its turn, or stands there for what it signed before. */
export function phaseOf({ kid, isSigning, signsFrom, publishedUntil }: ListedKey) {
  if (isSigning && publishedUntil === null) return { kid, phase: 'signs', at: signsFrom };
  if (isSigning) return { kid, phase: 'signs-still', at: publishedUntil };
  if (publishedUntil === null) return { kid, phase: 'waiting', at: signsFrom };
  return { kid, phase: 'old', at: publishedUntil };
}
