// A platform that wants to be registered (obligations 116, 118, 119, 123): who it is, and whether we believe it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { ConfigurationRequest } from '../../src/lti/openid-configuration.ts';
import { foreignHosts, readOpenIdConfiguration } from '../../src/lti/openid-configuration.ts';
import type { OpenIdConfiguration } from '../../src/lti/openid-configuration-document.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering } from './fake-platform.ts';

const url = 'https://moodle.example/mod/lti/openid-configuration.php';
const token = 'one-time-token';
const recording = readFileSync(new URL('recorded/openid-configuration.json', import.meta.url), 'utf8');
const recorded = z.record(z.string(), z.unknown()).parse(JSON.parse(recording));
const platformClaim = 'https://purl.imsglobal.org/spec/lti-platform-configuration';

async function read(answer: () => Response, changed: Partial<ConfigurationRequest> = {}) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  const asked = { url, registrationToken: token, allowHttpLoopback: false, ...changed };
  return { outcome: await readOpenIdConfiguration(fetch, asked), sent };
}

const saying = (changed: Record<string, unknown>) => () => Response.json({ ...recorded, ...changed });

async function believed(changed: Record<string, unknown> = {}): Promise<OpenIdConfiguration> {
  const { outcome } = await read(saying(changed));
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.configuration;
}

describe('the configuration of a platform', () => {
  test('is read as Moodle 5.1 gives it (lti.md 116)', async () => {
    const { issuer, tokenUrl, tokenAudience, ...rest } = await believed();
    expect(issuer).toBe('https://moodle.example');
    expect(tokenUrl).toBe('https://moodle.example/mod/lti/token.php');
    expect(tokenAudience).toBe(tokenUrl);
    expect(rest).toMatchObject({
      authorizationUrl: 'https://moodle.example/mod/lti/auth.php',
      jwksUrl: 'https://moodle.example/mod/lti/certs.php',
      registrationUrl: 'https://moodle.example/mod/lti/openid-registration.php',
      claimsSupported: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email'],
      messagesSupported: ['LtiResourceLinkRequest', 'LtiDeepLinkingRequest'],
      family: 'moodle',
      version: '5.1+ (Build: 20251017)',
    });
    expect(rest.scopesSupported).toHaveLength(8);
    expect(rest.variablesSupported).toContain('Context.id.history');
  });

  test('is asked for with the registration token, or without where there is none (lti.md 116, 118)', async () => {
    const { sent } = await read(saying({}));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url, method: 'GET' });
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${token}`);
    const without = await read(saying({}), { registrationToken: null });
    expect(without.outcome.ok).toBe(true);
    expect(without.sent[0]?.headers.has('authorization')).toBe(false);
  });

  test('names another audience where the authorization server is another (lti.md 123)', async () => {
    expect(await believed({ authorization_server: 'https://moodle.example/aud' })).toMatchObject({
      tokenAudience: 'https://moodle.example/aud',
    });
    expect(await believed({ authorization_server: null })).toMatchObject({
      tokenAudience: 'https://moodle.example/mod/lti/token.php',
    });
  });

  test('may say little of itself, or in older words', async () => {
    const sparse = { scopes_supported: null, claims_supported: undefined, [platformClaim]: 'x' };
    expect(await believed(sparse)).toMatchObject({
      scopesSupported: [],
      claimsSupported: [],
      messagesSupported: [],
      variablesSupported: [],
      family: null,
      version: null,
    });
    const older = { messages_supported: ['LtiResourceLink', 'LtiDeepLinkingRequest', 5, {}], version: 4.5 };
    expect(await believed({ [platformClaim]: older })).toMatchObject({
      messagesSupported: ['LtiResourceLink', 'LtiDeepLinkingRequest'],
      version: null,
    });
  });
});

describe('a platform is not believed', () => {
  test.each([
    ['https://other.example', []],
    ['https://moodle.example.evil.example', []],
    ['https://moodle.example:8443', []],
    ['https://other.example', ['sso.example']],
  ])('when it lies about its issuer: %s (lti.md 119)', async (issuer, known) => {
    const { outcome } = await read(saying({ issuer }), { knownIssuerHosts: () => known });
    expect(outcome).toMatchObject({ ok: false, code: 'issuer-mismatch' });
    expect(!outcome.ok && outcome.detail).toBe(`moodle.example says that it is ${issuer}`);
  });

  test('unless its host is known to speak for that issuer (lti.md 119)', async () => {
    const asked: string[] = [];
    const knownIssuerHosts = (host: string) => {
      asked.push(host);
      return ['moodle.example'];
    };
    const { outcome } = await read(saying({ issuer: 'https://global.example' }), { knownIssuerHosts });
    expect(outcome).toMatchObject({ ok: true, configuration: { issuer: 'https://global.example' } });
    expect(asked).toEqual(['global.example']);
  });

  const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'registration_endpoint'];
  const forbidden = [
    'http://moodle.example/x',
    'http://localhost/x',
    'https://10.0.0.1/x',
    'https://[fd00::1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://user:password@moodle.example/x',
    'javascript:alert(1)',
  ];
  test.each(endpoints.flatMap((name) => forbidden.map((address) => [name, address] as const)))(
    'when its %s is %s (lti.md 10, 119)',
    async (name, address) => {
      const { outcome } = await read(saying({ [name]: address }));
      expect(outcome).toEqual({ ok: false, code: 'endpoint-refused', detail: address });
    },
  );

  test('when its issuer is no https address (lti.md 10)', async () => {
    expect((await read(saying({ issuer: 'http://moodle.example' }))).outcome).toMatchObject({
      code: 'endpoint-refused',
    });
  });

  test.each(['issuer', ...endpoints])('when it has no %s', async (name) => {
    for (const value of [undefined, null, '', 7, '/relative', `https://moodle.example/${'x'.repeat(2_000)}`]) {
      expect((await read(saying({ [name]: value }))).outcome).toMatchObject({ code: 'configuration-malformed' });
    }
  });

  test('but may have a private address that is on the list', async () => {
    const answer = saying({ token_endpoint: 'https://10.0.0.1/token' });
    expect((await read(answer, { allowedPrivateHosts: ['10.0.0.1'] })).outcome).toMatchObject({ ok: true });
  });
});

describe('foreign hosts', () => {
  test('are those that are not the issuer’s, each once, the audience among them (lti.md 119)', async () => {
    expect(foreignHosts(await believed())).toEqual([]);
    const scattered = {
      token_endpoint: 'https://auth.example/token',
      jwks_uri: 'https://auth.example/keys',
      registration_endpoint: 'https://moodle.example:8443/register',
      authorization_server: 'https://api.example/token',
    };
    expect(foreignHosts(await believed(scattered))).toEqual(['auth.example', 'moodle.example:8443', 'api.example']);
    expect(foreignHosts(await believed({ authorization_server: 'somebody' }))).toEqual(['somebody']);
  });
});
