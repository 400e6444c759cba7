// Google's side of a sign-in: the question, which stands in no frame, and the tokens. Checked as strictly as Google says it checks.
import { createHash, randomBytes } from 'node:crypto';
import { Router, type Response } from 'express';
import jwt from 'jsonwebtoken';
import { currentKey, publicKeySet } from '../keys.ts';
import { scopeWords, texts } from './host/messages.ts';
import type { CloudClient, State } from './state.ts';

export interface OAuthContext {
  /** Where the accounts are; the issuer. */
  url: string;
  state: State;
  now: () => Date;
}

const accessTokenSeconds = 3599;

/** Forms arrive as text: see practice-classroom.ts. */
export function oauthRoutes({ url, state, now }: OAuthContext): Router {
  const router = Router();

  router.get('/o/oauth2/v2/auth', (req, res) => {
    const asked = readQuestion(req.query as Record<string, string>);
    if (!asked) return void refusePage(res, 'Error 400: invalid_request');
    ask(res, asked);
  });

  router.post('/o/oauth2/v2/auth', (req, res) => {
    const form = new URLSearchParams(String(req.body));
    const asked = readQuestion(Object.fromEntries(new URLSearchParams(form.get('question') ?? '')));
    if (!asked) return void refusePage(res, 'Error 400: invalid_request');
    const back = new URL(asked.redirectUri);
    back.searchParams.set('state', asked.state);
    const account = state.accounts.find(({ id }) => id === form.get('account'));
    if (!account || form.get('answer') === 'deny') {
      back.searchParams.set('error', 'access_denied');
      return void res.redirect(303, back.href);
    }
    const ticked = form.getAll('scope').filter((scope) => asked.scopes.includes(scope));
    const consent = consentOf(account.id, asked.client);
    consent.scopes = [...new Set([...consent.scopes, ...ticked])];
    const code = secret();
    state.codes[code] = {
      ...{ userId: account.id, clientId: asked.client.clientId, redirectUri: asked.redirectUri },
      ...{ codeChallenge: asked.codeChallenge, nonce: asked.nonce, scopes: consent.scopes, isOffline: asked.isOffline },
    };
    if (asked.isAnew) consent.refreshToken = null;
    back.searchParams.set('code', code);
    res.redirect(303, back.href);
  });

  router.post('/token', (req, res) => {
    const form = new URLSearchParams(String(req.body));
    const client = state.clients.find(({ clientId }) => clientId === form.get('client_id'));
    if (!client || client.clientSecret !== form.get('client_secret')) {
      return void res.status(401).json({ error: 'invalid_client', error_description: 'Unauthorized' });
    }
    if (form.get('grant_type') === 'refresh_token') return void refresh(res, client, form.get('refresh_token'));
    const code = form.get('code') ?? '';
    const known = Object.hasOwn(state.codes, code) ? state.codes[code] : undefined;
    state.codes = Object.fromEntries(Object.entries(state.codes).filter(([other]) => other !== code));
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      known?.clientId === client.clientId &&
      known.redirectUri === form.get('redirect_uri') &&
      known.codeChallenge === challenge;
    if (!isRight) return void res.status(400).json({ error: 'invalid_grant', error_description: 'Bad Request' });
    const consent = consentOf(known.userId, client);
    // A lasting token is given to who asked for one, once, or when the person was asked anew.
    const isNew = known.isOffline && consent.refreshToken === null;
    if (isNew) consent.refreshToken = `1//${secret()}`;
    res.json({
      ...access(known.userId, client, known.scopes),
      ...(isNew && { refresh_token: consent.refreshToken }),
      id_token: idToken(known.userId, client, known.nonce),
    });
  });

  router.post('/revoke', (req, res) => {
    // Google takes it in the query too, where its own client puts it.
    const said = req.query.token;
    const token = typeof said === 'string' ? said : new URLSearchParams(String(req.body)).get('token');
    const consent = state.consents.find(({ refreshToken }) => refreshToken !== null && refreshToken === token);
    const whose = consent ?? accessOf(token);
    if (!whose)
      return void res.status(400).json({ error: 'invalid_token', error_description: 'Token expired or revoked' });
    revoke(state, whose.userId, whose.clientId);
    res.json({});
  });

  router.all('/tokeninfo', (req, res) => {
    const said = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1] ?? req.query.access_token;
    const known = accessOf(typeof said === 'string' ? said : null);
    if (!known) return void res.status(400).json({ error: 'invalid_token', error_description: 'Invalid Value' });
    const expiresIn = String(Math.floor((known.expiresAtMs - now().getTime()) / 1000));
    const { clientId, userId, scopes } = known;
    res.json({ azp: clientId, aud: clientId, sub: userId, scope: scopes.join(' '), expires_in: expiresIn });
  });

  router.get('/oauth2/v3/certs', (_req, res) => res.json(publicKeySet(state.keys)));
  router.get('/oauth2/v1/certs', (_req, res) =>
    res.json(Object.fromEntries(state.keys.map(({ kid, publicPem }) => [kid, publicPem]))),
  );

  /** Null for a question that Google does not ask: an address or a scope that its owner did not declare, or no PKCE. */
  function readQuestion(query: Record<string, string>) {
    const client = state.clients.find(({ clientId }) => clientId === query.client_id);
    const scopes = (query.scope ?? '').split(' ').filter(Boolean);
    const isSound =
      client?.redirectUris.includes(query.redirect_uri ?? '') &&
      query.response_type === 'code' &&
      query.code_challenge_method === 'S256' &&
      scopes.every((scope) => client.scopes.includes(scope));
    if (!client || !isSound) return null;
    const isOffline = query.access_type === 'offline';
    const { redirect_uri: redirectUri = '', code_challenge: codeChallenge = '', state: said = '', nonce = '' } = query;
    const isAnew = (query.prompt ?? '').split(' ').includes('consent');
    const question = new URLSearchParams(query).toString();
    return {
      client,
      scopes,
      redirectUri,
      codeChallenge,
      nonce,
      state: said,
      isAnew,
      isOffline,
      question,
      hint: query.login_hint,
      language: query.hl ?? 'en',
    };
  }

  /** Google's question stands in no frame, and keeps its opener. */
  function ask(
    res: Response,
    { scopes, question, hint, language, client }: NonNullable<ReturnType<typeof readQuestion>>,
  ) {
    const name = state.host.addOns.find(({ clientId }) => clientId === client.clientId)?.name ?? client.clientId;
    // Who is asked is who signed in last here: the names of this machine share no cookie that could say more.
    const chosen = hint ?? state.host.sessions.findLast(({ accountId }) => accountId !== null)?.accountId;
    const { accounts } = state;
    res.set({ 'X-Frame-Options': 'DENY', 'Cache-Control': 'no-store' });
    const t = texts(language);
    const asked = scopes.map((scope) => ({ scope, words: scopeWords(t, scope) }));
    res.render('consent', { t, language, name, accounts, chosen, asked, question });
  }

  function refresh(res: Response, client: CloudClient, token: string | null) {
    const consent = state.consents.find(
      ({ refreshToken, clientId }) => refreshToken !== null && refreshToken === token && clientId === client.clientId,
    );
    if (!consent) {
      res.status(400).json({ error: 'invalid_grant', error_description: 'Token has been expired or revoked.' });
      return;
    }
    res.json(access(consent.userId, client, consent.scopes));
  }

  function accessOf(token: string | null) {
    const known = token !== null && Object.hasOwn(state.accessTokens, token) ? state.accessTokens[token] : undefined;
    return known && known.expiresAtMs > now().getTime() ? known : undefined;
  }

  function access(userId: string, { clientId }: CloudClient, scopes: string[]) {
    const token = `ya29.${secret()}`;
    const expiresAtMs = now().getTime() + accessTokenSeconds * 1000;
    state.accessTokens[token] = { userId, clientId, scopes, expiresAtMs };
    return { access_token: token, expires_in: accessTokenSeconds, token_type: 'Bearer', scope: scopes.join(' ') };
  }

  function idToken(userId: string, { clientId }: CloudClient, nonce: string): string {
    const account = state.accounts.find(({ id }) => id === userId);
    const { kid, privatePem } = currentKey(state.keys);
    const issuedAt = Math.floor(now().getTime() / 1000);
    const claims = {
      ...{ iss: url, aud: clientId, azp: clientId, sub: userId, nonce, iat: issuedAt, exp: issuedAt + 3600 },
      ...{
        name: `${account?.givenName} ${account?.familyName}`,
        email: account?.email,
        hd: account?.email.split('@')[1],
      },
    };
    return jwt.sign(claims, privatePem, { algorithm: 'RS256', keyid: kid });
  }

  function consentOf(userId: string, { clientId }: CloudClient) {
    const known = state.consents.find((consent) => consent.userId === userId && consent.clientId === clientId);
    if (known) return known;
    const consent = { userId, clientId, scopes: [], refreshToken: null };
    state.consents.push(consent);
    return consent;
  }

  return router;
}

/** As a person does it in their account, or a client for them: no token of that client in their name is good any more. */
export function revoke(state: State, userId: string, clientId: string): void {
  const isTheirs = (whose: { userId: string; clientId: string }) =>
    whose.userId === userId && whose.clientId === clientId;
  state.consents = state.consents.filter((consent) => !isTheirs(consent));
  state.accessTokens = Object.fromEntries(Object.entries(state.accessTokens).filter(([, access]) => !isTheirs(access)));
}

function refusePage(res: Response, text: string) {
  page(res.status(400), `<h1>${escaped(text)}</h1>`);
}

function page(res: Response, body: string) {
  res.type('html').send(`<!doctype html><html lang="en"><title>Sign in</title><body>${body}</body></html>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
