// Tries a connection out for whoever looks after it: can we read the LMS's keys, does it give us a token, are the clocks alike?
import type { Database } from '../database/database.ts';
import { clockAheadSeconds } from '../lti/clock-offset.ts';
import { readKeySet } from '../lti/jwks-document.ts';
import { requestPlatform, type PlatformAnswer } from '../outbound/platform-http.ts';
import { rosterScope } from '../lti/roster.ts';
import { scoreScope } from '../lti/scores.ts';
import type { AccessTokenRefusal } from '../lti/token-answer.ts';
import { getRegistration, type RegistrationOverview } from './platform.store.ts';
import type { PlatformServices } from './services.ts';

/**
 * What is wrong, where something is. `no-usable-key`: a key set without one RSA key that may verify a launch. `no-deployment`: no
 * launch has told us a deployment yet, and without one there is no token. `clock-unknown`: it does not tell its time. The others
 * are those of a token that is refused.
 */
export type ConnectionFault =
  'keys-unreachable' | 'no-usable-key' | 'no-deployment' | 'clock-off' | 'clock-unknown' | AccessTokenRefusal['code'];

export interface ConnectionCheck {
  check: 'key-set' | 'token' | 'clock';
  ok: boolean;
  code: ConnectionFault | null;
  /** At most 300 printable characters of what was answered; of `clock-off`, by how many seconds its clock is ahead of ours. */
  detail: string | null;
}

/** A launch bears the LMS's time and is refused when that is off by a minute; half of it is worth a word. */
export const mostOffsetSeconds = 30;

/**
 * Checks a registration, in the order in which an administrator mends what is wrong. Writes nothing but the signs that any use of
 * a service leaves. No transaction may be open: this waits for another machine.
 */
export async function testConnection(
  tools: { db: Database; services: PlatformServices },
  registrationId: number,
): Promise<ConnectionCheck[]> {
  const registration = await getRegistration(tools.db, registrationId);
  if (!registration) throw new Error(`There is no registration ${registrationId}`);
  const { fetch, now } = tools.services;
  const answer = await requestPlatform(fetch, {
    url: registration.jwksUrl,
    method: 'GET',
    headers: { accept: 'application/json' },
  });
  const keySet = await checkKeySet(answer);
  const clock = checkClock(answer, now());
  return [keySet, await checkToken(tools.services, registration), clock];
}

async function checkKeySet(answer: PlatformAnswer): Promise<ConnectionCheck> {
  const failed = (code: ConnectionFault, detail: string) => ({ check: 'key-set', ok: false, code, detail }) as const;
  if (!answer.ok) return failed('keys-unreachable', `${answer.code}: ${answer.detail}`);
  if (answer.status !== 200) return failed('keys-unreachable', `HTTP ${answer.status}`);
  const keys = await readKeySet(answer.text);
  if (!keys || keys.size === 0) return failed('no-usable-key', `${keys?.size ?? 'no'} keys`);
  return { check: 'key-set', ok: true, code: null, detail: null };
}

function checkClock(answer: PlatformAnswer, now: Date): ConnectionCheck {
  const aheadSeconds = clockAheadSeconds(answer, now);
  if (aheadSeconds === null) return { check: 'clock', ok: false, code: 'clock-unknown', detail: null };
  const ok = Math.abs(aheadSeconds) <= mostOffsetSeconds;
  return { check: 'clock', ok, code: ok ? null : 'clock-off', detail: ok ? null : String(aheadSeconds) };
}

/** Scores are what we want most; an LMS that lets us only read who is there is connected, too. */
async function checkToken(services: PlatformServices, registration: RegistrationOverview): Promise<ConnectionCheck> {
  const deployment = registration.deployments.find(({ state }) => state === 'active') ?? registration.deployments[0];
  if (!deployment) return { check: 'token', ok: false, code: 'no-deployment', detail: null };
  const target = { registrationId: registration.id, deploymentId: deployment.deploymentId };
  const forScores = await services.tryAccess(target, [scoreScope]);
  if (forScores.kind === 'granted') return { check: 'token', ok: true, code: null, detail: null };
  if (forScores.code === 'scope-not-granted') {
    const forRoster = await services.tryAccess(target, [rosterScope]);
    if (forRoster.kind === 'granted')
      return { check: 'token', ok: true, code: 'scope-not-granted', detail: forScores.detail };
  }
  return { check: 'token', ok: false, code: forScores.code, detail: forScores.detail };
}
