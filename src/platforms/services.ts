// Our one way to the services of an LMS: with an access token for exactly what is done, renewed once when it is refused, and
// with a note of how it went for whoever looks after the installation.
import { createAccessTokens } from '../lti/access-token.ts';
import type { Database } from '../database/database.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import type { AccessTokenRefusal } from '../lti/token-answer.ts';
import { differencesOf } from './lms/registry.ts';
import { createSigns, type Signs } from './registration-signs.store.ts';
import { getServiceClient, type KnownClient } from './service-client.ts';

/** Which deployment is asked: our key of the registration, and the LMS's own id of the deployment. */
export interface ServiceTarget {
  registrationId: number;
  deploymentId: string;
}

/** Why no service was asked at all: no token was to be had. */
export type NoAccess = Omit<AccessTokenRefusal, 'ok'> & { kind: 'no-access' };

/** What every answer of a service has in common. */
export interface ServiceOutcome {
  kind: string;
  /** Of a failure: HTTP status, null where none came, and at most 300 characters of the answer. */
  status?: number | null;
  detail?: string;
  fault?: ServiceFailure['fault'];
}

export interface PlatformServices {
  fetch: Fetch;
  now: () => Date;
  signs: Signs;
  /**
   * Calls a service with a token for `scopes`. If the call comes back `unauthorized`, the token is renewed and the call made once
   * more. No transaction may be open: this waits for another machine.
   */
  call<Outcome extends ServiceOutcome>(
    target: ServiceTarget,
    scopes: readonly string[],
    call: (token: string) => Promise<Outcome>,
  ): Promise<Outcome | NoAccess>;
  /** Asks for a token that nobody has had yet, to find out whether one is to be had. No transaction may be open. */
  tryAccess(target: ServiceTarget, scopes: readonly string[]): Promise<{ kind: 'granted' } | NoAccess>;
}

/**
 * @param given.fetch the guarded way out (lti/outbound.ts)
 * @param given.randomId a new unguessable string each time
 * @param given.sealingKey opens our private keys; 32 bytes
 */
export function createPlatformServices(given: {
  db: Database;
  fetch: Fetch;
  now: () => Date;
  randomId: () => string;
  sealingKey: Uint8Array;
}): PlatformServices {
  const { db, fetch, now } = given;
  const tokens = createAccessTokens(given);
  const signs = createSigns({ db, now });

  async function getAccess({ registrationId }: ServiceTarget, client: KnownClient, scopes: readonly string[]) {
    const access = await tokens.get(client, scopes);
    if (access.ok) {
      await signs.note(registrationId, 'token');
      return { kind: 'granted', token: access.token } as const;
    }
    const { status, detail, retryAfterSeconds } = access;
    const code = refusalIn(client, access);
    await signs.note(registrationId, 'service-failure', { code, detail });
    return { kind: 'no-access', code, status, detail, retryAfterSeconds } as const;
  }

  return {
    fetch,
    now,
    signs,
    async call(target, scopes, call) {
      const client = await getServiceClient(db, target, given);
      for (const isLastTry of [false, true]) {
        const access = await getAccess(target, client, scopes);
        if (access.kind === 'no-access') return access;
        const outcome = await call(access.token);
        if (outcome.kind !== 'unauthorized' || isLastTry) {
          await noteFailure(signs, target, outcome);
          return outcome;
        }
        tokens.forget(client, scopes);
      }
      throw new Error('unreachable');
    },
    async tryAccess(target, scopes) {
      const client = await getServiceClient(db, target, given);
      tokens.forget(client, scopes);
      const access = await getAccess(target, client, scopes);
      return access.kind === 'granted' ? { kind: 'granted' } : access;
    },
  };
}

const failures = ['unauthorized', 'unavailable', 'refused'];

async function noteFailure(signs: Signs, { registrationId }: ServiceTarget, outcome: ServiceOutcome) {
  const { kind, status, detail, fault } = outcome;
  if (!failures.includes(kind)) return;
  const code = fault === 'address-refused' ? fault : kind;
  await signs.note(registrationId, 'service-failure', { code, detail: `${status ?? ''} ${detail ?? ''}`.trim() });
}

/** An LMS that was not there has meant nothing by it. */
function refusalIn({ family }: KnownClient, { code, detail }: AccessTokenRefusal): AccessTokenRefusal['code'] {
  return code === 'unavailable' ? code : (differencesOf(family).accessRefusal(detail) ?? code);
}
