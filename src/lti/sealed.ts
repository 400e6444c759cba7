// Small secrets sealed into a string: compact JWE, direct encryption with a 256-bit key, AES-GCM. The purpose is
// authenticated with the text, so that what was sealed for one use cannot be opened as another.
import { CompactEncrypt, compactDecrypt, errors, type CryptoKey } from 'jose';

/** Seals `text` under a 32-byte key for one named purpose. Throws when the key has another length. */
export async function seal(purpose: string, text: string, key: Uint8Array): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: purpose })
    .encrypt(await imported(key));
}

/**
 * The text that `seal` put in, or null when `sealed` is not ours, was altered, or was sealed for another purpose.
 *
 * @param key as `seal` has it; as a CryptoKey it opens many in half the time
 */
export async function unseal(purpose: string, sealed: string, key: Uint8Array | CryptoKey): Promise<string | null> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, await imported(key), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return protectedHeader.typ === purpose ? new TextDecoder().decode(plaintext) : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

const keys = new WeakMap<Uint8Array, Promise<CryptoKey>>();

/** To make something of the bytes takes longer than to seal with it. */
function imported(key: Uint8Array): Promise<CryptoKey> {
  const known = keys.get(key) ?? crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
  keys.set(key, known);
  return known;
}
