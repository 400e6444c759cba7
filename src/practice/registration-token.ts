// The token that lets a tool register: an RS256 JWT of this LMS, good for an hour (startltiadvregistration.php).
import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type LmsContext, unixSeconds } from './context.ts';
import { currentKey } from './keys.ts';

const lifetimeSeconds = 3600;

const claims = z.object({ sub: z.string(), scope: z.enum(['reg', 'reg-update']) });

/** Whose registration it is, and whether it is a new one (`reg`). */
export type RegistrationClaims = z.infer<typeof claims>;

/** A token for a new client id (`reg`) or for one that there is (`reg-update`). */
export function makeRegistrationToken({ state, now }: LmsContext, { sub, scope }: RegistrationClaims): string {
  const key = currentKey(state.keys);
  const iat = unixSeconds(now());
  return jwt.sign({ sub, scope, iat, exp: iat + lifetimeSeconds }, key.privatePem, {
    algorithm: 'RS256',
    keyid: key.kid,
  });
}

/** What a token of ours says; null if it is not ours or its hour is over. */
export function readRegistrationToken({ state, now }: LmsContext, token: string): RegistrationClaims | null {
  const kid = jwt.decode(token, { complete: true, json: true })?.header.kid;
  const key = state.keys.find((one) => one.kid === kid);
  if (!key) return null;
  try {
    const options = { algorithms: ['RS256' as const], clockTimestamp: unixSeconds(now()) };
    return claims.parse(jwt.verify(token, createPublicKey(key.publicPem), options));
  } catch {
    return null;
  }
}
