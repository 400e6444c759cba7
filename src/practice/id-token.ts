// The id_token of a resource link launch, claim for claim as a Moodle 5.1 sent it.
import { createHash, randomInt } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { addresses, toolTypeId } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { coupledLineItem, findCourse, fullName, roleIn } from './directory.ts';
import { currentKey } from './keys.ts';
import { gradeScopes } from './scopes.ts';
import type { Activity, Person } from './state.ts';
import { draftToken } from './token-draft.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim';
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const lifetimeSeconds = 60;

export interface Launch {
  person: Person;
  activity: Activity;
  nonce: string;
  locale: string;
  container: 'iframe' | 'window';
  sessionKey: string;
}

/** A signed id_token: RS256 under the current key, or whatever the test's hook makes of it. */
export function makeIdToken(lms: LmsContext, launch: Launch): string {
  const key = currentKey(lms.state.keys);
  const claims = launchClaims(lms, launch);
  const hook = lms.takeNextToken();
  if (hook) return hook(draftToken({ typ: 'JWT', alg: 'RS256', kid: key.kid }, claims, key));
  return jwt.sign(claims, key.privatePem, { algorithm: 'RS256', keyid: key.kid });
}

function launchClaims(
  lms: LmsContext,
  { person, activity, nonce, locale, ...launch }: Launch,
): Record<string, unknown> {
  const { url, state } = lms;
  const to = addresses(url);
  const iat = unixSeconds(lms.now());
  const course = findCourse(state, activity.courseId);
  const lineItem = coupledLineItem(state, activity.id);
  const role = roleIn(state, person.id, activity.courseId) === 'teacher' ? 'Instructor' : 'Learner';
  const containerNumber = launch.container === 'iframe' ? 3 : 4;
  const returnQuery = `launch_container=${containerNumber}&instanceid=${activity.id}&sesskey=${launch.sessionKey}`;
  return {
    nonce,
    iat,
    exp: iat + lifetimeSeconds,
    iss: url,
    aud: state.clientId,
    [`${lti}/deployment_id`]: toolTypeId,
    [`${lti}/target_link_uri`]: lms.tool.launchUrl,
    sub: person.id,
    [`${lti}/lis`]: { person_sourcedid: '', course_section_sourcedid: '' },
    [`${lti}/roles`]: [`${membership}#${role}`],
    [`${lti}/context`]: {
      id: activity.courseId,
      label: course?.shortName,
      title: course?.title,
      type: ['CourseSection'],
    },
    [`${lti}/message_type`]: 'LtiResourceLinkRequest',
    [`${lti}/resource_link`]: { title: activity.title, description: activity.description, id: activity.id },
    ...(lineItem ? { 'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome': basicOutcome() } : {}),
    given_name: person.givenName,
    family_name: person.familyName,
    name: fullName(person),
    [`${lti}/ext`]: { user_username: person.username, lms: 'moodle-2' },
    email: person.email,
    [`${lti}/launch_presentation`]: {
      locale,
      document_target: launch.container,
      return_url: to.returning(activity.courseId, returnQuery),
    },
    [`${lti}/tool_platform`]: {
      product_family_code: 'moodle',
      version: '2025100600.02',
      guid: state.siteGuid,
      name: 'practice',
      description: 'Practice LMS',
    },
    [`${lti}/version`]: '1.3.0',
    [`${lti}/custom`]: { ...doubled(activity.custom), context_memberships_url: to.memberships(activity.courseId) },
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      scope: gradeScopes,
      lineitems: to.lineItems(activity.courseId),
      ...(lineItem ? { lineitem: to.lineItem(lineItem) } : {}),
    },
    'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
      context_memberships_url: to.memberships(activity.courseId),
      service_versions: ['1.0', '2.0'],
    },
  };

  /** LTI 1.1's way to a grade, which Moodle still mentions; nothing answers there. */
  function basicOutcome(): object {
    const data = { instanceid: activity.id, userid: person.id, typeid: toolTypeId, launchid: randomInt(2 ** 31) };
    const hash = createHash('sha256')
      .update(`${state.siteGuid}${JSON.stringify(data)}`)
      .digest('hex');
    return { lis_result_sourcedid: JSON.stringify({ data, hash }), lis_outcome_service_url: to.outcomes };
  }
}

/** Moodle sends every custom parameter under its own name and again in lower case. */
function doubled(custom: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(custom).flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ]),
  );
}
