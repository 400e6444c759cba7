import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { accessToken, allScopes, askToken, assertion, type Practice, startPractice, toolKey } from './support.ts';

const scoreScope = 'https://purl.imsglobal.org/spec/lti-ags/scope/score';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.close());

describe('a token', () => {
  test('is answered as text/html, with the granted scopes in the order asked', async () => {
    const response = await askToken(practice);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: allScopes,
    });
  });

  test('is for what was asked and is permitted, no more', async () => {
    const response = await askToken(practice, { scope: `openid ${scoreScope} https://else.example/scope` });
    expect(await response.json()).toMatchObject({ scope: scoreScope });
  });

  test('lives an hour', async () => {
    const token = await accessToken(practice);
    const get = (): Promise<Response> =>
      fetch(`${practice.url}/mod/lti/services.php/2/lineitems?type_id=1`, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.ims.lis.v2.lineitemcontainer+json' },
      });
    practice.clock.now = new Date(practice.clock.now.getTime() + 3_599_000);
    expect((await get()).status).toBe(200);
    practice.clock.now = new Date(practice.clock.now.getTime() + 1000);
    expect((await get()).status).toBe(401);
  });
});

describe('a token request is refused with 400', () => {
  const refusal = async (fields: Record<string, string>): Promise<string> => {
    const response = await askToken(practice, fields);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    return ((await response.json()) as { error: string }).error;
  };

  test.each(['grant_type', 'client_assertion_type', 'client_assertion', 'scope'])('without %s', async (field) => {
    expect(await refusal({ [field]: '' })).toBe('invalid_request');
  });

  test('for scopes that were not granted', async () => {
    expect(await refusal({ scope: 'https://else.example/scope' })).toBe('invalid_scope');
  });

  test('for something that is not a JWT, or speaks for nobody', async () => {
    expect(await refusal({ client_assertion: 'a.b' })).toBe('invalid_request');
    expect(await refusal({ client_assertion: assertion(practice, { sub: undefined }) })).toBe('invalid_request');
  });

  test('for a client it does not know', async () => {
    expect(await refusal({ client_assertion: assertion(practice, { sub: 'somebody' }) })).toBe('invalid_client');
  });

  test('without a kid, or with one the tool does not publish', async () => {
    expect(await refusal({ client_assertion: assertion(practice, {}, { kid: undefined }) })).toMatch(/"kid" empty/);
    expect(await refusal({ client_assertion: assertion(practice, {}, { kid: 'other' }) })).toMatch(/"kid" invalid/);
  });

  test('when it was issued a second from now: there is no leeway', async () => {
    const now = Math.floor(practice.clock.now.getTime() / 1000);
    expect(await refusal({ client_assertion: assertion(practice, { iat: now + 1 }) })).toMatch(/iat/);
    expect((await askToken(practice, { client_assertion: assertion(practice, { iat: now }) })).status).toBe(200);
    const dated = assertion(practice, { iat: now + 1, nbf: now });
    expect((await askToken(practice, { client_assertion: dated })).status).toBe(200);
  });

  test('when it is over', async () => {
    const now = Math.floor(practice.clock.now.getTime() / 1000);
    expect(await refusal({ client_assertion: assertion(practice, { exp: now }) })).toMatch(/expired/);
  });

  test('for Mallory, who signs with her own key under the tool’s kid', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const clientId = practice.lms.registration.clientId;
    const forged = jwt.sign({ sub: clientId, iat: 1 }, privateKey, { algorithm: 'RS256', keyid: toolKey.kid });
    expect(await refusal({ client_assertion: forged })).toMatch(/invalid signature/);
  });
});

describe('the tool’s key set', () => {
  test('is fetched once and kept', async () => {
    await accessToken(practice);
    practice.tool.isJwksDown = true;
    expect((await askToken(practice)).status).toBe(200);
  });

  test('is fetched again when verifying fails, so that a new key of the tool works at once', async () => {
    await accessToken(practice);
    const { kid, jwk, privatePem } = toolKey;
    try {
      Object.assign(toolKey, { kid: 'new-key', jwk: { ...jwk, kid: 'new-key' } });
      expect((await askToken(practice)).status).toBe(200);
    } finally {
      Object.assign(toolKey, { kid, jwk, privatePem });
    }
  });

  test('out of reach is a 404 page, as in Moodle', async () => {
    practice.tool.isJwksDown = true;
    const response = await askToken(practice);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });
});
