// Every reason to turn a launch away, with its status and the words people read.
import type { RefusalMessage } from '../i18n/i18n.ts';
import type { OpenedState } from '../lti/login-state.ts';
import type { LaunchRefusal } from '../lti/launch-refusals.ts';
import type { EntryRefusal } from './enter-course.ts';

type StateRefusal = Extract<OpenedState, { ok: false }>['code'];

/** All codes that a launch can end with. */
export type LaunchRoutesRefusal =
  | StateRefusal
  | LaunchRefusal
  | EntryRefusal
  | 'registration-gone'
  | 'registration-pending'
  | 'registration-disabled'
  | 'platform-refused';

/**
 * Status and text of a refused launch. Many codes share one text: a student cannot tell a wrong issuer from a wrong signature,
 * and what helps is the same. The code itself stays on the page for whoever can.
 */
export function refusalPage(code: LaunchRoutesRefusal): [status: number, text: RefusalMessage] {
  switch (code) {
    case 'state-missing':
    case 'state-invalid':
    case 'state-expired':
    case 'login-already-used':
      return [400, 'open-from-course'];
    case 'browser-unknown':
    case 'other-browser':
      return [400, 'browser-unknown'];
    case 'platform-refused':
      return [403, 'platform-refused'];
    case 'token-expired':
    case 'issued-in-future':
    case 'token-too-old':
    case 'token-not-yet-valid':
      return [401, 'clock'];
    case 'keys-unreachable':
      return [424, 'keys-unreachable'];
    case 'algorithm-refused':
    case 'key-id-missing':
    case 'key-unknown':
    case 'signature-invalid':
    case 'issuer-mismatch':
    case 'audience-mismatch':
    case 'audience-untrusted':
    case 'authorized-party-mismatch':
    case 'nonce-missing':
    case 'nonce-mismatch':
      return [401, 'launch-not-genuine'];
    case 'token-missing':
    case 'token-too-large':
    case 'token-malformed':
    case 'expiry-missing':
    case 'issued-at-missing':
    case 'version-missing':
    case 'version-unsupported':
    case 'message-type-missing':
    case 'deployment-missing':
    case 'target-missing':
    case 'target-foreign':
    case 'resource-link-missing':
    case 'roles-missing':
    case 'subject-missing':
    case 'deep-linking-settings-missing':
    case 'for-user-missing':
    case 'reviewed-item-missing':
    case 'claims-malformed':
      return [400, 'launch-malformed'];
    case 'anonymous-not-allowed':
      return [403, 'anonymous'];
    case 'message-type-unsupported':
      return [400, 'message-not-offered'];
    case 'course-missing':
    case 'not-an-author':
    case 'review-not-yours':
      return [403, code];
    case 'nothing-to-review':
      return [404, code];
    case 'deployment-unknown':
      return [403, 'deployment-unknown'];
    case 'deployment-inactive':
      return [403, 'deployment-inactive'];
    case 'registration-pending':
    case 'registration-disabled':
    case 'registration-gone':
      return [403, code];
  }
}
