// The administrator's pages of Google Classroom: the guide with the form for a client, and the page of one that is known. They stand before
// the pages of LMSs and leave those alone.
import { Router, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { googleAddresses, googleFrameOrigins } from '../../classroom/google-client.ts';
import { everyScope } from '../../classroom/scopes.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { healthOf, remedyFor } from '../admin-health.ts';
import { phaseOf, registrationNotices, requireRegistration } from '../admin-registration.routes.ts';
import type { AdminTools } from '../admin.routes.ts';
import type { RegistrationOverview } from '../platform.store.ts';
import { listSigns } from '../registration-signs.store.ts';
import { listKeys } from '../tool-keys.store.ts';
import { changeGoogleClient, openGoogleClient, saveGoogleClient } from './client.store.ts';
import {
  googleClientProblems,
  typedGoogleClient,
  type GoogleClientProblems,
  type TypedGoogleClient,
} from './google-client-form.ts';
import { countTeachers } from './grant.store.ts';
import { liveChecks } from './live-checks.ts';
import { assignPath, callbackAddress, frameAddress, framePrefix } from './our-addresses.ts';
import { testGoogleClient } from './test-google-client.ts';

type Notice = (typeof registrationNotices)[number];

interface ClientForm {
  typed: Pick<TypedGoogleClient, 'name' | 'clientId'>;
  problems: GoogleClientProblems;
}

const query = z.object({ notice: z.enum(registrationNotices).nullable().catch(null) });

export function googleClientRoutes(tools: AdminTools): Router {
  const { db, now, config } = tools;
  const { publicUrl } = config;
  const sealingKey = config.keys.toolKeys;
  const router = Router();

  router.get('/admin/google', (_req, res) => {
    showGuide(res, { registration: null, typed: typedGoogleClient({}), problems: {} });
  });

  router.post('/admin/google', async (req, res) => {
    const typed = typedGoogleClient(req.body);
    const problems = googleClientProblems(typed, { isGoogle: true, hasSecret: false });
    if (Object.keys(problems).length > 0) {
      res.status(422);
      showGuide(res, { registration: null, typed, problems });
      return;
    }
    const details = { ...googleAddresses, ...typed, frameOrigins: [...googleFrameOrigins] };
    const registrationId = await saveGoogleClient(db, details, { sealingKey, now: now() });
    res.redirect(303, `/admin/registrations/${registrationId}?notice=saved`);
  });

  router.get('/admin/registrations/:registrationId/guide', async (req, res) => {
    const registration = await findClient(req);
    if (!registration) throw notFound();
    showGuide(res, { registration, typed: registration, problems: {} });
  });

  const page = '/admin/registrations/:registrationId';

  router.get(page, async (req, res, next) => {
    await forClient(req, next, (registration) => {
      const { notice } = query.parse(req.query);
      return showClient(res, registration, { notice, typed: registration, problems: {} });
    });
  });

  router.post(page, async (req, res, next) => {
    await forClient(req, next, async (registration) => {
      const { id, clientId } = registration;
      const typed = { ...typedGoogleClient(req.body), clientId };
      const hasSecret = (await openGoogleClient(db, id, sealingKey)) !== null;
      const problems = googleClientProblems(typed, { isGoogle: isGoogles(registration), hasSecret });
      if (Object.keys(problems).length > 0) {
        res.status(422);
        await showClient(res, registration, { notice: null, typed, problems });
        return;
      }
      const change = { name: typed.name, clientSecret: typed.clientSecret || null };
      await changeGoogleClient(db, id, change, { sealingKey, now: now() });
      res.redirect(303, `/admin/registrations/${id}?notice=saved`);
    });
  });

  router.post(`${page}/connection-tests`, async (req, res, next) => {
    await forClient(req, next, async (registration) => {
      const checks = await testGoogleClient({ ...tools, publicUrl, sealingKey }, registration.id);
      res.render('admin/connection', {
        registration,
        checks: checks.map((check) => ({ ...check, remedy: remedyFor(check.code ?? '', 'classroom') })),
        ...(await stateOf(registration)),
      });
    });
  });

  /** What is asked for, if it is a client of Google Cloud; what is none is left to the pages of LMSs. */
  async function forClient(
    req: Request,
    next: NextFunction,
    answer: (registration: RegistrationOverview) => Promise<void>,
  ): Promise<void> {
    const registration = await findClient(req);
    if (registration) await answer(registration);
    else next();
  }

  async function findClient(req: Request): Promise<RegistrationOverview | null> {
    const registration = await requireRegistration(db, keyParam(req, 'registrationId'));
    return registration.protocol === 'classroom' ? registration : null;
  }

  /** How it fares, and who lets us act for them. */
  async function stateOf({ id }: RegistrationOverview) {
    return {
      health: healthOf(await listSigns(db, id), 'classroom'),
      teachers: await countTeachers(db, id),
    };
  }

  function showGuide(
    res: Response,
    { registration, ...form }: ClientForm & { registration: RegistrationOverview | null },
  ) {
    const ours = registration && {
      setupUri: frameAddress(publicUrl, registration.id, 'discovery'),
      prefix: framePrefix(publicUrl, registration.id),
      upgradeUri: frameAddress(publicUrl, registration.id, 'upgrade'),
      assignAddress: `${publicUrl}${assignPath(registration.id)}`,
    };
    const host = new URL(publicUrl);
    res.render('admin/google-guide', {
      registration,
      form,
      ours,
      redirectUri: callbackAddress(publicUrl),
      host: host.host,
      isReachable: host.protocol === 'https:',
      scopes: everyScope(),
      liveChecks,
    });
  }

  async function showClient(
    res: Response,
    registration: RegistrationOverview,
    form: ClientForm & { notice: Notice | null },
  ) {
    const { notice, ...rest } = form;
    res.render('admin/google-client', {
      registration,
      notice,
      form: rest,
      ...(await stateOf(registration)),
      isSecretReadable: (await openGoogleClient(db, registration.id, sealingKey)) !== null,
      keys: (await listKeys(db, registration.id, now())).map(phaseOf),
    });
  }

  return router;
}

/** Whether it is Google itself, and not a practice Google. */
function isGoogles({ issuer }: RegistrationOverview): boolean {
  return issuer === googleAddresses.issuer;
}
