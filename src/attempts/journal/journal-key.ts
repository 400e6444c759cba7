// The key of one attempt's journal. The page of an open attempt has it, so whatever it opens was written by that page; it reads nothing.
import { hkdfSync } from 'node:crypto';
import type { Attempt } from '../attempt.ts';

/**
 * 32 bytes, the same for as long as the attempt lives. The seed keeps it apart from that of an earlier database under the same secret.
 *
 * @param key the installation's key for journals (config.ts)
 */
export function journalKey(key: Uint8Array, { id, seed }: Pick<Attempt, 'id' | 'seed'>): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `attempt ${id} ${seed}`, 32));
}
