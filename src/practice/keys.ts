// The LMS's own RSA keys: made, published, rotated. And the ids that it gives to clients.
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Key } from './state.ts';

/** A new RSA-2048 pair with a key id like Moodle's, twenty hex digits. */
export function newKey(): Key {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { kid: randomBytes(10).toString('hex'), privatePem: pair.privateKey, publicPem: pair.publicKey };
}

/** A new client id like Moodle's, fifteen letters and digits. */
export function newClientId(): string {
  return randomBytes(12).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 15);
}

/** The key that signs now. */
export function currentKey(keys: readonly Key[]): Key {
  const key = keys.at(-1);
  if (!key) throw new Error('The practice LMS has no key');
  return key;
}

/** The JWK set that `certs.php` shows. */
export function publicKeySet(keys: readonly Key[]): { keys: object[] } {
  return {
    keys: keys.map((key) => {
      const { e, n } = createPublicKey(key.publicPem).export({ format: 'jwk' });
      return { kty: 'RSA', alg: 'RS256', kid: key.kid, e, n, use: 'sig' };
    }),
  };
}
