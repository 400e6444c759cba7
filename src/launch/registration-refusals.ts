// Every reason not to register an LMS, with its status and the words its administrator reads.
import type { RefusalMessage } from '../i18n/i18n.ts';
import type { RegistrationOutcome } from '../platforms/register-platform.ts';

type RefusedOutcome = Exclude<RegistrationOutcome, { ok: true } | { found: unknown }>;

/** All codes that a registration can end with. */
export type RegistrationRefusal = RefusedOutcome['code'] | 'registration-not-from-lms';

/** Status and text of a refused registration; what the LMS said stands beside it. */
export function registrationRefusal(code: RegistrationRefusal): [status: number, text: RefusalMessage] {
  switch (code) {
    case 'invite-unknown':
      return [404, code];
    case 'invite-expired':
      return [410, code];
    case 'invite-used':
      return [409, code];
    case 'registration-not-from-lms':
    case 'issuer-mismatch':
      return [400, code];
    case 'configuration-address-refused':
    case 'endpoint-refused':
      return [400, 'address-refused'];
    case 'configuration-malformed':
    case 'registration-malformed':
      return [424, 'lms-not-understood'];
    case 'configuration-unreachable':
    case 'registration-unreachable':
      return [424, 'lms-unreachable'];
    case 'registration-refused':
      return [424, code];
  }
}
