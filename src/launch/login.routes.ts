// The first half of the way in: an LMS announces a launch, and we send the browser back to it for a signed token. How this
// browser will be known again is decided here, before the LMS spends its hint: by our cookie, by the storage that the LMS
// offers, or by a window of its own.
import { Router, type Response } from 'express';
import type { Database } from '../database/database.ts';
import { beginLogin, parseLoginRequest, type LoginRequest } from '../lti/login.ts';
import { findDeployment, listRegistrationsOf, type Registration } from '../platforms/platform.store.ts';
import { newSecret, setBrowserSecret } from '../web/browser.ts';
import { browserCookie, parseCookie } from '../web/cookies.ts';
import { PageError } from '../web/errors.ts';
import { readForms } from '../web/forms.ts';
import { allowPlatform, rememberPlatform } from '../web/security-headers.ts';
import { platformOrigins } from '../web/session.ts';
import { refusalPage } from './refusal-page.ts';

interface Tools {
  db: Database;
  now: () => Date;
  /** Seals `state`; 32 bytes. */
  stateKey: Uint8Array;
  publicUrl: string;
}

/** Marks the second visit of a login, when the cookie set at the first must have come back. */
const secondVisit = 'cookie';

export function loginRoutes({ db, now, stateKey, publicUrl }: Tools): Router {
  const router = Router();

  router.all('/lti/login', readForms, async (req, res) => {
    const params = { ...req.query, ...(req.body as Record<string, unknown> | undefined) };
    const login = parseLoginRequest(params);
    if (!login.ok) throw new PageError(400, login.code, 'login-incomplete', { fields: login.fields.join(', ') });
    const { request } = login;
    // An LMS that nobody has registered yet may frame the page that says so: there is nothing on it to be clicked.
    if (URL.canParse(request.issuer)) allowPlatform(res, [new URL(request.issuer).origin]);
    const registration = await registrationFor(request);
    allowPlatform(res, platformOrigins(registration));
    // Nobody is sent to an address of an LMS that is not approved, or no longer.
    if (registration.state !== 'active') throw refusedFor(registration.state);
    rememberPlatform(res, platformOrigins(registration));

    // A login can be begun once only, so whether cookies stick is found out before: set one, come back, look for it.
    const known = parseCookie(req, browserCookie);
    if (known) await leave(res, registration, request, known);
    else if (secondVisit in params) await doWithoutCookie(res, registration, request, loginFields(params));
    else {
      setBrowserSecret(res, newSecret());
      res.redirect(303, `/lti/login?${new URLSearchParams([...loginFields(params), [secondVisit, 'set']]).toString()}`);
    }
  });

  async function leave(res: Response, registration: Registration, request: LoginRequest, browserSecret: string) {
    setBrowserSecret(res, browserSecret);
    res.redirect((await begin(registration, request, { browserSecret })).address);
  }

  /** A page of the LMS may hold the secret for us; where it cannot, a new window, whose cookies are our own. */
  async function doWithoutCookie(
    res: Response,
    registration: Registration,
    request: LoginRequest,
    fields: [string, string][],
  ) {
    const { address, storage } = await begin(registration, request, {
      browserSecret: newSecret(),
      throughStorage: true,
    });
    const page = { fields, host: new URL(publicUrl).host };
    if (storage) res.render('launch/store-login', { ...page, storage, address });
    else res.status(400).render('launch/cookies-blocked', page);
  }

  function begin(
    registration: Registration,
    request: LoginRequest,
    binding: { browserSecret: string; throughStorage?: boolean },
  ) {
    return beginLogin({
      ...binding,
      registration,
      request,
      redirectUri: `${publicUrl}/lti/launch`,
      stateKey,
      now: now(),
    });
  }

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

function refusedFor(state: Exclude<Registration['state'], 'active'>): PageError {
  const code = `registration-${state}` as const;
  const [status, text] = refusalPage(code);
  return new PageError(status, code, text);
}

/** The login's own parameters, to be sent once more. */
function loginFields(params: Record<string, unknown>): [string, string][] {
  return Object.entries(params).filter(
    (field): field is [string, string] => field[0] !== secondVisit && typeof field[1] === 'string',
  );
}
