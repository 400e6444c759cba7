// Every way in which a token can be wrong, each under its own code. `cert` is a bad launch of the certification guide,
// `own` the n-th of our own vectors at the end of lti.md 1.12.
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { CompactSign, generateKeyPair } from 'jose';
import { createPlatformKeys } from '../../src/lti/jwks.ts';
import type { FakePlatform } from './fake-platform.ts';
import { answering, createFakePlatform, login, now, nowSeconds, registration } from './fake-platform.ts';
import type { BadLaunch } from './launch-bench.ts';
import { good, platform, verify, withClaims, without } from './launch-bench.ts';

let mallory: FakePlatform;

beforeAll(async () => {
  mallory = await createFakePlatform();
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function unsigned(): string {
  return `${encoded({ alg: 'none', kid: platform.kid })}.${encoded(good)}.`;
}

/** RS/HS confusion: the public key, which everybody has, as the secret of an HMAC. */
function hmacWithPublicKey(): string {
  const head = `${encoded({ alg: 'HS256', kid: platform.kid })}.${encoded(good)}`;
  return `${head}.${createHmac('sha256', platform.publicPem).update(head).digest('base64url')}`;
}

async function rs512(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS512');
  return new CompactSign(Buffer.from(JSON.stringify(good)))
    .setProtectedHeader({ alg: 'RS512', kid: platform.kid })
    .sign(privateKey);
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await platform.sign(good)).split('.');
  return `${header}.${encoded({ ...good, 'https://purl.imsglobal.org/spec/lti/claim/roles': ['Instructor'] })}.${signature}`;
}

const badTokens: BadLaunch[] = [
  // The form field (lti.md 23).
  { what: 'no token', code: 'token-missing', token: () => undefined },
  { what: 'an empty token', code: 'token-missing', token: () => '' },
  { what: 'the field given twice', code: 'token-missing', token: () => ['a', 'b'] },
  { what: 'a token of 1 MB (lti.md 1.12, own 16)', code: 'token-too-large', token: () => 'x'.repeat(1024 * 1024) },
  { what: 'a token that is no JWT (cert 6.1.1-5)', code: 'token-malformed', token: () => 'nonsense' },
  { what: 'five parts', code: 'token-malformed', token: async () => `${await platform.sign(good)}.a.b` },
  { what: 'a header that is no object', code: 'token-malformed', token: () => `${encoded([])}.e30.e30` },
  {
    what: 'a signature that is no base64url',
    code: 'token-malformed',
    token: async () => `${await platform.sign(good)}!`,
  },
  {
    what: 'an extension in crit',
    code: 'token-malformed',
    token: () => `${encoded({ alg: 'RS256', kid: platform.kid, crit: ['b64'], b64: false })}.e30.e30`,
  },
  // The algorithm.
  { what: 'alg none (lti.md 27; 1.12, own 6)', code: 'algorithm-refused', token: unsigned },
  { what: 'no alg', code: 'algorithm-refused', token: () => `${encoded({ kid: 'k' })}.e30.e30` },
  {
    what: 'HS256 signed with the public key (lti.md 27; 1.12, own 5)',
    code: 'algorithm-refused',
    token: hmacWithPublicKey,
  },
  { what: 'RS512 (lti.md 27)', code: 'algorithm-refused', token: rs512 },
  // The key.
  {
    what: 'no kid (lti.md 28; cert 6.1.1-1)',
    code: 'key-id-missing',
    token: () => platform.sign(good, { kid: undefined }),
  },
  { what: 'an empty kid', code: 'key-id-missing', token: () => platform.sign(good, { kid: '' }) },
  {
    what: 'an unknown kid (lti.md 28; cert 6.1.1-2)',
    code: 'key-unknown',
    token: () => platform.sign(good, { kid: 'other' }),
  },
  {
    what: "Mallory's key under the platform's kid",
    code: 'signature-invalid',
    token: () => mallory.sign(good, { kid: platform.kid }),
  },
  {
    what: "Mallory's key in the header (lti.md 28)",
    code: 'signature-invalid',
    token: () => mallory.sign(good, { kid: platform.kid, jwk: { kty: 'RSA', ...mallory.jwks.keys[0] } }),
  },
  { what: 'a changed payload', code: 'signature-invalid', token: tampered },
  // The issuer.
  {
    what: 'another issuer (lti.md 30; 1.12, own 13)',
    code: 'issuer-mismatch',
    token: () => withClaims({ iss: 'https://evil.example' }),
  },
  {
    what: 'a slash more (lti.md 30)',
    code: 'issuer-mismatch',
    token: () => withClaims({ iss: `${registration.issuer}/` }),
  },
  { what: 'no issuer', code: 'issuer-mismatch', token: () => without('iss') },
  // The audience and the authorized party.
  {
    what: 'another client of the issuer (lti.md 26, 31; 1.12, own 17)',
    code: 'audience-mismatch',
    token: () => withClaims({ aud: 'other-client' }),
  },
  { what: 'no audience', code: 'audience-mismatch', token: () => without('aud') },
  { what: 'an empty audience', code: 'audience-mismatch', token: () => withClaims({ aud: [] }) },
  {
    what: 'a further audience, no azp (lti.md 31, 32)',
    code: 'audience-untrusted',
    token: () => withClaims({ aud: [registration.clientId, 'other'] }),
  },
  {
    what: 'a further audience, with azp (lti.md 31; 1.12, own 9)',
    code: 'audience-untrusted',
    token: () => withClaims({ aud: [registration.clientId, 'other'], azp: registration.clientId }),
  },
  {
    what: 'several audiences, no azp (lti.md 32; 1.12, own 7)',
    code: 'authorized-party-mismatch',
    token: () => withClaims({ aud: [registration.clientId, registration.clientId] }),
  },
  {
    what: 'one audience, a foreign azp (lti.md 32; 1.12, own 8)',
    code: 'authorized-party-mismatch',
    token: () => withClaims({ azp: 'other-client' }),
  },
  // The times.
  { what: 'no exp (lti.md 33; cert 6.1.1-7)', code: 'expiry-missing', token: () => without('exp') },
  { what: 'exp as a string', code: 'expiry-missing', token: () => withClaims({ exp: String(nowSeconds + 60) }) },
  {
    what: 'expired 60 s ago (lti.md 33; cert 6.1.1-7)',
    code: 'token-expired',
    token: () => withClaims({ exp: nowSeconds - 60 }),
  },
  { what: 'no iat (lti.md 34; cert 6.1.1-7)', code: 'issued-at-missing', token: () => without('iat') },
  { what: 'iat as a string', code: 'issued-at-missing', token: () => withClaims({ iat: String(nowSeconds) }) },
  {
    what: 'issued in an hour (lti.md 34; cert 6.1.1-7; 1.12, own 11)',
    code: 'issued-in-future',
    token: () => withClaims({ iat: nowSeconds + 3600 }),
  },
  { what: 'issued in 61 s', code: 'issued-in-future', token: () => withClaims({ iat: nowSeconds + 61 }) },
  {
    what: 'issued yesterday (lti.md 34; cert 6.1.1-7; 1.12, own 12)',
    code: 'token-too-old',
    token: () => withClaims({ iat: nowSeconds - 86_400 }),
  },
  { what: 'issued 661 s ago', code: 'token-too-old', token: () => withClaims({ iat: nowSeconds - 661 }) },
  { what: 'valid from later on', code: 'token-not-yet-valid', token: () => withClaims({ nbf: nowSeconds + 61 }) },
  // The nonce.
  { what: 'no nonce (lti.md 35)', code: 'nonce-missing', token: () => without('nonce') },
  {
    what: 'the nonce of another login (lti.md 35; 1.12, own 4)',
    code: 'nonce-mismatch',
    token: () => withClaims({ nonce: 'other-login' }),
  },
];

describe('a bad token is refused by its own code, and does no harm to the good one after it', () => {
  test.each(badTokens)('$what: $code', async ({ code, token }) => {
    expect(await verify(await token())).toMatchObject({ ok: false, code });
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });

  test('when the keys of the platform cannot be fetched, it says so (lti.md 29)', async () => {
    const keys = createPlatformKeys({ fetch: answering(() => new Response('', { status: 503 })), now: () => now });
    const refused = { ok: false, code: 'keys-unreachable', detail: 'status 503' };
    expect(await verify(await platform.sign(good), { keys })).toEqual(refused);
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });

  test('a login that began with another platform is a fault of ours, not a launch (lti.md 26)', async () => {
    const foreign = { ...login, clientId: 'other-client' };
    await expect(verify(await platform.sign(good), { login: foreign })).rejects.toThrow('another platform');
  });
});
