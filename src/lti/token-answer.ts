// What a token endpoint said, read by its status whatever its content type (success arrives as `text/html` in places).
import { z } from 'zod';
import { summarizeAnswer } from '../outbound/answer-summary.ts';
import { clockAheadSeconds } from './clock-offset.ts';
import { parseJson } from '../outbound/json.ts';
import type { ArrivedAnswer, PlatformAnswer } from '../outbound/platform-http.ts';
import { isSuccess } from '../outbound/platform-http.ts';
import { classifyFailure } from '../outbound/service-failure.ts';

export interface GrantedToken {
  ok: true;
  token: string;
  expiresInSeconds: number;
}

export interface AccessTokenRefusal {
  ok: false;
  /**
   * `unavailable`: worth retrying. `refused`: is not. `scope-not-granted`: the platform does not let us do this, the
   * detail says what. `tool-keys-unreachable`: it answered 404 with a page, which is how a platform shows that it
   * could not fetch our JWKS (or that the token URL is wrong). `tool-inactive`: it does not know us, or has us switched
   * off. `clock-wrong`: its clock and ours differ by more than our assertion bears. `address-refused`: its address is in
   * a network that strangers may not make us call.
   */
  code:
    | 'unavailable'
    | 'refused'
    | 'scope-not-granted'
    | 'tool-keys-unreachable'
    | 'tool-inactive'
    | 'clock-wrong'
    | 'address-refused';
  status: number | null;
  /** At most 300 printable characters, never the assertion. */
  detail: string;
  retryAfterSeconds: number | null;
}

const unstatedLifetimeSeconds = 300;
const longestLifetimeSeconds = 24 * 60 * 60;

const tokenSchema = z.object({
  access_token: z
    .string()
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .nullish(),
  expires_in: z.coerce
    .number()
    .positive()
    .catch(unstatedLifetimeSeconds)
    .transform((seconds) => Math.min(seconds, longestLifetimeSeconds)),
  scope: z.string().nullish(),
});

const errorSchema = z.object({ error: z.string() });

/**
 * Reads the answer to a client credentials request for `scopes`. A response that names no scope grants all that was
 * asked for; one that names fewer is `scope-not-granted`. A 200 that is no token response (a maintenance page, a
 * proxy's login) is `unavailable`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5
 */
export function readTokenAnswer(
  answer: PlatformAnswer,
  { scopes, assertion, now }: { scopes: readonly string[]; assertion: string; now: Date },
): GrantedToken | AccessTokenRefusal {
  if (!answer.ok || !isSuccess(answer)) return refusalOf(answer, assertion, now);
  const parsed = tokenSchema.safeParse(parseJson(answer.text));
  if (!parsed.success) {
    const detail = summarizeAnswer(answer.text, [assertion, ...tokenIn(answer.text)]);
    return { ok: false, code: 'unavailable', status: answer.status, detail, retryAfterSeconds: null };
  }
  const { access_token: token, expires_in: expiresInSeconds, scope } = parsed.data;
  const granted = scope?.split(/\s+/) ?? scopes;
  const withheld = scopes.filter((wanted) => !granted.includes(wanted));
  if (withheld.length > 0) return notGranted(answer.status, `not granted: ${withheld.join(' ')}`);
  return { ok: true, token, expiresInSeconds };
}

function refusalOf(answer: PlatformAnswer, assertion: string, now: Date): AccessTokenRefusal {
  const { kind, status, detail, retryAfterSeconds } = classifyFailure(answer, [assertion], now);
  const failed = { ok: false, status, detail, retryAfterSeconds } as const;
  if (!answer.ok) {
    const code = kind === 'unavailable' ? 'unavailable' : 'refused';
    return { ...failed, code: answer.code === 'address-refused' ? 'address-refused' : code };
  }
  if (kind === 'unavailable') return { ...failed, code: 'unavailable' };
  const error = oauthError(answer);
  if (error === 'invalid_scope') return notGranted(answer.status, detail);
  if (answer.status === 404 && error === null) return { ...failed, code: 'tool-keys-unreachable' };
  if (isClockWrong(answer, now)) {
    const date = answer.headers.get('date') ?? 'unknown';
    return { ...failed, code: 'clock-wrong', detail: summarizeAnswer(`Its time: ${date}. ${detail}`, [assertion]) };
  }
  return { ...failed, code: error !== null && unknownClient.includes(error) ? 'tool-inactive' : 'refused' };
}

/** Who is refused so is not known, or not allowed to ask (RFC 6749 §5.2); a platform may mean a wrong signature, too. */
const unknownClient = ['invalid_client', 'unauthorized_client'];

/** A platform may bear less; ours were refused at a difference of a second (lti.md §2.6). */
const bearableSeconds = 60;

/** As the usual libraries speak of `iat`, `nbf` and `exp`: php-jwt, json-jwt, jsonwebtoken. */
const wordsOfTime = /\b(iat|nbf)\b|prior to|expired token|(jwt|token|assertion) (has |is )?expired|jwt not active/i;

function isClockWrong(answer: ArrivedAnswer, now: Date): boolean {
  const ahead = clockAheadSeconds(answer, now);
  return (ahead !== null && Math.abs(ahead) > bearableSeconds) || wordsOfTime.test(answer.text);
}

function notGranted(status: number, detail: string): AccessTokenRefusal {
  return { ok: false, code: 'scope-not-granted', status, detail: summarizeAnswer(detail, []), retryAfterSeconds: null };
}

function oauthError(answer: ArrivedAnswer): string | null {
  return errorSchema.safeParse(parseJson(answer.text)).data?.error ?? null;
}

/** A token in a response that is wrong in some other way is still a secret. */
function tokenIn(text: string): string[] {
  const parsed = z.object({ access_token: z.string() }).safeParse(parseJson(text));
  return parsed.success ? [parsed.data.access_token] : [];
}
