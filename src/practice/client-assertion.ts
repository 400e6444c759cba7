// Checks that a token request comes from the tool: the signature by the tool's own key set, and the times, with
// Moodle's zero leeway. Neither `aud` nor `iss` nor `jti` is looked at, for Moodle does not either.
import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { unixSeconds } from './context.ts';

const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })) });
type KeySet = z.infer<typeof keySet>;

export type AssertionOutcome =
  | { ok: true }
  | { ok: false; code: 'malformed' | 'unknown-client' | 'keys-unreachable' }
  | { ok: false; code: 'not-verified'; message: string };

/**
 * A verifier that keeps the tool's key set and fetches it anew whenever verifying fails.
 *
 * @returns a function that never throws for what a tool sent: `malformed` (not a JWT with a `sub`), `unknown-client`
 *   (another `sub`), `not-verified` (signature, kid, iat, nbf or exp), `keys-unreachable` (Moodle then shows a 404 page)
 */
export function createAssertionVerifier(
  jwksUrl: () => string,
  { fetch: fetchKeys, now }: { fetch: typeof fetch; now: () => Date },
): (assertion: string, clientId: string) => Promise<AssertionOutcome> {
  let cached: KeySet | null = null;

  return async (assertion, clientId) => {
    const decoded = jwt.decode(assertion, { complete: true, json: true });
    const subject = typeof decoded?.payload === 'object' ? decoded.payload.sub : undefined;
    if (!decoded || subject === undefined) return { ok: false, code: 'malformed' };
    if (subject !== clientId) return { ok: false, code: 'unknown-client' };
    if (cached && verify(assertion, decoded.header.kid, cached, now()) === null) return { ok: true };
    cached = await download(fetchKeys, jwksUrl());
    if (!cached) return { ok: false, code: 'keys-unreachable' };
    const message = verify(assertion, decoded.header.kid, cached, now());
    return message === null ? { ok: true } : { ok: false, code: 'not-verified', message };
  };
}

/** What is wrong, in a few words; null when nothing is. */
function verify(assertion: string, kid: string | undefined, { keys }: KeySet, now: Date): string | null {
  if (!kid) return '"kid" empty, unable to lookup correct key';
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) return '"kid" invalid, unable to lookup correct key';
  const seconds = unixSeconds(now);
  try {
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const claims = jwt.verify(assertion, publicKey, { algorithms: ['RS256'], clockTimestamp: seconds });
    const isEarly = typeof claims === 'object' && claims.nbf === undefined && (claims.iat ?? 0) > seconds;
    return isEarly ? 'Cannot handle token with iat prior to now' : null;
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
