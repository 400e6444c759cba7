// Our one way to the services of an LMS: with an access token for exactly what is done, renewed once when it is refused, and
// with a note of how it went for whoever looks after the installation.
import type { Database } from '../database/database.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import type { ServiceFailure } from '../outbound/service-failure.ts';
import type { CourseAccess, CourseDoor, CourseTarget, NoAccess, ServiceTarget } from './course-access.ts';
import { createClassroomDoor } from './classroom/classroom-door.ts';
import { createGoogleAccess, type GoogleAccess } from './classroom/google-access.ts';
import { createLtiDoor, type LtiDoor } from './lti-courses.ts';
import { createSigns, type Signs } from './registration-signs.store.ts';

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
  /** Tokens to act in people's names at Google. */
  google: GoogleAccess;
  /**
   * Opens a course for what `scopes` allow, and does something there. If that comes back `unauthorized`, the course is opened with
   * another token and it is done once more. No transaction may be open: this waits for another machine.
   */
  call<Outcome extends ServiceOutcome>(
    target: CourseTarget,
    scopes: readonly string[],
    call: (course: CourseAccess) => Promise<Outcome>,
  ): Promise<Outcome | NoAccess>;
  /** Asks an LMS for a token that nobody has had yet, to find out whether one is to be had. No transaction may be open. */
  tryAccess: LtiDoor['tryAccess'];
}

/**
 * @param given.fetch the guarded way out (outbound/outbound-fetch.ts)
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
  const signs = createSigns({ db, now });
  const google = createGoogleAccess(given);
  const lti = createLtiDoor(given);
  const doors: Record<CourseTarget['protocol'], CourseDoor<CourseTarget>> = {
    lti,
    classroom: createClassroomDoor({ ...given, access: google }),
  };

  return {
    fetch,
    now,
    signs,
    google,
    async call(target, scopes, call) {
      for (const isLastTry of [false, true]) {
        const access = await doors[target.protocol].open(target, scopes);
        await noteAccess(signs, target, access);
        if (access.kind === 'no-access') return access;
        const outcome = await call(access.course);
        if (outcome.kind !== 'unauthorized' || isLastTry) {
          await noteFailure(signs, target, outcome);
          return outcome;
        }
        access.forget();
      }
      throw new Error('unreachable');
    },
    async tryAccess(target, scopes) {
      const access = await lti.tryAccess(target, scopes);
      await noteAccess(signs, target, access);
      return access;
    },
  };
}

async function noteAccess(
  signs: Signs,
  { registrationId }: ServiceTarget,
  access: { kind: 'granted' } | Pick<NoAccess, 'kind' | 'code' | 'detail'>,
) {
  if (access.kind === 'granted') await signs.note(registrationId, 'token');
  else await signs.note(registrationId, 'service-failure', access);
}

const failures = ['unauthorized', 'unavailable', 'refused'];

async function noteFailure(signs: Signs, { registrationId }: ServiceTarget, outcome: ServiceOutcome) {
  const { kind, status, detail, fault } = outcome;
  if (!failures.includes(kind)) return;
  const code = fault === 'address-refused' ? fault : fault === 'nobody-may' ? 'teacher-must-reconnect' : kind;
  await signs.note(registrationId, 'service-failure', { code, detail: `${status ?? ''} ${detail ?? ''}`.trim() });
}
