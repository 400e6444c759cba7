// What was chosen, as the LMS is told of it.
import { creditColumn, quizTag } from '../grades/column-outline.ts';
import type { ResourceLinkItem } from '../lti/deep-linking-response.ts';
import type { LineItemIdentity } from '../lti/line-item.ts';
import type { ChosenContent } from './content-choice.ts';
import { addressOf, customOf, type ContentIdentity } from './content-identity.ts';

/**
 * One link each. What it stands for is in its custom parameters, and in its address only where the LMS wants one: others would
 * look for the tool by it, and may find another registration of ours (lti.md 84).
 *
 * @param given.publicUrl our origin
 */
export function linkItems(
  chosen: readonly ChosenContent[],
  { publicUrl, sendsLinkUrl }: { publicUrl: string; sendsLinkUrl: boolean },
): ResourceLinkItem[] {
  return chosen.map(({ content, title, points, opensAt, dueAt }) => ({
    title,
    text: null,
    url: sendsLinkUrl ? addressOf(content, publicUrl) : null,
    custom: customOf(content, dueAt),
    lineItem: points === null ? null : { label: title, scoreMaximum: points, ...columnIdentity(content) },
    available: opensAt && { startDateTime: opensAt },
    submission: dueAt && { endDateTime: dueAt },
  }));
}

/** As grades/column-outline.ts recognises it. */
function columnIdentity(content: ContentIdentity): Pick<LineItemIdentity, 'resourceId' | 'tag'> {
  return content.kind === 'quiz' ? { resourceId: content.contentId, tag: quizTag } : creditColumn;
}
