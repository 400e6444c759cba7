// The token endpoint, as Moodle's token.php: JSON under `text/html`, errors with 400, and a 404 page when the tool's
// key set cannot be fetched.
import { randomBytes } from 'node:crypto';
import { type Response, Router } from 'express';
import { createAssertionVerifier } from './client-assertion.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { meetFaults } from './faults.ts';
import { publicKeySet } from './keys.ts';
import { notFound } from './pages.ts';
import { recordRequest } from './received.ts';
import { permittedScopes } from './scopes.ts';

const lifetimeSeconds = 3600;

/** `POST /token.php` and the LMS's own key set, `GET /certs.php`. */
export function accessTokenRoutes(lms: LmsContext): Router {
  const verifyAssertion = createAssertionVerifier(() => lms.tool.jwksUrl, lms);

  return Router()
    .post('/token.php', recordRequest(lms.received, 'token', lms.now), meetFaults(lms, 'token'), async (req, res) => {
      const sent = new URLSearchParams(String(req.body ?? ''));
      const names = ['client_assertion', 'client_assertion_type', 'grant_type', 'scope'];
      if (names.some((name) => !sent.get(name))) return answerToken(res, 400, { error: 'invalid_request' });
      const outcome = await verifyAssertion(sent.get('client_assertion') ?? '', lms.state.clientId);
      if (outcome.ok) return grant(lms, res, sent.get('scope') ?? '');
      switch (outcome.code) {
        case 'malformed':
          return answerToken(res, 400, { error: 'invalid_request' });
        case 'unknown-client':
          return answerToken(res, 400, { error: 'invalid_client' });
        case 'not-verified':
          return answerToken(res, 400, { error: outcome.message });
        case 'keys-unreachable':
          return notFound(lms, req, res);
      }
    })
    .get('/certs.php', recordRequest(lms.received, 'jwks', lms.now), (_req, res) => {
      if (lms.state.faults.jwksDown) res.status(503).type('html').end('<!doctype html><title>503</title>');
      else res.json(publicKeySet(lms.state.keys));
    });
}

function grant(lms: LmsContext, res: Response, requested: string): void {
  const granted = requested.split(' ').filter((scope) => permittedScopes.includes(scope));
  if (granted.length === 0) return answerToken(res, 400, { error: 'invalid_scope' });
  const seconds = unixSeconds(lms.now());
  const token = randomBytes(16).toString('hex');
  lms.state.accessTokens = lms.state.accessTokens.filter(({ validUntil }) => validUntil > seconds);
  lms.state.accessTokens.push({ token, scopes: granted, validUntil: seconds + lifetimeSeconds });
  lms.save();
  answerToken(res, 200, {
    access_token: token,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    scope: granted.join(' '),
  });
}

function answerToken(res: Response, status: number, body: object): void {
  res.status(status).type('html').end(JSON.stringify(body));
}
