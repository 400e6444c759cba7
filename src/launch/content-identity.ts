// What a link that we gave to an LMS stands for. The LMS keeps it with the link, copies it with the course, and sends it
// back at every launch; teachers can edit it, so it names content and grants nothing.
import type { VerifiedLaunch } from '../lti/verified-launch.ts';

/** Pages of a course of which it has one each: everybody's own points, and everybody's own credits. */
export const pageKinds = ['progress', 'credits'] as const;
export type PageKind = (typeof pageKinds)[number];

/** What can stand in a course: one quiz, or one of its pages. */
export type ContentIdentity = { kind: 'quiz'; contentId: string } | { kind: PageKind };

const contentParameter = 'mustaqil_content';
const dueParameter = 'mustaqil_due';
/** Filled in by an LMS that knows the date in force now; what we proposed ourselves may have been changed there. */
const dueVariable = 'submission_end';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const page = pageKinds.join('|');
const inParameter = new RegExp(`^(?:quiz:(${uuid})|(${page}))$`, 'i');
const inPath = new RegExp(`^/content/(?:quiz/(${uuid})|(${page}))/?$`, 'i');

/** A content in one word, as links carry it. */
export function contentText(content: ContentIdentity): string {
  return content.kind === 'quiz' ? `quiz:${content.contentId}` : content.kind;
}

/** The content that such a word means; null for what is none. */
export function contentFrom(text: string): ContentIdentity | null {
  return identityIn(inParameter, text);
}

/**
 * The custom parameters of a link, all of them texts.
 *
 * @param dueAt until when it should be handed in; null where nobody said
 */
export function customOf(content: ContentIdentity, dueAt: Date | null): Record<string, string> {
  return {
    [contentParameter]: contentText(content),
    ...(dueAt && { [dueParameter]: dueAt.toISOString() }),
  };
}

/** The address of a link, for LMSs that want one: the identity stands in its path, for queries get lost on the way (lti.md 84). */
export function addressOf(content: ContentIdentity, publicUrl: string): string {
  return `${publicUrl}/content/${content.kind === 'quiz' ? `quiz/${content.contentId}` : content.kind}`;
}

/** The content that a path of such an address means; null for what is none. */
export function contentInPath(path: string): ContentIdentity | null {
  return identityIn(inPath, path);
}

/**
 * What a launch is for: by its custom parameters, else by the path of its address; null where neither says. Whether there is
 * such a quiz, and whose it is, is for the caller to find out.
 */
export function contentOf({ custom, targetLinkUri }: Pick<VerifiedLaunch, 'custom' | 'targetLinkUri'>) {
  const path = targetLinkUri !== null && URL.canParse(targetLinkUri) ? new URL(targetLinkUri).pathname : '';
  return contentFrom(parameter(custom, contentParameter)) ?? contentInPath(path);
}

/** Until when a launch says the work should be handed in: by the LMS now, else as it was chosen; null where neither says. */
export function dueAtOf({ custom }: Pick<VerifiedLaunch, 'custom'>): Date | null {
  return momentIn(parameter(custom, dueVariable)) ?? momentIn(parameter(custom, dueParameter));
}

/** Some LMSs send each parameter twice, once in lower case, and some may change the case of the only one. */
function parameter(custom: Record<string, string>, name: string): string {
  const found = Object.keys(custom).find((key) => key.toLowerCase() === name);
  return (found === undefined ? '' : (custom[found] ?? '')).trim();
}

function identityIn(pattern: RegExp, text: string): ContentIdentity | null {
  const match = pattern.exec(text);
  if (match?.[1]) return { kind: 'quiz', contentId: match[1].toLowerCase() };
  const kind = pageKinds.find((one) => one === match?.[2]?.toLowerCase());
  return kind ? { kind } : null;
}

/**
 * ISO 8601 with a zone: without one it could mean any of 26 moments. Dates at either end of what can be written stand for none, and
 * the last of them go beyond what a database keeps.
 */
function momentIn(text: string): Date | null {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const moment = new Date(text);
  const year = moment.getUTCFullYear();
  return isComplete && year >= 1970 && year < 9999 ? moment : null;
}
