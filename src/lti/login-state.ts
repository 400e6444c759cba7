// The state parameter: all we know of a login that is under way, sealed and carried by the browser, so that nobody can
// make us store anything by starting logins. A secret that stays in the browser ties state, nonce and browser together.
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
  expiresAt: z.coerce.date(),
});

export type PendingLogin = z.infer<typeof pendingLoginSchema>;

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
 * Refusals: `state-missing` (a launch nobody asked for), `state-invalid` (not ours, altered, of another version), `state-expired` (10
 * minutes), `browser-unknown` (the browser shows no secret: it blocks our cookie), `other-browser` (it shows another).
 *
 * @param state the form field as it came
 * @see LTI security framework 1.0 §5.1.1.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function openState(
  state: unknown,
  { stateKey, browserSecret, now }: { stateKey: Uint8Array; browserSecret: string | undefined; now: Date },
): Promise<OpenedState> {
  if (typeof state !== 'string' || state === '') return { ok: false, code: 'state-missing' };
  const text = state.length > maxStateLength ? null : await unseal(purpose, state, stateKey);
  if (text === null) return { ok: false, code: 'state-invalid' };
  const sealed = sealedStateSchema.safeParse(JSON.parse(text));
  if (!sealed.success) return { ok: false, code: 'state-invalid' };
  const { login, browserDigest } = sealed.data;
  if (login.expiresAt <= now) return { ok: false, code: 'state-expired' };
  if (browserSecret === undefined || browserSecret === '') return { ok: false, code: 'browser-unknown' };
  const isSameBrowser = timingSafeEqual(digest(browserSecret), Buffer.from(browserDigest, 'base64url'));
  return isSameBrowser ? { ok: true, login } : { ok: false, code: 'other-browser' };
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
