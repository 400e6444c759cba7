// The state parameter: all we know of a login that is under way, sealed and carried by the browser, so that nobody can
// make us store anything by starting logins. A secret that stays in the browser, in our cookie or in the storage of the
// platform's page, ties state, nonce and browser together.
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { seal, unseal } from './sealed.ts';

const pendingLoginSchema = z.object({
  /** 128 random bits; to be used up exactly once by the launch that answers this login. */
  id: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** 256 random bits; comes back inside the id_token. */
  nonce: z.string(),
  /** Both as the unsigned login request had them: hints, not facts. */
  deploymentId: z.string().nullable(),
  targetLinkUri: z.string(),
  /** Where the secret was put when the browser keeps no cookie: a frame of the platform, and its origin. Else null. */
  storage: z.object({ target: z.string(), origin: z.string() }).nullable(),
  expiresAt: z.coerce.date(),
});

export type PendingLogin = z.infer<typeof pendingLoginSchema>;

/** Where a browser's secret is kept by the platform's page: which frame, of which origin, and under which key. */
export interface StoragePlace {
  /** The name of a frame, or `_parent`, as the platform gave it. */
  target: string;
  /** The only origin to talk to. */
  origin: string;
  key: string;
}

export type OpenedState =
  | { ok: true; login: PendingLogin }
  | { ok: false; code: 'state-missing' | 'state-invalid' | 'state-expired' | 'browser-unknown' | 'other-browser' };

const sealedStateSchema = z.object({ login: pendingLoginSchema, browserDigest: z.string() });
const purpose = 'mustaqil-login-state';
const maxStateLength = 16 * 1024;

/**
 * Seals a login that is about to leave for the platform.
 *
 * @param stateKey 32 bytes, used for nothing else
 * @param browserSecret unguessable; kept by the browser and never sent to the platform. Only its SHA-256 is sealed in
 */
export function sealState(
  login: PendingLogin,
  { stateKey, browserSecret }: { stateKey: Uint8Array; browserSecret: string },
): Promise<string> {
  return seal(purpose, JSON.stringify({ login, browserDigest: digest(browserSecret).toString('base64url') }), stateKey);
}

/**
 * Opens the state that came back with a launch. Whether it was used before is not known here: the caller uses up
 * `login.id`.
 *
 * Refusals: `state-missing` (a launch nobody asked for), `state-invalid` (not ours, altered, of another version),
 * `state-expired` (10 minutes), `browser-unknown` (the browser shows no secret: it blocks our cookie, and `readStorage`
 * says whether there is another place to look), `other-browser` (it shows another).
 *
 * @param state the form field as it came
 * @see LTI security framework 1.0 §5.1.1.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function openState(
  state: unknown,
  { stateKey, browserSecret, now }: { stateKey: Uint8Array; browserSecret: string | undefined; now: Date },
): Promise<OpenedState> {
  if (typeof state !== 'string' || state === '') return { ok: false, code: 'state-missing' };
  const sealed = await unsealState(state, stateKey);
  if (sealed === null) return { ok: false, code: 'state-invalid' };
  const { login, browserDigest } = sealed;
  if (login.expiresAt <= now) return { ok: false, code: 'state-expired' };
  if (browserSecret === undefined || browserSecret === '') return { ok: false, code: 'browser-unknown' };
  const isSameBrowser = timingSafeEqual(digest(browserSecret), Buffer.from(browserDigest, 'base64url'));
  return isSameBrowser ? { ok: true, login } : { ok: false, code: 'other-browser' };
}

/**
 * Where to look for the browser's secret before the state can be opened: not null only for a login that was begun
 * through the platform's storage and is still good. Nobody is let in by this, and nothing else of the state is told.
 * A form that brings such a secret may come only from our own page; whoever takes it checks `Origin`.
 *
 * @param state the form field as it came
 * @see LTI client-side postMessage storage 0.1, https://www.imsglobal.org/spec/lti-pm-s/v0p1/
 */
export async function readStorage(
  state: unknown,
  { stateKey, now }: { stateKey: Uint8Array; now: Date },
): Promise<StoragePlace | null> {
  const sealed = typeof state === 'string' ? await unsealState(state, stateKey) : null;
  if (sealed === null || sealed.login.expiresAt <= now) return null;
  return storagePlace(sealed.login);
}

/** The place that belongs to a login, if it was begun through storage. */
export function storagePlace({ id, storage }: PendingLogin): StoragePlace | null {
  return storage && { ...storage, key: `lti_state_${id}` };
}

async function unsealState(state: string, stateKey: Uint8Array): Promise<z.infer<typeof sealedStateSchema> | null> {
  const text = state.length > maxStateLength ? null : await unseal(purpose, state, stateKey);
  return text === null ? null : (sealedStateSchema.safeParse(JSON.parse(text)).data ?? null);
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
