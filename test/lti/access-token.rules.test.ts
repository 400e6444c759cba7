// Client credentials with a signed assertion (obligations 63-67, 69): what is sent, and for how long the
// token is kept.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { createAccessTokens } from '../../src/lti/access-token.ts';
import type { ServiceClient } from '../../src/lti/client-assertion.ts';
import { createToolKey, openPrivateKey, publicJwks, sealPrivateKey } from '../../src/lti/tool-keys.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, tokenAnswer } from './fake-platform.ts';

const encryptionKey = new Uint8Array(32);
const toolKey = await createToolKey();
const privateKey = await openPrivateKey(await sealPrivateKey(toolKey.privateJwk, encryptionKey), encryptionKey);

const client: ServiceClient = {
  issuer: 'https://moodle.example',
  clientId: 'BBfhQjzyEZtqEuR',
  tokenUrl: 'https://moodle.example/mod/lti/token.php',
  tokenAudience: 'https://moodle.example/audience',
  deploymentId: '1',
  key: { kid: toolKey.kid, privateKey },
};

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const scopes = [`${ags}/score`, `${ags}/lineitem`];
const start = Date.parse('2026-11-21T09:00:00Z');

let timeMs: number;
let sent: SentRequest[];
let answer: () => Response | Promise<Response>;
let tokens: ReturnType<typeof createAccessTokens>;

beforeEach(() => {
  timeMs = start;
  sent = [];
  answer = () => tokenAnswer(`token-${sent.length}`, { scope: scopes.join(' ') });
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  tokens = createAccessTokens({ fetch, now: () => new Date(timeMs), randomId: () => `id-${sent.length}` });
});

const formOf = (request: SentRequest | undefined) => Object.fromEntries(new URLSearchParams(request?.body));
const assertionOf = (request: SentRequest | undefined): string => formOf(request).client_assertion ?? '';

describe('the request', () => {
  test('is a form with an assertion and the scopes, and no password (obligation 66)', async () => {
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-1' });
    const [request] = sent;
    expect(request).toMatchObject({ url: client.tokenUrl, method: 'POST' });
    expect(request?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(request?.headers.has('authorization')).toBe(false);
    const { client_assertion: assertion, ...form } = formOf(request);
    expect(assertion).toBeDefined();
    expect(form).toEqual({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: `${ags}/lineitem ${ags}/score`,
    });
  });

  test('carries an assertion that a platform without any clock tolerance believes (obligations 63-65)', async () => {
    await tokens.get(client, scopes);
    const { payload, protectedHeader } = await jwtVerify(
      assertionOf(sent[0]),
      createLocalJWKSet(publicJwks([toolKey.publicJwk])),
      { currentDate: new Date(start - 30_000), clockTolerance: 0 },
    );
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: toolKey.kid });
    expect(payload).toEqual({
      iss: client.clientId,
      sub: client.clientId,
      aud: client.tokenAudience,
      iat: start / 1000 - 30,
      exp: start / 1000 + 90,
      jti: 'id-0',
      'https://purl.imsglobal.org/spec/lti/claim/deployment_id': '1',
    });
  });

  test('never uses an id twice', async () => {
    await tokens.get(client, scopes);
    tokens.forget(client, scopes);
    await tokens.get(client, scopes);
    expect(sent.map((request) => decodeJwt(assertionOf(request)).jti)).toEqual(['id-0', 'id-1']);
  });
});

describe('a token is kept (obligation 69)', () => {
  test('until a minute before it expires', async () => {
    await tokens.get(client, scopes);
    timeMs = start + 3_540_000 - 1;
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-1' });
    timeMs += 1;
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-2' });
  });

  test('for the same scopes in any order, and asked for once by fifty deliveries at the same moment', async () => {
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => tokens.get(client, index % 2 ? scopes : [...scopes].reverse())),
    );
    expect(new Set(all.map((token) => JSON.stringify(token))).size).toBe(1);
    expect(sent).toHaveLength(1);
  });

  test('apart for other scopes, clients, issuers and deployments', async () => {
    await tokens.get(client, scopes);
    await tokens.get(client, [`${ags}/score`]);
    await tokens.get({ ...client, clientId: 'other' }, scopes);
    await tokens.get({ ...client, issuer: 'https://other.example' }, scopes);
    await tokens.get({ ...client, deploymentId: '2' }, scopes);
    expect(sent).toHaveLength(5);
  });

  test('no longer once it was forgotten', async () => {
    await tokens.get(client, scopes);
    tokens.forget(client, [...scopes].reverse());
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-2' });
  });

  test('not at all when it lives for a minute or less, or when it was refused', async () => {
    answer = () => tokenAnswer('short', { expires_in: 60 });
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'short' });
    answer = () => new Response('', { status: 503 });
    expect(await tokens.get(client, scopes)).toMatchObject({ ok: false });
    answer = () => tokenAnswer('good');
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'good' });
  });

  test('for four minutes when the platform does not say for how long', async () => {
    answer = () => tokenAnswer(`token-${sent.length}`, { expires_in: undefined });
    await tokens.get(client, scopes);
    timeMs = start + 240_000 - 1;
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-1' });
    timeMs += 1;
    expect(await tokens.get(client, scopes)).toEqual({ ok: true, token: 'token-2' });
  });
});
