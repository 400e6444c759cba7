// What a teacher who is choosing content is sent with: what may be chosen and where to bring it.
import { createHash } from 'node:crypto';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { customClaim } from './custom-parameters.ts';
import { gradebookClaim, lti, type Recipient } from './shared-claims.ts';

/** The claims of an LtiDeepLinkingRequest. No resource link, no roster, no return URL but the one for the content. */
export function deepLinkingClaims(lms: LmsContext, recipient: Recipient): Record<string, unknown> {
  const { course, tool, sessionKey } = recipient;
  return {
    [lti('message_type')]: 'LtiDeepLinkingRequest',
    [lti('target_link_uri')]: tool.deepLinkUrl ?? tool.targetLinkUri,
    [lti('launch_presentation')]: { locale: recipient.locale },
    [lti('custom')]: customClaim(lms, recipient, null),
    ...gradebookClaim(lms, recipient, undefined),
    'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': {
      ...lms.quirks.deepLinkingSettings,
      deep_link_return_url: addresses(lms.url).contentReturn(course.id, tool.id, sessionKey),
      title: tool.name,
      text: '',
      ...(lms.quirks.isContentChecked && { data: deepLinkingData(sessionKey, course.id, tool.id) }),
    },
  };
}

/** Words that the tool must bring back unread: they tie its answer to the session, the course and the tool. */
export function deepLinkingData(sessionKey: string, courseId: string, toolId: string): string {
  const parts = [sessionKey, courseId, toolId].join('/');
  return `data-${createHash('sha256').update(parts).digest('base64url')}+/="'`;
}
