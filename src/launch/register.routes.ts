// An administrator has pasted our link into an LMS, which opens it here: who is it, what will be shared, agreed?
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { rosterScope } from '../lti/roster.ts';
import { scoreScope } from '../lti/scores.ts';
import { storable } from '../lti/storable-text.ts';
import { examineLms, type FoundLms, type RegistrationVisit } from '../platforms/examine-lms.ts';
import { findInvite } from '../platforms/invites.store.ts';
import { registerPlatform, type RegisterTools } from '../platforms/register-platform.ts';
import { PageError } from '../web/errors.ts';
import { limitRequests } from '../web/limit-tries.ts';
import { allowPlatform } from '../web/security-headers.ts';
import { registrationRefusal, type RegistrationRefusal } from './registration-refusals.ts';

/** A text that comes once; a parameter that comes twice is an array, and no text. */
const text = (most: number) => z.string().max(most).catch('');

const visitSchema = z.object({
  invite: text(200),
  openid_configuration: text(2_000),
  // It becomes part of a header.
  registration_token: z
    .string()
    .max(8_192)
    .regex(/^[\x21-\x7e]+$/)
    .nullable()
    .catch(null),
});

const agreementSchema = z.object({
  digest: text(100),
  hosts: text(10),
  name: text(100).transform(storable),
  frame: text(2_000),
});

/** Each visit makes us call an address that somebody else names. */
const perMinute = 30;

/**
 * `/lti/register`, to be mounted once forms are read. Nobody is signed in here, and no form's token is asked for: the authority is
 * the invite in the address and in the form, which no other site knows. Whoever knows it needs nobody's browser.
 */
export function registerRoutes(tools: RegisterTools & { record: RequestHandler }): Router {
  const router = Router();
  router.use('/lti/register', limitRequests(tools, perMinute));

  router.get('/lti/register', async (req, res) => {
    const visit = await readVisit(req.query);
    const frame = framingOrigin(req);
    allowFrames(res, visit, frame);
    const examined = await examineLms(tools, visit);
    if (!examined.ok) throw refused(examined.code, examined.detail);
    const { found } = examined;
    showLms(res, { visit, found, frame, name: found.invite.name, notice: null });
  });

  // Who has no invite is refused below, and could fill the log.
  const record: RequestHandler = async (req, res, next) => {
    const { invite } = visitSchema.parse(req.body ?? {});
    if ((await findInvite(tools.db, invite, tools.now())).ok) tools.record(req, res, next);
    else next();
  };

  router.post('/lti/register', record, async (req, res) => {
    const visit = await readVisit(req.body);
    const { digest, hosts, name, frame } = agreementSchema.parse(req.body);
    const origins = allowFrames(res, visit, frame);
    const agreement = { digest, agreesToHosts: hosts === 'agreed', name: name.trim() };
    const { t } = res.locals;
    const outcome = await registerPlatform(tools, visit, agreement, t('registration.description'));
    if (outcome.ok) {
      const { registration, deploymentId } = outcome;
      res.render('launch/register-done', { registration, deploymentId, origins });
      return;
    }
    if (!('found' in outcome)) throw refused(outcome.code, outcome.detail);
    res.status(409);
    showLms(res, { visit, found: outcome.found, frame, name, notice: outcome.code });
  });

  /** @throws PageError if no LMS can have sent this; the reason that helps most comes first */
  async function readVisit(params: unknown): Promise<RegistrationVisit> {
    const visit = visitSchema.parse(params ?? {});
    if (visit.openid_configuration === '') {
      const invited = await findInvite(tools.db, visit.invite, tools.now());
      throw refused(invited.ok ? 'registration-not-from-lms' : invited.code, null);
    }
    return {
      invite: visit.invite,
      configurationUrl: visit.openid_configuration,
      registrationToken: visit.registration_token,
    };
  }

  return router;
}

/**
 * Lets the LMS show these pages in its dialog, the refusing ones too: it asks for that before it is known, and may, because there is
 * nothing to be clicked without the invite. Returns its origins: the configuration's, and that of the page around us, which is
 * another one where a cloud serves its customers' configurations from one host.
 */
function allowFrames(res: Response, { configurationUrl }: RegistrationVisit, frame: string): string[] {
  const origins = [configurationUrl, frame].filter((url) => /^https?:/.test(url) && URL.canParse(url));
  const distinct = [...new Set(origins.map((url) => new URL(url).origin))];
  allowPlatform(res, distinct);
  return distinct;
}

/** Where the link was opened from; empty where the browser does not say. */
function framingOrigin(req: Request): string {
  const referrer = req.get('referer') ?? '';
  return URL.canParse(referrer) ? new URL(referrer).origin : '';
}

function showLms(
  res: Response,
  shown: {
    visit: RegistrationVisit;
    found: FoundLms;
    frame: string;
    name: string;
    notice: 'configuration-changed' | 'hosts-not-confirmed' | null;
  },
) {
  const { configuration, differences, invite, foreignHosts } = shown.found;
  const host = new URL(configuration.issuer).host;
  const isKnown = differences.families.length > 0;
  res.render('launch/register', {
    ...shown,
    lms: isKnown ? differences.label : (configuration.family ?? host),
    issuer: configuration.issuer,
    foreignHosts,
    needsApproval: invite.needsApproval,
    sharesRoster: configuration.scopesSupported.includes(rosterScope),
    takesScores: configuration.scopesSupported.includes(scoreScope),
  });
}

function refused(code: RegistrationRefusal, detail: string | null): PageError {
  const [status, message] = registrationRefusal(code);
  return new PageError(status, code, message, {}, detail ? { detail } : {});
}
