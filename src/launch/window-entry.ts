// A ticket from a frame that keeps no cookies to a window that does: who may go on there, and where. Good once, for ten minutes.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { seal, unseal } from '../lti/sealed.ts';

const schema = z.object({ id: z.string(), personId: z.number(), path: z.string(), expiresAt: z.coerce.date() });

/** What a ticket says; its id is to be used up like that of a login. */
export type WindowEntry = z.infer<typeof schema>;

const purpose = 'mustaqil-window-entry';
const lifetimeMs = 10 * 60_000;

/** Seals a ticket; only this installation can make one, and nobody can read it. */
export function sealWindowEntry(
  { personId, path }: { personId: number; path: string },
  { key, now }: { key: Uint8Array; now: Date },
): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  return seal(purpose, JSON.stringify({ id, personId, path, expiresAt: new Date(now.getTime() + lifetimeMs) }), key);
}

/** The ticket in a form field; null for one that is not ours or has expired. Whether it was used is for the caller to find out. */
export async function openWindowEntry(
  sealed: unknown,
  { key, now }: { key: Uint8Array; now: Date },
): Promise<WindowEntry | null> {
  const text = typeof sealed === 'string' ? await unseal(purpose, sealed, key) : null;
  const entry = text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  return entry && entry.expiresAt > now ? entry : null;
}
