// Signing in with Google: its page stands in no frame, so it opens in a window, and the frame that asked learns of it by a code that is
// good once (classroom.md §2.4). The session begins in the frame, whose cookies are its own. A page that stands in no frame goes to Google
// itself, and on from there.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { authorizationAddress } from '../../classroom/authorization-url.ts';
import { verifyIdentity, type GoogleIdentity } from '../../classroom/identity.ts';
import { scopesFor } from '../../classroom/scopes.ts';
import { exchangeCode, type GrantedTokens, type TokenRefusal } from '../../classroom/tokens.ts';
import { savePerson } from '../../courses/course.store.ts';
import type { Database } from '../../database/database.ts';
import { chooseLanguage } from '../../i18n/i18n.ts';
import type { PlatformKeys } from '../../lti/jwks.ts';
import { seal, unseal } from '../../lti/sealed.ts';
import type { Fetch } from '../../outbound/platform-http.ts';
import { findGoogleClient, type KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import { saveGrant, sealRefreshToken } from '../../platforms/classroom/grant.store.ts';
import { callbackAddress } from '../../platforms/classroom/our-addresses.ts';
import type { Signs } from '../../platforms/registration-signs.store.ts';
import { isOwnForm, keepBrowserSecret, newSecret } from '../../web/browser.ts';
import { browserCookie, parseCookie } from '../../web/cookies.ts';
import { PageError } from '../../web/errors.ts';
import { rememberPlatform } from '../../web/security-headers.ts';
import { platformOrigins, startSession } from '../../web/session.ts';
import { openSignInEntry, type SignInEntry } from './sign-in-entry.ts';
import { findSignIn, finishSignIn, hashOf, insertSignIn, spendSignIn, type SignIn } from './sign-in.store.ts';

export interface SignInTools {
  db: Database;
  now: () => Date;
  fetch: Fetch;
  signs: Signs;
  platformKeys: PlatformKeys;
  publicUrl: string;
  /** Seals what pages hand to windows; 32 bytes. */
  stateKey: Uint8Array;
  /** Seals what is kept of Google's; 32 bytes. */
  sealingKey: Uint8Array;
}

const secretsPurpose = 'mustaqil-google-sign-in-secrets';
const secretsSchema = z.object({ codeVerifier: z.string(), nonce: z.string() });
const answerSchema = z.object({
  state: z.string().max(200).catch(''),
  code: z.string().max(4000).nullable().catch(null),
  error: z.string().max(200).nullable().catch(null),
});
const codeForm = z.object({ code: z.string().max(200).catch('') });

/** Stands before the check of forms: who signs in has no token yet, and is known by what was sealed or said once. */
export function signInRoutes(tools: SignInTools): Router {
  const { db, now, publicUrl, platformKeys, stateKey, sealingKey, signs } = tools;
  const redirectUri = callbackAddress(publicUrl);
  const router = Router();

  router.post('/classroom/sign-ins', async (req, res) => {
    const { entry: sealed } = (req.body ?? {}) as Record<string, unknown>;
    const entry = isOwnForm(req, publicUrl) ? await openSignInEntry(sealed, { key: stateKey, now: now() }) : null;
    if (!entry) throw new PageError(400, 'sign-in-expired', 'sign-in-expired');
    await begin(req, res, entry);
  });

  /** Sends the window to Google's question. */
  async function begin(req: Request, res: Response, entry: Omit<SignInEntry, 'expiresAt'>) {
    const known = await findGoogleClient(db, entry.registrationId, sealingKey);
    if (!known) throw new PageError(403, 'registration-gone', 'registration-gone');
    const [state, nonce, codeVerifier] = [newSecret(), newSecret(), newSecret()];
    const scopes = [...scopesFor[entry.purpose]];
    const signIn = {
      ...{ registrationId: known.registrationId, scopes, path: entry.path, expectedSubject: entry.loginHint },
      sealedSecrets: await seal(secretsPurpose, JSON.stringify({ codeVerifier, nonce }), sealingKey),
      frameBrowserHash: entry.browserHash,
      windowBrowserHash: hashOf(keepBrowserSecret(req, res)),
    };
    await insertSignIn(db, { ...signIn, state }, now());
    const { language } = res.locals;
    const asked = { redirectUri, scopes, state, nonce, codeVerifier, language };
    res.redirect(303, authorizationAddress(known.client, { ...asked, ...entry }));
  }

  router.get('/classroom/callback', async (req, res) => {
    const { state, code, error } = answerSchema.parse(req.query);
    const signIn = await findSignIn(db, state, now());
    if (!signIn) throw new PageError(400, 'sign-in-expired', 'sign-in-expired');
    // Google's answer to another browser is somebody else's sign-in: nobody is to be signed in as them.
    const browser = parseCookie(req, browserCookie);
    if (browser === null || hashOf(browser) !== signIn.windowBrowserHash) {
      throw new PageError(400, 'browser-unknown', 'browser-unknown');
    }
    if (error !== null || code === null) {
      res.locals.log.info({ error: error?.replace(/[^\w-]/g, '') }, 'a sign-in was not agreed to');
      throw new PageError(403, 'consent-denied', 'consent-denied');
    }
    const known = await findGoogleClient(db, signIn.registrationId, sealingKey);
    const secrets = secretsSchema.safeParse(
      JSON.parse((await unseal(secretsPurpose, signIn.sealedSecrets, sealingKey)) ?? 'null'),
    ).data;
    if (!known || !secrets) throw new PageError(403, 'registration-gone', 'registration-gone');
    const { codeVerifier, nonce } = secrets;
    const tokens = await exchangeCode(tools, { client: known.client, code, codeVerifier, redirectUri });
    if (tokens.kind !== 'granted') return refuseTokens(known, tokens);
    const identity =
      tokens.idToken === null
        ? null
        : await verifyIdentity(tokens.idToken, {
            ...{ client: known.client, nonce, now: now() },
            findKey: (jwksUrl, kid) => platformKeys.find(jwksUrl, kid),
          });
    if (!identity) throw new PageError(401, 'launch-not-genuine', 'launch-not-genuine');
    if (signIn.expectedSubject !== null && signIn.expectedSubject !== identity.subject) {
      throw new PageError(403, 'wrong-account', 'wrong-account');
    }
    const oneTimeCode = newSecret();
    const finished = await finish(req, { signIn, known, tokens, identity, code: oneTimeCode });
    if (finished === 'ask-anew') {
      const { registrationId, path, expectedSubject, frameBrowserHash } = signIn;
      const purpose = purposeOf(signIn.scopes);
      const again = { registrationId, purpose, path, browserHash: frameBrowserHash, isAnother: false };
      // By now it is known who it is.
      await begin(req, res, { ...again, loginHint: expectedSubject ?? identity.subject, isAnew: true });
      return;
    }
    if (finished === 'done-before') throw new PageError(400, 'sign-in-expired', 'sign-in-expired');
    await signs.note(known.registrationId, 'launch');
    if (signIn.frameBrowserHash === null) {
      rememberPlatform(res, platformOrigins({ ...known.client, frameOrigins: known.frameOrigins }));
      await startSession(tools, res, finished.personId);
      res.redirect(303, signIn.path);
      return;
    }
    res.set('Referrer-Policy', 'same-origin');
    res.render('launch/classroom/signed-in', { code: oneTimeCode });
  });

  /** Keeps who it is and what they agreed to. `ask-anew`: Google gave no lasting token, and we have none. */
  async function finish(
    req: Request,
    given: {
      signIn: SignIn;
      known: KnownGoogleClient;
      tokens: GrantedTokens;
      identity: GoogleIdentity;
      code: string;
    },
  ): Promise<{ personId: number } | 'done-before' | 'ask-anew'> {
    const { signIn, known, tokens, identity, code } = given;
    const { refreshToken } = tokens;
    const sealedRefreshToken = refreshToken === null ? null : await sealRefreshToken(refreshToken, sealingKey);
    return db.transaction(async (tx) => {
      const { subject, name, email: accountEmail } = identity;
      const personId = await savePerson(
        tx,
        {
          ...{ deploymentId: known.deploymentId, subject, name, sourcedId: null, isTestUser: false },
          language: chooseLanguage(req.acceptsLanguages()),
        },
        now(),
      );
      const agreed = { scopes: tokens.scopes, accountEmail };
      const isKept = await saveGrant(tx, { personId, sealedRefreshToken, ...agreed }, now());
      if (!isKept) return 'ask-anew';
      const path = namedPath(signIn.path, subject);
      return (await finishSignIn(tx, signIn, { personId, path, code })) ? { personId } : 'done-before';
    });
  }

  function refuseTokens({ registrationId }: KnownGoogleClient, { kind, status, detail }: TokenRefusal): Promise<never> {
    const code = kind === 'client-refused' ? 'tool-inactive' : kind === 'unavailable' ? 'unavailable' : 'refused';
    const note = signs.note(registrationId, 'launch-failure', { code, detail: `${status ?? ''} ${detail}`.trim() });
    return note.then(() => {
      if (kind === 'grant-lost') throw new PageError(400, 'sign-in-expired', 'sign-in-expired');
      if (kind === 'unavailable') throw new PageError(503, 'platform-away', 'platform-away');
      throw new PageError(502, 'client-refused', 'client-refused');
    });
  }

  router.post('/classroom/sessions', async (req, res) => {
    const { code } = codeForm.parse(req.body ?? {});
    const signIn = isOwnForm(req, publicUrl) ? await spendSignIn(db, code, now()) : null;
    const browser = parseCookie(req, browserCookie);
    const isBegunHere =
      browser !== null &&
      signIn !== null &&
      [signIn.frameBrowserHash, signIn.windowBrowserHash].includes(hashOf(browser));
    if (!isBegunHere || signIn.personId === null) throw new PageError(400, 'sign-in-expired', 'sign-in-expired');
    const known = await findGoogleClient(db, signIn.registrationId, sealingKey);
    if (!known) throw new PageError(403, 'registration-gone', 'registration-gone');
    rememberPlatform(res, platformOrigins({ ...known.client, frameOrigins: known.frameOrigins }));
    await startSession(tools, res, signIn.personId);
    if (req.accepts(['html', 'json']) === 'json') res.json({ path: signIn.path });
    else res.redirect(303, signIn.path);
  });

  return router;
}

/** Google names nobody at a first visit; from now on the address does, for whoever signed in. */
function namedPath(path: string, subject: string): string {
  const [pathname = '/', search] = path.split('?', 2);
  const parameters = new URLSearchParams(search);
  parameters.set('login_hint', subject);
  return `${pathname}?${parameters.toString()}`;
}

function purposeOf(scopes: readonly string[]): SignInEntry['purpose'] {
  const found = Object.entries(scopesFor).find(([, wanted]) => wanted.every((one) => scopes.includes(one)));
  return (found?.[0] ?? 'learn') as SignInEntry['purpose'];
}
