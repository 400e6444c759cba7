// A platform made of one RSA key: signs whatever a test wants signed, and answers for its JWKS.
import { readFileSync } from 'node:fs';
import type { CryptoKey } from 'jose';
import { CompactSign, calculateJwkThumbprint, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { z } from 'zod';
import type { PlatformKeys } from '../../src/lti/jwks.ts';
import { createPlatformKeys } from '../../src/lti/jwks.ts';
import type { PendingLogin } from '../../src/lti/login-state.ts';
import type { Fetch } from '../../src/outbound/platform-http.ts';

export const now = new Date('2026-11-21T09:00:00Z');
export const nowSeconds = now.getTime() / 1000;
export const toolOrigin = 'https://tool.example';

export const registration = {
  issuer: 'https://moodle.example',
  clientId: 'BBfhQjzyEZtqEuR',
  jwksUrl: 'https://moodle.example/mod/lti/certs.php',
};

export const login: PendingLogin = {
  id: 'login-1',
  issuer: registration.issuer,
  clientId: registration.clientId,
  nonce: 'nonce-of-this-login',
  deploymentId: '1',
  targetLinkUri: `${toolOrigin}/launch`,
  storage: null,
  expiresAt: new Date('2026-11-21T09:10:00Z'),
};

export type Claims = Record<string, unknown>;
export const lti = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
export const deepLinking = (name: string): string => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;
export const agsClaim = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';
export const rosterClaim = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice';

type Recording = 'resource-link.student' | 'resource-link.teacher' | 'deep-linking.teacher';

const tokenFile = z.object({ claims: z.record(z.string(), z.unknown()) });
const loginFile = z.object({ params: z.record(z.string(), z.unknown()) });
const servicesFile = z.record(z.string(), z.object({ status: z.number(), body: z.unknown() }));

/** What Moodle 5.1 sent, with the nonce and the times of the login under test. */
export function recordedClaims(recording: Recording): Claims {
  const { claims } = tokenFile.parse(readRecorded(`id-token.${recording}`));
  return { ...claims, nonce: login.nonce, iat: nowSeconds, exp: nowSeconds + 60 };
}

/** The parameters with which Moodle 5.1 began a login. */
export function recordedLogin(recording: 'resource-link' | 'deep-linking'): Claims {
  return loginFile.parse(readRecorded(`login-initiation.${recording}`)).params;
}

/** Answers as the services of Moodle 5.1 did; `name` is an entry of `recorded/services.json`. */
export function recordedAnswer(name: string): () => Response {
  const found = servicesFile.parse(readRecorded('services'))[name];
  if (!found) throw new Error(`nothing recorded under ${name}`);
  const body = found.body === '' ? '' : JSON.stringify(found.body);
  return () => new Response(body, { status: found.status });
}

/** A token response as Moodle 5.1 labels it; without `scope` it grants whatever was asked for. */
export function tokenAnswer(token: string, changed: Record<string, unknown> = {}): Response {
  const body = { access_token: token, token_type: 'Bearer', expires_in: 3600, ...changed };
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function readRecorded(name: string): unknown {
  return parseJson(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8'));
}

export function parseJson(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

export interface FakePlatform {
  kid: string;
  privateKey: CryptoKey;
  publicPem: string;
  jwks: { keys: Record<string, unknown>[] };
  keys: PlatformKeys;
  sign(claims: unknown, header?: Record<string, unknown>): Promise<string>;
}

export async function createFakePlatform(): Promise<FakePlatform> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const jwks = { keys: [{ ...publicJwk, kid, alg: 'RS256', use: 'sig' }] };
  return {
    kid,
    privateKey,
    publicPem: await exportSPKI(publicKey),
    jwks,
    keys: createPlatformKeys({ fetch: answering(() => Response.json(jwks)), now: () => now }),
    sign: (claims, header = {}) =>
      new CompactSign(new TextEncoder().encode(typeof claims === 'string' ? claims : JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
        .sign(privateKey),
  };
}

export interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body: string;
}

/** A `fetch` that gives each request to `answer`, and rejects as the real one does when `answer` throws. */
export function answering(answer: (sent: SentRequest) => Response | Promise<Response>): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { url, method, headers } = request;
    return answer({ url, method, headers, body: await request.text() });
  };
}
