// Of what a course and a link are copies, as far as the LMS says. The names are those that lti/tool-configuration.ts asks the LMS
// for; what an LMS does not know arrives not at all.
import type { VerifiedLaunch } from '../lti/verified-launch.ts';

/** Ids of the LMS, the nearest ancestor first. */
export interface History {
  contextIds: string[];
  resourceLinkIds: string[];
}

const mostAncestors = 50;
/** What an id can be (lti.md 3); teachers can write anything, and what no database keeps would end the launch. */
const identifier = /^[^\p{Cc}\p{Cs}]{1,255}$/u;

/** The courses and links that this one was copied from: comma lists of URL-encoded ids (LTI core appendix B). */
export function historyOf({ custom }: Pick<VerifiedLaunch, 'custom'>): History {
  return { contextIds: listIn(custom.context_history), resourceLinkIds: listIn(custom.resource_link_history) };
}

function listIn(text: string | undefined): string[] {
  const ids = (text ?? '').split(',').map((id) => decoded(id.trim()));
  return ids.filter((id) => identifier.test(id)).slice(0, mostAncestors);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
