// From the id_token a browser posted to a launch we can trust, or the reason why not.
import type { CryptoKey, ProtectedHeaderParameters } from 'jose';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import { claim, parseMessage } from './claims.ts';
import { isAllowedEndpoint } from './endpoints.ts';
import type { PlatformKeys } from './jwks.ts';
import type { LaunchRefusal, RefusedLaunch } from './launch-refusals.ts';
import type { PendingLogin } from './login-state.ts';
import { brokenTokenRule } from './token-rules.ts';
import type { VerifiedLaunch } from './verified-launch.ts';
import { inOurWords } from './verified-launch.ts';

export interface LaunchCheck {
  login: PendingLogin;
  registration: { issuer: string; clientId: string; jwksUrl: string };
  keys: PlatformKeys;
  now: Date;
  /** `https://tool.example`: scheme, host and port. */
  toolOrigin: string;
}

const payloadSchema = z.record(z.string(), z.unknown());
const maxTokenLength = 64 * 1024;
const clockToleranceMs = 60_000;

/**
 * Verifies an id_token against the login it answers. Open the state first (`openState`), look up the registration the
 * login began with, and use up `loginId` afterwards, in the transaction that enters the launch: replays are stopped
 * there, and only there.
 *
 * Every way to fail is a code of `LaunchRefusal`. Throws when `registration` is not that of the login. A launch whose
 * platform does not say who comes is verified all the same: `person.subject` is null, and the caller decides.
 *
 * Addresses of the platform must be https, or http on this machine while the tool itself is not on https.
 *
 *
 * @param idToken the form field as it came
 * @see LTI security framework 1.0 §5.1.3, https://www.imsglobal.org/spec/security/v1p0/
 */
export async function verifyLaunch(
  idToken: unknown,
  { login, registration, keys, now, toolOrigin }: LaunchCheck,
): Promise<{ ok: true; launch: VerifiedLaunch } | RefusedLaunch> {
  const { issuer, clientId, jwksUrl } = registration;
  if (login.issuer !== issuer || login.clientId !== clientId) throw new Error('The login began with another platform');

  const signed = await verifySignature(idToken, { keys, jwksUrl });
  if (!signed.ok) return signed;
  const payload = parsePayload(signed.bytes);
  if (payload === null) return refused('claims-malformed', 'payload');

  const brokenRule = brokenTokenRule(payload, { issuer, clientId, nonce: login.nonce, now });
  if (brokenRule !== null) return refused(brokenRule);
  const message = parseMessage(payload);
  if (!message.ok) return message;
  if (!isWithin(toolOrigin, message.claims[claim.targetLinkUri])) return refused('target-foreign', claim.targetLinkUri);

  const expiresAt = new Date(login.expiresAt.getTime() + clockToleranceMs);
  const origin = { loginId: login.id, expiresAt, issuer, clientId };
  const rule = { allowHttpLoopback: !toolOrigin.startsWith('https:') };
  return withUsableAddresses(inOurWords(message, origin, rule), rule);
}

/** Some messages are about an address; without one that may be used there is nothing to be done. */
function withUsableAddresses(
  launch: VerifiedLaunch,
  rule: { allowHttpLoopback: boolean },
): { ok: true; launch: VerifiedLaunch } | RefusedLaunch {
  const { deepLinking, review, resourceLink } = launch;
  if (deepLinking !== null && !isAllowedEndpoint(deepLinking.returnUrl, rule)) {
    return refused('deep-linking-settings-missing', 'deep_link_return_url');
  }
  if (review !== null && review.lineItemUrl === null && resourceLink === null) {
    return refused('reviewed-item-missing', claim.gradebook);
  }
  return { ok: true, launch };
}

async function verifySignature(
  idToken: unknown,
  { keys, jwksUrl }: { keys: PlatformKeys; jwksUrl: string },
): Promise<{ ok: true; bytes: Uint8Array } | RefusedLaunch> {
  if (typeof idToken !== 'string' || idToken === '') return refused('token-missing');
  if (idToken.length > maxTokenLength) return refused('token-too-large');
  const header = readHeader(idToken);
  if (header === null) return refused('token-malformed', 'header');
  if (header.alg !== 'RS256') return refused('algorithm-refused');
  if (typeof header.kid !== 'string' || header.kid === '') return refused('key-id-missing');
  const found = await keys.find(jwksUrl, header.kid);
  return found.ok ? openToken(idToken, found.key) : refused(found.code, found.detail);
}

/** `crit` announces extensions that change what a token means; LTI knows none. Other header members do not matter. */
function readHeader(idToken: string): ProtectedHeaderParameters | null {
  try {
    const header = decodeProtectedHeader(idToken);
    return header.crit === undefined ? header : null;
  } catch {
    return null;
  }
}

async function openToken(idToken: string, key: CryptoKey): Promise<{ ok: true; bytes: Uint8Array } | RefusedLaunch> {
  try {
    const { payload } = await compactVerify(idToken, key, { algorithms: ['RS256'] });
    return { ok: true, bytes: payload };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return refused('signature-invalid');
    if (error instanceof errors.JOSEError) return refused('token-malformed', error.code);
    throw error;
  }
}

function parsePayload(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return payloadSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function isWithin(toolOrigin: string, target: string | null): boolean {
  return target === null || (URL.canParse(target) && new URL(target).origin === toolOrigin);
}

function refused(code: LaunchRefusal, detail: string | null = null): RefusedLaunch {
  return { ok: false, code, detail };
}
