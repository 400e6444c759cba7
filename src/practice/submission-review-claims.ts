// What a message from the gradebook says: the launch of the activity, and whose work is wanted (lti-sr; lti.md §2.13).
import type { LmsContext } from './context.ts';
import { coupledLineItem } from './directory.ts';
import { resourceLinkClaims } from './resource-link-claims.ts';
import { lti, type Recipient } from './shared-claims.ts';
import type { Activity, Person } from './state.ts';

/** The claims of an LtiSubmissionReviewRequest, which Moodle sends with the resource link. */
export function submissionReviewClaims(
  lms: LmsContext,
  recipient: Recipient,
  message: { activity: Activity; container: 'iframe' | 'window'; learner: Person },
): Record<string, unknown> {
  const review = coupledLineItem(lms.state, message.activity.id)?.submissionReview;
  const launch = resourceLinkClaims(lms, recipient, message, review?.custom);
  return {
    ...launch,
    [lti('message_type')]: 'LtiSubmissionReviewRequest',
    [lti('target_link_uri')]: review?.url ?? launch[lti('target_link_uri')],
    [lti('for_user')]: { user_id: message.learner.id },
  };
}
