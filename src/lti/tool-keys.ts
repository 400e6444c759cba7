// The tool's own signing keys: made, published, and sealed for storage. Which keys exist and which of them signs today
// is decided where they are stored.
import type { CryptoKey, JWK } from 'jose';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { seal, unseal } from './sealed.ts';

export interface ToolKey {
  /** RFC 7638 thumbprint, so that one name can never stand for two keys. */
  kid: string;
  publicJwk: PublicJwk;
  /** To be given to `sealPrivateKey` and then forgotten. */
  privateJwk: JWK;
}

const publicJwkSchema = z.object({ kty: z.literal('RSA'), kid: z.string(), n: z.string(), e: z.string() });

/** The public half of an RSA key, by its four members. */
export type PublicJwk = z.infer<typeof publicJwkSchema>;

const purpose = 'mustaqil-tool-key';
const modulusBits = 2048;

/**
 * A new RSA 2048 key pair for RS256.
 *
 * @see LTI security framework 1.0 §6.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function createToolKey(): Promise<ToolKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: modulusBits, extractable: true });
  const privateJwk = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(privateJwk, 'sha256');
  return { kid, publicJwk: publicJwkSchema.parse({ ...privateJwk, kid }), privateJwk: { ...privateJwk, kid } };
}

/**
 * The JWKS document to publish. Copies the public members only, so not even a private key handed in by mistake can
 * leak through it.
 *
 * @see LTI security framework 1.0 §6.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export function publicJwks(keys: readonly PublicJwk[]): { keys: (PublicJwk & { alg: 'RS256'; use: 'sig' })[] } {
  return { keys: keys.map(({ kty, kid, n, e }) => ({ kty, kid, n, e, alg: 'RS256', use: 'sig' })) };
}

/** Encrypts a private key for storage (compact JWE, `dir`, A256GCM) with a 32-byte key. */
export function sealPrivateKey(privateJwk: JWK, encryptionKey: Uint8Array): Promise<string> {
  return seal(purpose, JSON.stringify(privateJwk), encryptionKey);
}

/**
 * The private key that `sealPrivateKey` stored, ready to sign with and not extractable any more.
 * Throws when it does not open: the secret of this installation is not the one the key was stored under.
 */
export async function openPrivateKey(sealed: string, encryptionKey: Uint8Array): Promise<CryptoKey> {
  const text = await unseal(purpose, sealed, encryptionKey);
  if (text === null) throw new Error('The signing key does not open with this encryption key');
  const jwk = z.looseObject({ kty: z.literal('RSA') }).parse(JSON.parse(text));
  const key = await importJWK({ ...jwk, ext: false }, 'RS256');
  if (key instanceof Uint8Array) throw new Error('The stored signing key is not an RSA key');
  return key;
}
