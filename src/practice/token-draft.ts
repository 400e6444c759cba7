// An id_token before it is signed, for tests that want to send a wrong one.
import { createHmac, sign as signBytes } from 'node:crypto';
import type { Key } from './state.ts';

export interface TokenDraft {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** The LMS's current key, for instance to misuse its public half as an HMAC secret. */
  key: Key;
  /**
   * A compact JWS of whatever header and claims are handed in, signed as the header's `alg` says: `RS256` with a
   * private PEM (default: the LMS's), `HS256` with any secret, `none` with nothing.
   */
  sign: (header: Record<string, unknown>, claims: Record<string, unknown>, secret?: string) => string;
}

/** A draft of what would be sent. */
export function draftToken(header: Record<string, unknown>, claims: Record<string, unknown>, key: Key): TokenDraft {
  return {
    header,
    claims,
    key,
    sign: (otherHeader, otherClaims, secret = key.privatePem) => {
      const input = `${encoded(otherHeader)}.${encoded(otherClaims)}`;
      return `${input}.${signature(otherHeader['alg'], input, secret)}`;
    },
  };
}

function encoded(part: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signature(alg: unknown, input: string, secret: string): string {
  switch (alg) {
    case 'RS256':
      return signBytes('sha256', Buffer.from(input), secret).toString('base64url');
    case 'HS256':
      return createHmac('sha256', secret).update(input).digest('base64url');
    case 'none':
      return '';
    default:
      throw new Error(`No way to sign as ${String(alg)}`);
  }
}
