// Reading a platform's key set: which keys in it may verify a launch, and how long it may be kept.
import type { CryptoKey } from 'jose';
import { importJWK } from 'jose';
import { z } from 'zod';
import { parseJson } from '../outbound/json.ts';

export type VerificationKeys = ReadonlyMap<string, CryptoKey>;

const longestMs = 10 * 60_000;
const shortestMs = 60_000;
const smallestModulusBits = 2048;

const documentSchema = z.object({ keys: z.array(z.unknown()) });

const signingKeySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').nullish(),
  alg: z.literal('RS256').nullish(),
  key_ops: z
    .array(z.unknown())
    .refine((operations) => operations.includes('verify'))
    .nullish(),
});

/**
 * The keys of a JWKS document that may verify an RS256 signature, by `kid`: RSA of at least 2048 bits, named, not marked
 * for another use. Only the modulus and the exponent are used; other keys are passed over. Of two keys with one name
 * the first counts.
 *
 * @returns null when the text is no key set at all
 * @see LTI security framework 1.0 §6.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function readKeySet(text: string): Promise<VerificationKeys | null> {
  const document = documentSchema.safeParse(parseJson(text));
  if (!document.success) return null;
  const keys = new Map<string, CryptoKey>();
  for (const entry of document.data.keys) {
    const signing = signingKeySchema.safeParse(entry);
    if (!signing.success || keys.has(signing.data.kid)) continue;
    const key = await importSigningKey(signing.data);
    if (key !== null) keys.set(signing.data.kid, key);
  }
  return keys;
}

/**
 * For how long a key set may be used without asking again: `max-age` of Cache-Control, at most ten minutes and at least
 * one, whatever the platform says.
 */
export function keySetLifetimeMs(headers: Headers): number {
  const cacheControl = headers.get('cache-control') ?? '';
  if (/\bno-(?:store|cache)\b/i.test(cacheControl)) return shortestMs;
  const maxAge = /\bmax-age="?(\d+)/i.exec(cacheControl)?.[1];
  return maxAge === undefined ? longestMs : Math.min(Math.max(Number(maxAge) * 1000, shortestMs), longestMs);
}

async function importSigningKey({ n, e }: { n: string; e: string }): Promise<CryptoKey | null> {
  if (Buffer.from(n, 'base64url').byteLength * 8 < smallestModulusBits) return null;
  try {
    const key = await importJWK({ kty: 'RSA', n, e }, 'RS256');
    return key instanceof Uint8Array ? null : key;
  } catch {
    return null;
  }
}
