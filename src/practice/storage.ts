// What the pages around a tool's frame are told, so that their script keeps data for tools (lti-pm-s).
import type { LmsContext } from './context.ts';
import { toolOrigins } from './tools.ts';

/** The name of the frame that keeps data where it is not the page itself. */
export const storageFrameName = 'practice_storage';

/** `storageTarget`: null where nothing is kept; `storageOrigins`: for whom, with spaces between. */
export function storageForTools(lms: LmsContext): {
  storageTarget: string | null;
  storageFrameName: string;
  storageOrigins: string;
} {
  return {
    storageTarget: lms.storageTarget(),
    storageFrameName,
    storageOrigins: toolOrigins(lms).join(' '),
  };
}
