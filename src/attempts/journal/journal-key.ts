// The key of one attempt's journal. The page of an open attempt has it, so whatever it opens was written by that page; it reads nothing.
import { hkdfSync, webcrypto } from 'node:crypto';
import type { CryptoKey } from 'jose';
import type { Attempt } from '../attempt.ts';

/**
 * 32 bytes, the same for as long as the attempt lives. The seed keeps it apart from that of an earlier database under the same secret.
 *
 * @param key the installation's key for journals (config.ts)
 */
export function journalKey(key: Uint8Array, { id, seed }: Pick<Attempt, 'id' | 'seed'>): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `attempt ${id} ${seed}`, 32));
}

/** The same for opening what comes again and again. */
export async function openingKey(key: Uint8Array, attempt: Pick<Attempt, 'id' | 'seed'>): Promise<CryptoKey> {
  return webcrypto.subtle.importKey('raw', journalKey(key, attempt), 'AES-GCM', false, ['decrypt']);
}
