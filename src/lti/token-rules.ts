// What must hold of an id_token besides its signature: who made it, for whom, when, and in answer to which login.
import type { LaunchRefusal } from './launch-refusals.ts';

export interface Expectation {
  issuer: string;
  clientId: string;
  nonce: string;
  now: Date;
}

type Payload = Readonly<Record<string, unknown>>;

const leewaySeconds = 60;
const maxAgeSeconds = 10 * 60;

/**
 * The first rule of the security framework that this verified payload breaks, or null. Compares issuer, audience and
 * nonce exactly; trusts no audience but us; allows clocks to differ by 60 s and a token to be 10 minutes old.
 *
 * @see LTI security framework 1.0 §5.1.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export function brokenTokenRule(payload: Payload, expected: Expectation): LaunchRefusal | null {
  const nowSeconds = Math.floor(expected.now.getTime() / 1000);
  return (
    (payload.iss === expected.issuer ? null : 'issuer-mismatch') ??
    brokenAudience(payload, expected.clientId) ??
    brokenExpiry(payload.exp, nowSeconds) ??
    brokenIssueTime(payload, nowSeconds) ??
    brokenNonce(payload.nonce, expected.nonce)
  );
}

function brokenAudience({ aud, azp }: Payload, clientId: string): LaunchRefusal | null {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(clientId)) return 'audience-mismatch';
  if (audiences.some((audience) => audience !== clientId)) return 'audience-untrusted';
  const isPartyNamed = azp !== undefined && azp !== null;
  if (audiences.length > 1 && !isPartyNamed) return 'authorized-party-mismatch';
  return isPartyNamed && azp !== clientId ? 'authorized-party-mismatch' : null;
}

function brokenExpiry(exp: unknown, nowSeconds: number): LaunchRefusal | null {
  if (!isNumericDate(exp)) return 'expiry-missing';
  return exp <= nowSeconds - leewaySeconds ? 'token-expired' : null;
}

function brokenIssueTime({ iat, nbf }: Payload, nowSeconds: number): LaunchRefusal | null {
  if (!isNumericDate(iat)) return 'issued-at-missing';
  if (iat > nowSeconds + leewaySeconds) return 'issued-in-future';
  if (iat < nowSeconds - maxAgeSeconds - leewaySeconds) return 'token-too-old';
  return isNumericDate(nbf) && nbf > nowSeconds + leewaySeconds ? 'token-not-yet-valid' : null;
}

function brokenNonce(nonce: unknown, expected: string): LaunchRefusal | null {
  if (typeof nonce !== 'string' || nonce === '') return 'nonce-missing';
  return nonce === expected ? null : 'nonce-mismatch';
}

function isNumericDate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
