// The second half of the way in: the browser brings the signed token, and the person is let in.
import { Router, type Request, type Response } from 'express';
import { mayDo } from '../courses/rights.ts';
import type { RosterRefresher } from '../courses/refresh-roster.ts';
import type { Database } from '../database/database.ts';
import { openState, readStorage } from '../lti/login-state.ts';
import type { PlatformKeys } from '../lti/jwks.ts';
import { publicJwks } from '../lti/tool-keys.ts';
import type { VerifiedLaunch } from '../lti/verified-launch.ts';
import { verifyLaunch } from '../lti/verify-launch.ts';
import { listRegistrationsOf, type Registration } from '../platforms/platform.store.ts';
import type { Signs } from '../platforms/registration-signs.store.ts';
import { listPublicKeys } from '../platforms/tool-keys.store.ts';
import { isOwnForm } from '../web/browser.ts';
import { browserCookie, parseCookie } from '../web/cookies.ts';
import { PageError } from '../web/errors.ts';
import { readForms } from '../web/forms.ts';
import { allowPlatform, rememberPlatform } from '../web/security-headers.ts';
import { giveSession, newSession, platformOrigins, startSession, type NewSession } from '../web/session.ts';
import { enterCourse, type Entry } from './enter-course.ts';
import { landingPath } from './landing.ts';
import { refusalPage, type LaunchRoutesRefusal } from './refusal-page.ts';
import { spendLogin } from './spent-login.store.ts';
import { openWindowEntry, sealWindowEntry } from './window-entry.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Opens `state`; 32 bytes. */
  stateKey: Uint8Array;
  publicUrl: string;
  platformKeys: PlatformKeys;
  signs: Signs;
  roster: Pick<RosterRefresher, 'refreshSoon'>;
}

export function launchRoutes(tools: Tools): Router {
  const { db, now, stateKey, publicUrl, platformKeys, signs, roster } = tools;
  const router = Router();

  router.post('/lti/launch', readForms, async (req, res) => {
    const form = (req.body ?? {}) as Record<string, unknown>;
    const cookie = parseCookie(req, browserCookie);
    const recalled = isOwnForm(req, publicUrl) && typeof form.browser_secret === 'string' ? form.browser_secret : null;
    const browserSecret = recalled ?? cookie ?? undefined;
    const opened = await openState(form.state, { stateKey, browserSecret, now: now() });
    if (!opened.ok) {
      const storage = recalled === null ? await readStorage(form.state, { stateKey, now: now() }) : null;
      if (!storage) throw refused(opened.code);
      allowPlatform(res, [storage.origin]);
      tellOrigin(res);
      res.render('launch/recall-login', {
        storage,
        form: formTexts(form, ['id_token', 'error', 'error_description', 'state']),
      });
      return;
    }
    const { login } = opened;
    const [registration] = await listRegistrationsOf(db, login);
    if (!registration) throw refused('registration-gone');
    allowPlatform(res, platformOrigins(registration));
    if (registration.state !== 'active') throw refused(`registration-${registration.state}`);
    if (typeof form.error === 'string') {
      const said = [form.error, form.error_description].map((text) => String(text).slice(0, 200));
      res.locals.log.warn({ issuer: login.issuer, said }, 'the platform refused a launch');
      // Nobody has signed these words, and an administrator would take them for the LMS's: a code alone can be kept.
      const detail = /^[a-z_]{1,60}$/.test(form.error) ? form.error : null;
      await signs.note(registration.id, 'launch-failure', { code: 'platform-refused', detail });
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
      await signs.note(registration.id, 'launch-failure', verified);
      throw refused(verified.code);
    }
    await enter(req, res, { launch: verified.launch, registration, hasCookie: cookie !== null });
  });

  async function enter(
    req: Request,
    res: Response,
    { launch, registration, hasCookie }: { launch: VerifiedLaunch; registration: Registration; hasCookie: boolean },
  ) {
    const session = hasCookie ? newSession(req, now()) : null;
    const browserLanguages = req.acceptsLanguages();
    const entered = await enterCourse(tools, { launch, registration, browserLanguages, session });
    if (!entered.ok) {
      await signs.note(registration.id, 'launch-failure', { code: entered.code, detail: launch.deploymentId });
      throw refused(entered.code, { deployment: launch.deploymentId });
    }
    const { entry } = entered;
    await signs.note(registration.id, 'launch');
    if (mayDo(entry.role, 'run-course')) roster.refreshSoon(entry.courseId);
    if (session) goOn(res, session, { entry, launch, registration });
    else await goOnInWindow(res, entry);
  }

  function goOn(
    res: Response,
    session: NewSession,
    { entry, launch, registration }: { entry: Entry; launch: VerifiedLaunch; registration: Registration },
  ) {
    // Some LMSs show their pages at another address than they sign people in at; this is the one they name themselves.
    const named = [launch.returnUrl, launch.deepLinking?.returnUrl ?? null]
      .filter((url) => url !== null)
      .map((url) => new URL(url).origin);
    rememberPlatform(res, [...platformOrigins(registration), ...named]);
    giveSession(res, session);
    res.redirect(303, landingPath(entry.landing));
  }

  /** The launch is genuine, but in this frame nobody can stay signed in: in a window of its own, our cookies are ours. */
  async function goOnInWindow(res: Response, { personId, landing }: Entry) {
    const ticket = { personId, path: landingPath(landing) };
    const entry = await sealWindowEntry(ticket, { key: stateKey, now: now() });
    tellOrigin(res);
    res.render('launch/continue-in-window', { entry });
  }

  router.post('/lti/sessions', readForms, async (req, res) => {
    const { entry } = (req.body ?? {}) as Record<string, unknown>;
    const ticket = isOwnForm(req, publicUrl) ? await openWindowEntry(entry, { key: stateKey, now: now() }) : null;
    if (!ticket) throw refused('state-expired');
    const { id: loginId, expiresAt } = ticket;
    if (!(await spendLogin(db, { loginId, expiresAt }))) throw refused('login-already-used');
    await startSession(tools, res, ticket.personId);
    res.redirect(303, ticket.path);
  });

  // A reload, the back button, or an address typed by hand: what counted was the form that the LMS sent.
  router.get(['/lti/launch', '/lti/sessions', '/content/*path'], () => {
    throw refused('state-missing');
  });

  router.get(['/lti/jwks', '/lti/jwks/:keySet'], async (req, res) => {
    const { keySet = null } = req.params as { keySet?: string };
    const keys = await listPublicKeys(db, keySet, now());
    // A set that an LMS was told of a moment ago, while it registers, has its key in a moment: nobody should remember it empty.
    if (keys.length > 0) res.set('Cache-Control', 'public, max-age=300');
    res.json(publicJwks(keys));
  });

  return router;
}

function refused(code: LaunchRoutesRefusal, params: Record<string, string> = {}): PageError {
  const [status, text] = refusalPage(code);
  return new PageError(status, code, text, params);
}

/** Under `no-referrer` browsers keep back a form's origin even from ourselves, and old ones have no other way to tell it. */
function tellOrigin(res: Response) {
  res.set('Referrer-Policy', 'same-origin');
}

function formTexts(form: Record<string, unknown>, names: string[]): [string, string][] {
  return names.flatMap((name) => (typeof form[name] === 'string' ? [[name, form[name]] as [string, string]] : []));
}
