// What a page that asks somebody to sign in hands to the window in which they do: sealed, so that nobody else begins a sign-in for us.
import { z } from 'zod';
import { scopesFor, type SignInPurpose } from '../../classroom/scopes.ts';
import { seal, unseal } from '../../lti/sealed.ts';

const purposes = Object.keys(scopesFor) as [SignInPurpose, ...SignInPurpose[]];

const schema = z.object({
  registrationId: z.number(),
  purpose: z.enum(purposes),
  /** A path of ours, where it goes on. */
  path: z.string().startsWith('/'),
  /** Whose account it has to be; null where nobody said. */
  loginHint: z.string().nullable(),
  /** SHA-256 of the cookie of the browser in the frame; null for a page that stands in none. */
  browserHash: z.string().nullable(),
  /** Whether Google is to ask although it was agreed to before. */
  isAnew: z.boolean(),
  /** Whether it is to be another account than the browser's. */
  isAnother: z.boolean().default(false),
  expiresAt: z.coerce.date(),
});

export type SignInEntry = z.output<typeof schema>;

const purpose = 'mustaqil-google-sign-in';
/** A page may lie open for as long as a session lasts. */
const lifetimeMs = 12 * 60 * 60_000;

/** Seals an entry for a form field; only this installation can make one, and nobody can read it. @param tools.key 32 bytes */
export function sealSignInEntry(
  entry: Omit<SignInEntry, 'expiresAt'>,
  { key, now }: { key: Uint8Array; now: Date },
): Promise<string> {
  return seal(purpose, JSON.stringify({ ...entry, expiresAt: new Date(now.getTime() + lifetimeMs) }), key);
}

/** The entry in a form field; null for one that is not ours or has expired. */
export async function openSignInEntry(
  sealed: unknown,
  { key, now }: { key: Uint8Array; now: Date },
): Promise<SignInEntry | null> {
  const text = typeof sealed === 'string' ? await unseal(purpose, sealed, key) : null;
  const entry = text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  return entry && entry.expiresAt > now ? entry : null;
}
