// Courses of LMSs that speak LTI Advantage, opened with access tokens of their token endpoints.
import { createAccessTokens } from '../lti/access-token.ts';
import type { AccessTokenRefusal } from '../lti/token-answer.ts';
import type { Database } from '../database/database.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { ltiCourseAccess, type CourseDoor, type NoAccess, type ServiceTarget } from './course-access.ts';
import { differencesOf } from './lms/registry.ts';
import { getServiceClient, type KnownClient } from './service-client.ts';

type LtiRefusal = NoAccess & Pick<AccessTokenRefusal, 'code'>;

export interface LtiDoor extends CourseDoor<ServiceTarget> {
  /** Asks for a token that nobody has had yet, to find out whether one is to be had. */
  tryAccess(target: ServiceTarget, scopes: readonly string[]): Promise<{ kind: 'granted' } | LtiRefusal>;
}

/**
 * @param given.fetch the guarded way out (outbound/outbound-fetch.ts)
 * @param given.randomId a new unguessable string each time
 * @param given.sealingKey opens our private keys; 32 bytes
 */
export function createLtiDoor(given: {
  db: Database;
  fetch: Fetch;
  now: () => Date;
  randomId: () => string;
  sealingKey: Uint8Array;
}): LtiDoor {
  const { db } = given;
  const tokens = createAccessTokens(given);

  async function getToken(client: KnownClient, scopes: readonly string[]) {
    const access = await tokens.get(client, scopes);
    if (access.ok) return { kind: 'granted', token: access.token } as const;
    const { status, detail, retryAfterSeconds } = access;
    return { kind: 'no-access', code: refusalIn(client, access), status, detail, retryAfterSeconds } as const;
  }

  return {
    async open(target, scopes) {
      const client = await getServiceClient(db, target, given);
      const access = await getToken(client, scopes);
      if (access.kind === 'no-access') return access;
      const forget = () => tokens.forget(client, scopes);
      return { kind: 'granted', course: ltiCourseAccess(given, access.token), forget };
    },
    async tryAccess(target, scopes) {
      const client = await getServiceClient(db, target, given);
      tokens.forget(client, scopes);
      const access = await getToken(client, scopes);
      return access.kind === 'granted' ? { kind: 'granted' } : access;
    },
  };
}

/** An LMS that was not there has meant nothing by it. */
function refusalIn({ family }: KnownClient, { code, detail }: AccessTokenRefusal): AccessTokenRefusal['code'] {
  return code === 'unavailable' ? code : (differencesOf(family).accessRefusal(detail) ?? code);
}
