// The signed statement by which the tool proves to a token endpoint who it is (private_key_jwt).
import type { CryptoKey } from 'jose';
import { SignJWT } from 'jose';
import { claim } from './claims.ts';

/** The tool as one registration knows it. */
export interface ServiceClient {
  issuer: string;
  clientId: string;
  tokenUrl: string;
  /** What the assertion is addressed to; platforms differ, most want the token URL. */
  tokenAudience: string;
  deploymentId: string;
  key: { kid: string; privateKey: CryptoKey };
}

const backdatedSeconds = 30;
const lifetimeSeconds = 90;

/**
 * Signs the assertion. `iat` lies 30 s in the past and there is no `nbf`, because platforms exist that allow their
 * clock no leeway at all and compare exactly those two (seen on a live one, November 2026); `exp` lies 90 s ahead.
 *
 * @param jti unique and unguessable; a platform may refuse to see one twice
 * @see LTI security framework 1.0 §4.1.1, https://www.imsglobal.org/spec/security/v1p0/
 */
export function signClientAssertion(client: ServiceClient, { now, jti }: { now: Date; jti: string }): Promise<string> {
  const nowSeconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ [claim.deploymentId]: client.deploymentId })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: client.key.kid })
    .setIssuer(client.clientId)
    .setSubject(client.clientId)
    .setAudience(client.tokenAudience)
    .setIssuedAt(nowSeconds - backdatedSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .setJti(jti)
    .sign(client.key.privateKey);
}
