// What a launch of an activity says beyond who and where: the resource link, its column, the course's people.
import { createHash, randomInt } from 'node:crypto';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { customClaim, doubled } from './custom-parameters.ts';
import { coupledLineItem } from './directory.ts';
import { scopes } from './scopes.ts';
import { gradebookClaim, lti, type Recipient } from './shared-claims.ts';
import type { Activity } from './state.ts';

/**
 * The claims of an LtiResourceLinkRequest.
 *
 * @param addedCustom parameters that stand against those of the tool and the activity
 */
export function resourceLinkClaims(
  lms: LmsContext,
  recipient: Recipient,
  { activity, container }: { activity: Activity; container: 'iframe' | 'window' },
  addedCustom: Record<string, string> = {},
): Record<string, unknown> {
  const { course, tool } = recipient;
  const to = addresses(lms.url);
  const lineItem = coupledLineItem(lms.state, activity.id);
  const hasRoster = tool.scopes.includes(scopes.memberships);
  const rosterUrl = to.memberships(course.id, tool.id);
  const containerNumber = container === 'iframe' ? 3 : 4;
  const returnQuery = `launch_container=${containerNumber}&instanceid=${activity.id}&sesskey=${recipient.sessionKey}`;
  return {
    [lti('message_type')]: 'LtiResourceLinkRequest',
    [lti('target_link_uri')]: activity.url ?? tool.targetLinkUri,
    [lti('resource_link')]: { title: activity.title, description: activity.description, id: activity.id },
    ...(lineItem && {
      'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome': basicOutcome(lms, recipient, activity),
    }),
    [lti('launch_presentation')]: {
      locale: recipient.locale,
      document_target: container,
      return_url: to.returning(course.id, returnQuery),
    },
    [lti('custom')]: {
      ...customClaim(lms, recipient, activity),
      ...doubled(addedCustom),
      ...(hasRoster && { context_memberships_url: rosterUrl }),
    },
    ...gradebookClaim(lms, recipient, lineItem),
    ...(hasRoster && {
      'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
        context_memberships_url: rosterUrl,
        service_versions: ['1.0', '2.0'],
      },
    }),
  };
}

/** LTI 1.1's way to a grade, which Moodle still mentions; nothing answers there. */
export function basicOutcome(
  { url, state }: LmsContext,
  { person, tool }: Pick<Recipient, 'person' | 'tool'>,
  activity: Activity,
): object {
  const data = { instanceid: activity.id, userid: person.id, typeid: tool.id, launchid: randomInt(2 ** 31) };
  const hash = createHash('sha256')
    .update(`${state.siteGuid}${JSON.stringify(data)}`)
    .digest('hex');
  return { lis_result_sourcedid: JSON.stringify({ data, hash }), lis_outcome_service_url: addresses(url).outcomes };
}
