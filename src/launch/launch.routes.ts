// The way in: an LMS announces a launch, we send the browser back to it for a signed token, and let the person in.
import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import { beginLogin, parseLoginRequest, type LoginRequest } from '../lti/login.ts';
import { openState } from '../lti/login-state.ts';
import type { PlatformKeys } from '../lti/jwks.ts';
import { publicJwks } from '../lti/tool-keys.ts';
import { verifyLaunch } from '../lti/verify-launch.ts';
import { findDeployment, listPublicKeys, listRegistrationsOf, type Registration } from '../platforms/platform.store.ts';
import { browserCookie, parseCookie, partitionedCookie } from '../web/cookies.ts';
import { PageError } from '../web/errors.ts';
import { allowPlatform, rememberPlatform } from '../web/security-headers.ts';
import { platformOrigins, startSession } from '../web/session.ts';
import { enterCourse, type Entry } from './enter-course.ts';
import { refusalPage, type LaunchRoutesRefusal } from './refusal-page.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Seals `state`; 32 bytes. */
  stateKey: Uint8Array;
  publicUrl: string;
  platformKeys: PlatformKeys;
}

/** A week: a page left open over the weekend still belongs to its browser. */
const browserCookieMs = 7 * 24 * 60 * 60 * 1000;

/** Marks the second visit of a login, when the cookie set at the first must have come back. */
const secondVisit = 'cookie';

export function launchRoutes(tools: Tools): Router {
  const { db, now, stateKey, publicUrl, platformKeys } = tools;
  const router = Router();

  router.all('/lti/login', async (req, res) => {
    const params = { ...req.query, ...(req.body as Record<string, unknown> | undefined) };
    const login = parseLoginRequest(params);
    if (!login.ok) throw new PageError(400, login.code, 'login-incomplete', { fields: login.fields.join(', ') });
    const { request } = login;
    // An LMS that nobody has registered yet may frame the page that says so: there is nothing on it to be clicked.
    if (URL.canParse(request.issuer)) allowPlatform(res, originOf(request.issuer));
    const registration = await registrationFor(request);
    rememberPlatform(res, platformOrigins(registration));

    // A login can be begun once only, so whether cookies stick is found out before: set one, come back, look for it.
    const browserSecret = parseCookie(req, browserCookie);
    if (!browserSecret && secondVisit in params) {
      res.status(400).render('launch/cookies-blocked', { fields: loginFields(params), host: new URL(publicUrl).host });
      return;
    }
    const secret = browserSecret ?? randomBytes(32).toString('base64url');
    res.cookie(browserCookie, secret, { ...partitionedCookie, maxAge: browserCookieMs });
    if (!browserSecret) {
      const again = new URLSearchParams([...loginFields(params), [secondVisit, 'set']]);
      res.redirect(303, `/lti/login?${again.toString()}`);
      return;
    }
    const redirectUri = `${publicUrl}/lti/launch`;
    res.redirect(await beginLogin({ registration, request, redirectUri, browserSecret, stateKey, now: now() }));
  });

  router.post('/lti/launch', async (req, res) => {
    const form = (req.body ?? {}) as Record<string, unknown>;
    const browserSecret = parseCookie(req, browserCookie) ?? undefined;
    const opened = await openState(form.state, { stateKey, browserSecret, now: now() });
    if (!opened.ok) throw refused(opened.code);
    const { login } = opened;
    const [registration] = await listRegistrationsOf(db, login);
    if (!registration) throw refused('registration-gone');
    allowPlatform(res, platformOrigins(registration));
    if (typeof form.error === 'string') {
      const said = [form.error, form.error_description].map((text) => String(text).slice(0, 200));
      res.locals.log.warn({ issuer: login.issuer, said }, 'the platform refused a launch');
      throw refused('platform-refused');
    }
    const verified = await verifyLaunch(form.id_token, {
      login,
      registration,
      keys: platformKeys,
      now: now(),
      toolOrigin: publicUrl,
    });
    if (!verified.ok) {
      res.locals.log.info({ issuer: login.issuer, refusal: verified.code, detail: verified.detail }, 'launch refused');
      throw refused(verified.code);
    }
    const { launch } = verified;
    const entered = await enterCourse(tools, {
      launch,
      registrationId: registration.id,
      browserLanguages: req.acceptsLanguages(),
    });
    if (!entered.ok) throw refused(entered.code, { deployment: launch.deploymentId });
    // Some LMSs show their pages at another address than they sign people in at; this is the one they name themselves.
    rememberPlatform(res, [...platformOrigins(registration), ...originOf(launch.returnUrl)]);
    await startSession(tools, res, entered.entry.personId);
    res.redirect(303, landing(entered.entry));
  });

  // A reload, the back button, or an address typed by hand: what counted was the form that the LMS sent.
  router.get('/lti/launch', () => {
    throw refused('state-missing');
  });

  router.get('/lti/jwks', async (_req, res) => {
    res.set('Cache-Control', 'public, max-age=300');
    res.json(publicJwks(await listPublicKeys(db)));
  });

  /** The one registration that a login can mean. @throws PageError if there is none, or more than one */
  async function registrationFor(request: LoginRequest): Promise<Registration> {
    const known = await listRegistrationsOf(db, request);
    const [first, second] = known;
    if (first && !second) return first;
    const hint = request.deploymentId;
    if (second && hint !== null) {
      const deployed = await Promise.all(known.map(({ id }) => findDeployment(db, id, hint)));
      const matching = known.filter((_registration, index) => deployed[index]);
      if (matching[0] && !matching[1]) return matching[0];
    }
    throw new PageError(
      404,
      'registration-unknown',
      'registration-unknown',
      {},
      {
        issuer: request.issuer,
        clientId: request.clientId ?? '—',
        loginUrl: `${publicUrl}/lti/login`,
        launchUrl: `${publicUrl}/lti/launch`,
        jwksUrl: `${publicUrl}/lti/jwks`,
      },
    );
  }

  return router;
}

function refused(code: LaunchRoutesRefusal, params: Record<string, string> = {}): PageError {
  const [status, text] = refusalPage(code);
  return new PageError(status, code, text, params);
}

/** Where a person goes after a launch: to answer, or to the quiz that they teach with. */
function landing({ placementId, role }: Entry) {
  return role === 'instructor' ? `/placements/${placementId}/quiz` : `/placements/${placementId}/attempts`;
}

function originOf(url: string | null): string[] {
  return url === null ? [] : [new URL(url).origin];
}

/** The login's own parameters, to be sent once more. */
function loginFields(params: Record<string, unknown>): [string, string][] {
  return Object.entries(params).filter(
    (field): field is [string, string] => field[0] !== secondVisit && typeof field[1] === 'string',
  );
}
