// The page for what Google refuses when somebody opens something of ours, noted for whoever looks after the installation.
import type { ClassroomFailure } from '../../classroom/classroom-failure.ts';
import type { Signs } from '../../platforms/registration-signs.store.ts';
import { PageError } from '../../web/errors.ts';

/** @param said.code what it means; `detail`: in Google's words */
export async function refusalOf(
  signs: Signs,
  registrationId: number,
  { code, status, detail }: { code: ClassroomFailure['code']; status: number | null; detail: string },
): Promise<PageError> {
  await signs.note(registrationId, 'launch-failure', { code, detail: `${status ?? ''} ${detail}`.trim() });
  switch (code) {
    case 'token-expired':
      return new PageError(410, 'content-request-expired', 'content-request-expired');
    case 'wrong-account':
      return new PageError(403, 'wrong-account', 'wrong-account');
    case 'unavailable':
      return new PageError(503, 'platform-away', 'platform-away');
    case 'not-there':
    case 'not-visible':
    case 'not-allowed':
      return new PageError(404, 'not-in-course', 'not-in-course');
    case 'course-archived':
      return new PageError(403, 'course-archived', 'course-archived');
    case 'classroom-disabled':
    case 'other-project':
    case 'scope-missing':
    case 'signed-out':
    case 'refused':
      return new PageError(502, 'client-refused', 'client-refused');
  }
}
