// The token endpoint, as Moodle's token.php: errors with 400, and a 404 page when the tool's key set cannot be fetched.
// Neither `aud` nor `iss` nor `jti` of the assertion is looked at, for Moodle does not either.
import { randomBytes } from 'node:crypto';
import { type Response, Router } from 'express';
import { addresses } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { meetFaults, scopesDespite } from './faults.ts';
import { publicKeySet } from './keys.ts';
import { notFound } from './pages.ts';
import { recordRequest } from './received.ts';
import type { Tool } from './state.ts';
import { readUnverified, type VerifyToolJwt } from './tool-jwt.ts';
import { toolsOf } from './tools.ts';

/** `POST /token.php` and the LMS's own key set, `GET /certs.php`. */
export function accessTokenRoutes(lms: LmsContext, verify: VerifyToolJwt): Router {
  const to = addresses(lms.url);
  const audiences = lms.quirks.token.isAudienceChecked ? [to.token, to.authorizationServer] : null;
  return Router()
    .post('/token.php', recordRequest(lms.received, 'token', lms.now), meetFaults(lms, 'token'), async (req, res) => {
      const sent = new URLSearchParams(String(req.body ?? ''));
      const refuse = (error: string): void => answerToken(lms, res, 400, { error });
      const names = ['client_assertion', 'client_assertion_type', 'grant_type', 'scope'];
      if (names.some((name) => !sent.get(name))) return refuse('invalid_request');
      const assertion = sent.get('client_assertion') ?? '';
      const subject = readUnverified(assertion)?.sub;
      if (subject === undefined) return refuse('invalid_request');
      const tool = toolsOf(lms).find(({ clientId }) => clientId === subject);
      const { faults } = lms.state;
      if (!tool || faults.tool === 'tool-off') return refuse('invalid_client');
      if (faults.tool === 'keys-unreachable') return notFound(lms, req, res);
      const outcome = await verify(tool.jwksUrl, assertion, { isExpiryChecked: true, audiences });
      if (outcome.ok) return grant(lms, res, tool, sent.get('scope') ?? '');
      switch (outcome.code) {
        case 'not-verified':
          return refuse(outcome.message);
        case 'keys-unreachable':
          return notFound(lms, req, res);
      }
    })
    .get('/certs.php', recordRequest(lms.received, 'jwks', lms.now), (_req, res) => {
      if (lms.state.faults.jwksDown) res.status(503).type('html').end('<!doctype html><title>503</title>');
      else res.json(publicKeySet(lms.state.keys));
    });
}

function grant(lms: LmsContext, res: Response, tool: Tool, requested: string): void {
  const permitted = scopesDespite(lms.state.faults, tool.scopes);
  const granted = requested.split(' ').filter((scope) => permitted.includes(scope));
  if (granted.length === 0) return answerToken(lms, res, 400, { error: 'invalid_scope' });
  const { lifetimeSeconds } = lms.quirks.token;
  const seconds = unixSeconds(lms.now());
  const token = randomBytes(16).toString('hex');
  const alive = lms.state.accessTokens.filter(({ validUntil }) => validUntil > seconds);
  const added = { token, toolId: tool.id, scopes: granted, validUntil: seconds + lifetimeSeconds };
  lms.state.accessTokens = [...alive, added];
  lms.save();
  answerToken(lms, res, 200, {
    access_token: token,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    scope: granted.join(' '),
  });
}

function answerToken({ quirks }: LmsContext, res: Response, status: number, body: object): void {
  res.status(status).type(quirks.token.mediaType).end(JSON.stringify(body));
}
