// Connecting an LMS by hand, for whoever cannot use an invite: our values for its form, and its values for ours.
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { AdminTools } from './admin.routes.ts';
import { platformFields, readPlatform, typedFields, type PlatformForm, type Typed } from './admin-platform-form.ts';
import type { LmsDifferences, OurValue } from './lms/lms-differences.ts';
import { findLms, lmsChoices } from './lms/registry.ts';
import { savePlatform } from './platform.store.ts';

const choice = z.object({ lms: z.string().catch(''), address: z.string().trim().max(2000).catch('') });

/** `GET /admin/setup`: choose the LMS, then both forms; `POST /admin/registrations`: keep what it said. */
export function setupRoutes({ db, now, config }: AdminTools): Router {
  const router = Router();

  router.get('/admin/setup', (req, res) => {
    const { lms: key, address } = choice.parse(req.query);
    const lms = findLms(key);
    if (!lms) res.render('admin/choose-lms', { lmsChoices, address });
    else showSetup(res, { lms, address, typed: suggested(typedFields({}), lms, address), problems: {} });
  });

  router.post('/admin/registrations', async (req, res) => {
    const { lms: key, address } = choice.parse(req.body ?? {});
    const lms = findLms(key);
    const typed = suggested(typedFields(req.body), lms, address);
    const read = readPlatform(typed, config);
    if (!read.ok) {
      res.status(422);
      showSetup(res, { lms: lms ?? findLms('spec'), address, typed, problems: read.problems });
      return;
    }
    const details = { ...read.details, ...(lms && { family: lms.families[0] ?? null }) };
    const { id } = await savePlatform(db, details, { sealingKey: config.keys.toolKeys, now: now() });
    res.redirect(303, `/admin/registrations/${id}?notice=saved`);
  });

  function showSetup(
    res: Response,
    { lms, address, ...form }: PlatformForm & { lms: LmsDifferences | null; address: string },
  ) {
    const theirs = lms?.setup.theirs ?? {};
    const named = platformFields.filter((field) => field !== 'name' && theirs[field] !== undefined);
    res.render('admin/setup', {
      lms,
      address,
      ours: ourValues(config.publicUrl),
      form,
      theirNames: theirs,
      // What the LMS shows, and then what follows from its address.
      fields: ['name', ...named, ...platformFields.filter((field) => field !== 'name' && !named.includes(field))],
    });
  }

  return router;
}

/** Fills the gaps with what follows from the LMS's address; what was typed stays. */
function suggested(typed: Typed, lms: LmsDifferences | null, address: string): Typed {
  const follows: Partial<Record<string, string>> = lms?.setup.endpoints({ address, clientId: typed.clientId }) ?? {};
  return typedFields(
    Object.fromEntries(platformFields.map((field) => [field, typed[field] || (follows[field] ?? '')])),
  );
}

function ourValues(publicUrl: string): Record<OurValue, string> {
  const launchUrl = `${publicUrl}/lti/launch`;
  return {
    launchUrl,
    deepLinkUrl: launchUrl,
    loginUrl: `${publicUrl}/lti/login`,
    jwksUrl: `${publicUrl}/lti/jwks`,
    domain: new URL(publicUrl).host,
  };
}
