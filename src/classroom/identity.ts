// Who signed in, by the id_token that Google signed.
import { decodeProtectedHeader, errors, jwtVerify, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { GoogleClient } from './google-client.ts';

export interface GoogleIdentity {
  /** The id of the account, which never changes; what Google calls `login_hint` at a frame. */
  subject: string;
  name: string | null;
  email: string | null;
  /** The Workspace domain; null for a personal account. */
  hostedDomain: string | null;
}

/** Finds the key of that name among those that Google publishes at an address. */
export type FindKey = (
  jwksUrl: string,
  kid: string,
) => Promise<{ ok: true; key: CryptoKey } | { ok: false; code: string }>;

const toleranceSeconds = 60;

const identitySchema = z.object({
  sub: z.string().regex(/^[\w-]{1,255}$/),
  name: z.string().trim().min(1).max(255).nullable().catch(null),
  email: z.string().trim().min(1).max(255).nullable().catch(null),
  hd: z.string().trim().min(1).max(255).nullable().catch(null),
});

/**
 * Verifies an id_token: RS256 by a published key, of this issuer, for this client, of this very sign-in.
 *
 * @returns null for one that proves nothing
 * @see OpenID Connect Core 1.0 §3.1.3.7
 */
export async function verifyIdentity(
  idToken: string,
  { client, nonce, findKey, now }: { client: GoogleClient; nonce: string; findKey: FindKey; now: Date },
): Promise<GoogleIdentity | null> {
  try {
    const { kid } = decodeProtectedHeader(idToken);
    const found = typeof kid === 'string' ? await findKey(client.jwksUrl, kid) : null;
    if (!found?.ok) return null;
    const { payload } = await jwtVerify(idToken, found.key, {
      algorithms: ['RS256'],
      // Google has signed as both.
      issuer: [client.issuer, client.issuer.replace(/^https:\/\//, '')],
      audience: client.clientId,
      requiredClaims: ['sub', 'exp', 'nonce'],
      clockTolerance: toleranceSeconds,
      currentDate: now,
    });
    if (payload.nonce !== nonce) return null;
    const identity = identitySchema.safeParse(payload).data;
    return identity
      ? { subject: identity.sub, name: identity.name, email: identity.email, hostedDomain: identity.hd }
      : null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}
