// Tells one response from another, so that a page can say which it showed.
import { createHash } from 'node:crypto';
import { z } from 'zod';

const response = z.record(z.string(), z.unknown()).nullable();

/** The same for equal responses, whatever order a database gave their parts; of no response it is empty. */
export function responseDigest(stored: unknown): string {
  const parts = response.parse(stored);
  if (parts === null) return '';
  const inOrder = JSON.stringify(Object.entries(parts).sort());
  return createHash('sha256').update(inOrder).digest('base64url').slice(0, 16);
}
