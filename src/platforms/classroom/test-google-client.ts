// Tries a client of Google Cloud out, as far as that can be done without anybody signing in: is Google there, does it know the client by
// its secret, and would it send people back to us?
import { authorizationAddress } from '../../classroom/authorization-url.ts';
import type { GoogleClient } from '../../classroom/google-client.ts';
import { everyScope } from '../../classroom/scopes.ts';
import { exchangeCode, type GrantedTokens, type TokenRefusal } from '../../classroom/tokens.ts';
import type { Database } from '../../database/database.ts';
import { clockAheadSeconds } from '../../lti/clock-offset.ts';
import { readKeySet } from '../../lti/jwks-document.ts';
import { isSuccess, requestPlatform, type PlatformAnswer } from '../../outbound/platform-http.ts';
import type { PlatformServices } from '../services.ts';
import { mostOffsetSeconds } from '../test-connection.ts';
import { openGoogleClient } from './client.store.ts';
import { callbackAddress } from './our-addresses.ts';
import { wayBackFault } from './way-back.ts';

/**
 * What is wrong, where something is. `secret-unreadable`: our own secret is another since the client's was entered. `client-refused`: Google
 * does not know the client by this id and secret. `redirect-refused`: it would not send people back to us.
 */
export type GoogleFault =
  | 'keys-unreachable'
  | 'api-unreachable'
  | 'secret-unreadable'
  | 'client-refused'
  | 'redirect-refused'
  | 'unavailable'
  | 'refused'
  | 'clock-off'
  | 'clock-unknown';

export interface GoogleCheck {
  check: 'google-keys' | 'google-api' | 'google-client' | 'google-redirect' | 'google-clock';
  ok: boolean;
  code: GoogleFault | null;
  /** At most 300 printable characters of what was answered; of `clock-off`, by how many seconds Google's clock is ahead of ours. */
  detail: string | null;
}

interface Tools {
  db: Database;
  services: Pick<PlatformServices, 'fetch' | 'now'>;
  publicUrl: string;
  /** Opens the client's secret; 32 bytes. */
  sealingKey: Uint8Array;
}

/** Checks a client, in the order in which an administrator mends what is wrong. Writes nothing. No transaction may be open. */
export async function testGoogleClient(tools: Tools, registrationId: number): Promise<GoogleCheck[]> {
  const { db, services, sealingKey } = tools;
  const known = await openGoogleClient(db, registrationId, sealingKey);
  if (!known) return [failed('google-client', 'secret-unreadable', null)];
  const { client } = known;
  const get = (url: string, takesRedirect = false) =>
    requestPlatform(services.fetch, { url, method: 'GET', headers: { accept: 'application/json' }, takesRedirect });
  const keys = await get(client.jwksUrl);
  const redirectUri = callbackAddress(tools.publicUrl);
  const exchanged = await exchangeNothing(services, client, redirectUri);
  return [
    await checkKeys(keys),
    checkApi(await get(`${client.apiUrl}/v1/courses`)),
    checkClient(exchanged),
    checkRedirect(await get(questionAddress(client, redirectUri), true), exchanged),
    ...(keys.ok ? [checkClock(keys, services.now())] : []),
  ];
}

const well = { ok: true, code: null, detail: null } as const;

function failed(check: GoogleCheck['check'], code: GoogleFault, detail: string | null): GoogleCheck {
  return { check, ok: false, code, detail };
}

async function checkKeys(answer: PlatformAnswer): Promise<GoogleCheck> {
  if (!answer.ok) return failed('google-keys', 'keys-unreachable', `${answer.code}: ${answer.detail}`);
  const keys = isSuccess(answer) ? await readKeySet(answer.text) : null;
  if (!keys || keys.size === 0) return failed('google-keys', 'keys-unreachable', `HTTP ${answer.status}`);
  return { check: 'google-keys', ...well };
}

/** Who brings no token is asked for one: then it is the API that answers, and no page on the way there. */
function checkApi(answer: PlatformAnswer): GoogleCheck {
  if (!answer.ok) return failed('google-api', 'api-unreachable', `${answer.code}: ${answer.detail}`);
  const { status } = answer;
  return status === 401 || status === 403
    ? { check: 'google-api', ...well }
    : failed('google-api', 'api-unreachable', `HTTP ${status}`);
}

/** A code that Google never gave: a client that it knows is told of the code, any other that it is unknown. @see RFC 6749 §5.2 */
function exchangeNothing(services: Tools['services'], client: GoogleClient, redirectUri: string) {
  const code = { code: 'connection-test', codeVerifier: 'connection-test'.repeat(3) };
  return exchangeCode(services, { client, ...code, redirectUri });
}

const mismatch = /redirect_uri_mismatch/;

function checkClient(answer: GrantedTokens | TokenRefusal): GoogleCheck {
  const isKnown = answer.kind === 'granted' || answer.kind === 'grant-lost' || mismatch.test(answer.detail);
  if (isKnown) return { check: 'google-client', ...well };
  const code = answer.kind === 'client-refused' || answer.kind === 'unavailable' ? answer.kind : 'refused';
  return failed('google-client', code, `${answer.status ?? ''} ${answer.detail}`.trim());
}

/** Google's question, put so that nobody need answer it. @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest (`prompt`) */
function questionAddress(client: GoogleClient, redirectUri: string): string {
  const said = { state: 'connection-test', nonce: 'connection-test', codeVerifier: 'connection-test'.repeat(3) };
  const asked = { ...said, redirectUri, scopes: everyScope(), loginHint: null, isAnew: false, language: 'en' };
  const address = new URL(authorizationAddress(client, asked));
  address.searchParams.set('prompt', 'none');
  return address.href;
}

function checkRedirect(answer: PlatformAnswer, exchanged: GrantedTokens | TokenRefusal): GoogleCheck {
  if (exchanged.kind !== 'granted' && mismatch.test(exchanged.detail)) {
    return failed('google-redirect', 'redirect-refused', exchanged.detail);
  }
  const fault = wayBackFault(answer);
  return fault ? failed('google-redirect', fault.code, fault.detail) : { check: 'google-redirect', ...well };
}

function checkClock(answer: PlatformAnswer, now: Date): GoogleCheck {
  const aheadSeconds = clockAheadSeconds(answer, now);
  if (aheadSeconds === null) return failed('google-clock', 'clock-unknown', null);
  const isAlike = Math.abs(aheadSeconds) <= mostOffsetSeconds;
  return isAlike ? { check: 'google-clock', ...well } : failed('google-clock', 'clock-off', String(aheadSeconds));
}
