// Checks what a tool signed: the signature by the tool's own key set, and the times, with Moodle's zero leeway.
import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { unixSeconds } from './context.ts';

const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })) });
type KeySet = z.infer<typeof keySet>;

export type ToolJwtOutcome =
  { ok: true } | { ok: false; code: 'keys-unreachable' } | { ok: false; code: 'not-verified'; message: string };

export interface Expectations {
  /** Moodle does not look at it in a deep linking response. */
  isExpiryChecked: boolean;
  /** Any of these; null: Moodle does not look at it. */
  audiences: readonly string[] | null;
}

/** Verifies a JWT by the key set at an address. Whose claims they are, and what they say, is the caller's to check. */
export type VerifyToolJwt = (jwksUrl: string, token: string, expected: Expectations) => Promise<ToolJwtOutcome>;

/**
 * A verifier that keeps each key set and fetches it anew whenever verifying fails.
 *
 * @returns a function that never throws for what a tool sent: `not-verified` (signature, kid, iat, nbf, exp, aud),
 *   `keys-unreachable` (Moodle then shows a 404 page)
 */
export function createToolJwtVerifier({
  fetch: fetchKeys,
  now,
}: {
  fetch: typeof fetch;
  now: () => Date;
}): VerifyToolJwt {
  const cached = new Map<string, KeySet>();

  return async (jwksUrl, token, expected) => {
    const known = cached.get(jwksUrl);
    if (known && faultOf(token, known, expected, now()) === null) return { ok: true };
    const fresh = await download(fetchKeys, jwksUrl);
    if (!fresh) return { ok: false, code: 'keys-unreachable' };
    cached.set(jwksUrl, fresh);
    const message = faultOf(token, fresh, expected, now());
    return message === null ? { ok: true } : { ok: false, code: 'not-verified', message };
  };
}

/** The claims of a JWT that nobody has verified; undefined if it is none. */
export function readUnverified(token: string): jwt.JwtPayload | undefined {
  const payload = jwt.decode(token, { complete: true, json: true })?.payload;
  return typeof payload === 'object' ? payload : undefined;
}

/** What is wrong, in a few words; null when nothing is. */
function faultOf(token: string, { keys }: KeySet, expected: Expectations, now: Date): string | null {
  const kid = jwt.decode(token, { complete: true, json: true })?.header.kid;
  if (!kid) return '"kid" empty, unable to lookup correct key';
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) return '"kid" invalid, unable to lookup correct key';
  const seconds = unixSeconds(now);
  try {
    const claims = jwt.verify(token, createPublicKey({ key: jwk, format: 'jwk' }), {
      algorithms: ['RS256'],
      clockTimestamp: seconds,
      ignoreExpiration: !expected.isExpiryChecked,
    });
    if (typeof claims !== 'object') return 'no claims';
    if (claims.nbf === undefined && (claims.iat ?? 0) > seconds) return 'Cannot handle token with iat prior to now';
    const audiences = [claims.aud ?? []].flat();
    const isMeant = expected.audiences?.some((one) => audiences.includes(one)) ?? true;
    return isMeant ? null : 'jwt audience invalid';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function download(fetchKeys: typeof fetch, url: string): Promise<KeySet | null> {
  try {
    const response = await fetchKeys(url);
    return response.ok ? keySet.parse(await response.json()) : null;
  } catch {
    return null;
  }
}
