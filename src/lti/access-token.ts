// Access tokens for a platform's services: fetched when needed, shared until shortly before they expire.
import type { ServiceClient } from './client-assertion.ts';
import { signClientAssertion } from './client-assertion.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { requestPlatform } from '../outbound/platform-http.ts';
import type { AccessTokenRefusal, GrantedToken } from './token-answer.ts';
import { readTokenAnswer } from './token-answer.ts';

export type AccessToken = { ok: true; token: string } | AccessTokenRefusal;

export interface AccessTokens {
  get(client: ServiceClient, scopes: readonly string[]): Promise<AccessToken>;
  forget(client: ServiceClient, scopes: readonly string[]): void;
}

interface HeldToken {
  token: string;
  usableUntilMs: number;
}

const marginSeconds = 60;
const maxHeldTokens = 2_000;

/**
 * A cache of access tokens. `get` gives a token for exactly these scopes, asking the platform at most once at a time
 * for each registration, deployment and set of scopes, and keeps it until 60 s before it expires. Failures are not
 * kept. `forget` is for the caller whose token was answered with 401.
 *
 * The deployment is part of what is shared, because the assertion names it and a platform may narrow the token to it.
 *
 * @param randomId a new unguessable string each time, for the assertion's `jti`
 * @see LTI security framework 1.0 §4.1, https://www.imsglobal.org/spec/security/v1p0/
 */
export function createAccessTokens(given: { fetch: Fetch; now: () => Date; randomId: () => string }): AccessTokens {
  const held = new Map<string, HeldToken>();
  const underWay = new Map<string, Promise<AccessToken>>();

  async function fetchToken(key: string, client: ServiceClient, scopes: string[]): Promise<AccessToken> {
    const askedAtMs = given.now().getTime();
    const answer = await requestToken(given, client, scopes);
    if (!answer.ok) return answer;
    const usableUntilMs = askedAtMs + (answer.expiresInSeconds - marginSeconds) * 1000;
    if (usableUntilMs > askedAtMs) hold(held, key, { token: answer.token, usableUntilMs });
    return { ok: true, token: answer.token };
  }

  return {
    get(client, wanted) {
      const scopes = [...new Set(wanted)].sort();
      const key = keyOf(client, scopes);
      const kept = held.get(key);
      if (kept && kept.usableUntilMs > given.now().getTime()) return Promise.resolve({ ok: true, token: kept.token });
      const pending = underWay.get(key);
      if (pending) return pending;
      const flight = fetchToken(key, client, scopes).finally(() => underWay.delete(key));
      underWay.set(key, flight);
      return flight;
    },
    forget(client, wanted) {
      held.delete(keyOf(client, [...new Set(wanted)].sort()));
    },
  };
}

async function requestToken(
  { fetch, now, randomId }: { fetch: Fetch; now: () => Date; randomId: () => string },
  client: ServiceClient,
  scopes: string[],
): Promise<GrantedToken | AccessTokenRefusal> {
  const assertion = await signClientAssertion(client, { now: now(), jti: randomId() });
  const answer = await requestPlatform(fetch, {
    url: client.tokenUrl,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      scope: scopes.join(' '),
    }).toString(),
  });
  return readTokenAnswer(answer, { scopes, assertion, now: now() });
}

function keyOf(client: ServiceClient, scopes: string[]): string {
  return JSON.stringify([client.issuer, client.clientId, client.deploymentId, scopes]);
}

/** A Map keeps insertion order, so the first key is the oldest. */
function hold(held: Map<string, HeldToken>, key: string, token: HeldToken): void {
  held.delete(key);
  held.set(key, token);
  const [oldest] = held.keys();
  if (held.size > maxHeldTokens && oldest !== undefined) held.delete(oldest);
}
