// Every way in which a token can be wrong (obligations 23-35, the bad launches of the certification guide, our own
// vectors), each under its own code.
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
  // Obligation 23, 24: the form field.
  { what: 'no token', code: 'token-missing', token: () => undefined },
  { what: 'an empty token', code: 'token-missing', token: () => '' },
  { what: 'the field given twice', code: 'token-missing', token: () => ['a', 'b'] },
  { what: 'a token of 1 MB', code: 'token-too-large', token: () => 'x'.repeat(1024 * 1024) },
  { what: 'a token that is no JWT', code: 'token-malformed', token: () => 'nonsense' },
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
  // Obligation 27: the algorithm.
  { what: 'alg none', code: 'algorithm-refused', token: unsigned },
  { what: 'no alg', code: 'algorithm-refused', token: () => `${encoded({ kid: 'k' })}.e30.e30` },
  { what: 'HS256 signed with the public key', code: 'algorithm-refused', token: hmacWithPublicKey },
  { what: 'RS512', code: 'algorithm-refused', token: rs512 },
  // Obligation 28: the key (certification 1 and 2).
  { what: 'no kid', code: 'key-id-missing', token: () => platform.sign(good, { kid: undefined }) },
  { what: 'an empty kid', code: 'key-id-missing', token: () => platform.sign(good, { kid: '' }) },
  { what: 'an unknown kid', code: 'key-unknown', token: () => platform.sign(good, { kid: 'other' }) },
  {
    what: "Mallory's key under the platform's kid",
    code: 'signature-invalid',
    token: () => mallory.sign(good, { kid: platform.kid }),
  },
  {
    what: "Mallory's key in the header",
    code: 'signature-invalid',
    token: () => mallory.sign(good, { kid: platform.kid, jwk: { kty: 'RSA', ...mallory.jwks.keys[0] } }),
  },
  { what: 'a changed payload', code: 'signature-invalid', token: tampered },
  // Obligation 30: the issuer.
  { what: 'another issuer', code: 'issuer-mismatch', token: () => withClaims({ iss: 'https://evil.example' }) },
  { what: 'a slash more', code: 'issuer-mismatch', token: () => withClaims({ iss: `${registration.issuer}/` }) },
  { what: 'no issuer', code: 'issuer-mismatch', token: () => without('iss') },
  // Obligations 31, 32: the audience and the authorized party.
  { what: 'another client of the issuer', code: 'audience-mismatch', token: () => withClaims({ aud: 'other-client' }) },
  { what: 'no audience', code: 'audience-mismatch', token: () => without('aud') },
  { what: 'an empty audience', code: 'audience-mismatch', token: () => withClaims({ aud: [] }) },
  {
    what: 'a further audience, no azp',
    code: 'audience-untrusted',
    token: () => withClaims({ aud: [registration.clientId, 'other'] }),
  },
  {
    what: 'a further audience, with azp',
    code: 'audience-untrusted',
    token: () => withClaims({ aud: [registration.clientId, 'other'], azp: registration.clientId }),
  },
  {
    what: 'several audiences, no azp',
    code: 'authorized-party-mismatch',
    token: () => withClaims({ aud: [registration.clientId, registration.clientId] }),
  },
  {
    what: 'one audience, a foreign azp',
    code: 'authorized-party-mismatch',
    token: () => withClaims({ azp: 'other-client' }),
  },
  // Obligations 33, 34: the times (certification 7).
  { what: 'no exp', code: 'expiry-missing', token: () => without('exp') },
  { what: 'exp as a string', code: 'expiry-missing', token: () => withClaims({ exp: String(nowSeconds + 60) }) },
  { what: 'expired 60 s ago', code: 'token-expired', token: () => withClaims({ exp: nowSeconds - 60 }) },
  { what: 'no iat', code: 'issued-at-missing', token: () => without('iat') },
  { what: 'iat as a string', code: 'issued-at-missing', token: () => withClaims({ iat: String(nowSeconds) }) },
  { what: 'issued in an hour', code: 'issued-in-future', token: () => withClaims({ iat: nowSeconds + 3600 }) },
  { what: 'issued in 61 s', code: 'issued-in-future', token: () => withClaims({ iat: nowSeconds + 61 }) },
  { what: 'issued yesterday', code: 'token-too-old', token: () => withClaims({ iat: nowSeconds - 86_400 }) },
  { what: 'issued 661 s ago', code: 'token-too-old', token: () => withClaims({ iat: nowSeconds - 661 }) },
  { what: 'valid from later on', code: 'token-not-yet-valid', token: () => withClaims({ nbf: nowSeconds + 61 }) },
  // Obligation 35: the nonce.
  { what: 'no nonce', code: 'nonce-missing', token: () => without('nonce') },
  { what: 'the nonce of another login', code: 'nonce-mismatch', token: () => withClaims({ nonce: 'other-login' }) },
];

describe('a bad token is refused by its own code, and does no harm to the good one after it', () => {
  test.each(badTokens)('$what: $code', async ({ code, token }) => {
    expect(await verify(await token())).toMatchObject({ ok: false, code });
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });

  test('when the keys of the platform cannot be fetched, it says so (obligation 29)', async () => {
    const keys = createPlatformKeys({ fetch: answering(() => new Response('', { status: 503 })), now: () => now });
    const refused = { ok: false, code: 'keys-unreachable', detail: 'status 503' };
    expect(await verify(await platform.sign(good), { keys })).toEqual(refused);
    expect(await verify(await platform.sign(good))).toMatchObject({ ok: true });
  });

  test('a login that began with another platform is a fault of ours, not a launch (obligation 26)', async () => {
    const foreign = { ...login, clientId: 'other-client' };
    await expect(verify(await platform.sign(good), { login: foreign })).rejects.toThrow('another platform');
  });
});
