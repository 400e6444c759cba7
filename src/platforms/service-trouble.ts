// What keeps a grade from its gradebook, whatever the LMS: one closed list, and the plain rule by which an answer means one of them.
// What an LMS says instead is decoded in its own file of lms/.
import type { ServiceFailure } from '../outbound/service-failure.ts';
import type { NoAccess } from './course-access.ts';

/**
 * `person-refused`: this learner alone. `column-gone`: the gradebook column was deleted. `tool-inactive`: the LMS no longer knows us,
 * or has us switched off. `scope-not-granted`: it knows us, and does not let us grade. `key-unreachable`: it could not fetch our key.
 * `teacher-must-reconnect`: it lets us act in a teacher's name only, and nobody who
 * teaches there lends us theirs any more. `clock-wrong`: its clock and ours differ by more than a token bears. `address-refused`: its address is in a private network that
 * we may not call. `grade-locked`: this grade is locked there. `rate-limited`, `lms-away` (no answer in time, or a proxy's),
 * `lms-error`: it will be well again by itself. `other`: it refused in words of its own.
 */
export const serviceTroubles = [
  'person-refused',
  'column-gone',
  'tool-inactive',
  'scope-not-granted',
  'key-unreachable',
  'teacher-must-reconnect',
  'clock-wrong',
  'address-refused',
  'grade-locked',
  'rate-limited',
  'lms-away',
  'lms-error',
  'other',
] as const;
export type ServiceTrouble = (typeof serviceTroubles)[number];

/** Why there was no token, and so no service asked. */
export function accessTrouble({ code, status }: Pick<NoAccess, 'code' | 'status'>): ServiceTrouble {
  switch (code) {
    case 'unavailable':
      return passingTrouble(status);
    case 'tool-keys-unreachable':
      return 'key-unreachable';
    case 'refused':
      return 'other';
    case 'scope-not-granted':
    case 'tool-inactive':
    case 'clock-wrong':
    case 'address-refused':
    case 'teacher-must-reconnect':
      return code;
  }
}

type Failure = Pick<ServiceFailure, 'kind' | 'status' | 'fault' | 'detail'>;

/**
 * Why a score, or the reading of one, failed. A 401 has outlived a fresh token: what it lacks is the right. A refusal with one of the
 * usual statuses is about the learner, unless the column turns out to be gone.
 */
export function scoreTrouble({ kind, status, fault, detail }: Failure): ServiceTrouble {
  switch (kind) {
    case 'unauthorized':
      return 'scope-not-granted';
    case 'unavailable':
      return fault === 'nobody-may' ? 'teacher-must-reconnect' : passingTrouble(status);
    case 'refused':
      if (fault === 'address-refused') return 'address-refused';
      // https://www.rfc-editor.org/rfc/rfc6750#section-3.1
      if (/insufficient[_ ]scope/i.test(detail)) return 'scope-not-granted';
      return status !== null && aboutPerson.includes(status) ? 'person-refused' : 'other';
  }
}

const aboutPerson = [400, 403, 404, 410, 422];
/** Of what may pass by itself: a limit that is used up says 429, or 403 in its own way (lti/service-failure.ts). */
const limited = [403, 429];
/** Proxies answer so in the place of an LMS that is away. */
const proxied = [502, 503, 504];

function passingTrouble(status: number | null): ServiceTrouble {
  if (status === null) return 'lms-away';
  if (limited.includes(status)) return 'rate-limited';
  return status >= 500 && !proxied.includes(status) ? 'lms-error' : 'lms-away';
}
