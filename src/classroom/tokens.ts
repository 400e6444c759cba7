// Tokens of Google: made of the code that a sign-in brings, renewed, and given back.
import { z } from 'zod';
import { parseJson } from '../outbound/json.ts';
import { isSuccess, requestPlatform, type Fetch, type PlatformAnswer } from '../outbound/platform-http.ts';
import { classifyFailure } from '../outbound/service-failure.ts';
import type { GoogleClient } from './google-client.ts';

export interface GrantedTokens {
  kind: 'granted';
  accessToken: string;
  expiresAt: Date;
  /** As granted; of a renewal perhaps not said, then empty. */
  scopes: string[];
  /** Null where Google gave one before. */
  refreshToken: string | null;
  /** Of a sign-in; not verified. */
  idToken: string | null;
}

/**
 * `grant-lost`: what it was made of is no longer good, since the person took it back, or did not come for half a year. `client-refused`: our
 * own client is unknown or its secret is wrong. `unavailable` may pass; `refused` does not.
 */
export interface TokenRefusal {
  kind: 'grant-lost' | 'client-refused' | 'unavailable' | 'refused';
  /** HTTP status; null where none came. */
  status: number | null;
  /** At most 300 printable characters, never a secret. */
  detail: string;
  retryAfterSeconds: number | null;
}

interface Tools {
  fetch: Fetch;
  now: () => Date;
}

const unstatedLifetimeSeconds = 300;

const tokensSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(unstatedLifetimeSeconds),
  scope: z.string().catch(''),
  refresh_token: z.string().min(1).nullable().catch(null),
  id_token: z.string().min(1).nullable().catch(null),
});

const errorSchema = z.object({ error: z.string() });

/** Makes tokens of the code that came back from Google's question. @see RFC 6749 §4.1.3, RFC 7636 §4.5 */
export function exchangeCode(
  tools: Tools,
  {
    client,
    code,
    codeVerifier,
    redirectUri,
  }: { client: GoogleClient; code: string } & Record<'codeVerifier' | 'redirectUri', string>,
): Promise<GrantedTokens | TokenRefusal> {
  const form = { grant_type: 'authorization_code', code, code_verifier: codeVerifier, redirect_uri: redirectUri };
  return askForTokens(tools, client, form, [code, codeVerifier]);
}

/** Makes a new access token of a lasting one. @see RFC 6749 §6 */
export function refreshAccess(
  tools: Tools,
  { client, refreshToken }: { client: GoogleClient; refreshToken: string },
): Promise<GrantedTokens | TokenRefusal> {
  return askForTokens(tools, client, { grant_type: 'refresh_token', refresh_token: refreshToken }, [refreshToken]);
}

/** Gives a grant back: no token of it is good any more. A grant that Google does not know is as good as given back. */
export async function revoke(
  tools: Tools,
  { client, token }: { client: GoogleClient; token: string },
): Promise<{ kind: 'revoked' } | TokenRefusal> {
  const answer = await post(tools, client.revokeUrl, { token });
  if (answer.ok && (isSuccess(answer) || answer.status === 400)) return { kind: 'revoked' };
  return refusalOf(answer, [token], tools.now());
}

async function askForTokens(
  tools: Tools,
  { tokenUrl, clientId, clientSecret }: GoogleClient,
  form: Record<string, string>,
  secrets: string[],
): Promise<GrantedTokens | TokenRefusal> {
  const askedAtMs = tools.now().getTime();
  const answer = await post(tools, tokenUrl, { ...form, client_id: clientId, client_secret: clientSecret });
  const given = answer.ok && isSuccess(answer) ? tokensSchema.safeParse(parseJson(answer.text)).data : undefined;
  if (!given) return refusalOf(answer, [...secrets, clientSecret], tools.now());
  return {
    kind: 'granted',
    accessToken: given.access_token,
    expiresAt: new Date(askedAtMs + given.expires_in * 1000),
    scopes: given.scope.split(' ').filter(Boolean),
    refreshToken: given.refresh_token,
    idToken: given.id_token,
  };
}

function post({ fetch }: Tools, url: string, form: Record<string, string>): Promise<PlatformAnswer> {
  return requestPlatform(fetch, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  });
}

function refusalOf(answer: PlatformAnswer, secrets: string[], now: Date): TokenRefusal {
  const { kind, status, detail, retryAfterSeconds } = classifyFailure(answer, secrets, now);
  const said = answer.ok ? errorSchema.safeParse(parseJson(answer.text)).data?.error : undefined;
  return { kind: meaningOf(said) ?? (kind === 'unauthorized' ? 'refused' : kind), status, detail, retryAfterSeconds };
}

/** @see RFC 6749 §5.2 */
function meaningOf(error: string | undefined): TokenRefusal['kind'] | null {
  switch (error) {
    case 'invalid_grant':
      return 'grant-lost';
    case 'invalid_client':
    case 'unauthorized_client':
      return 'client-refused';
    default:
      return null;
  }
}
