// What every message of this LMS says, claim for claim as a Moodle 5.1 sent it: who comes, from where, to which tool.
import { addresses } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { findEnrolment, fullName } from './directory.ts';
import { gradeScopes } from './scopes.ts';
import type { Course, LineItem, Person, Role, Tool } from './state.ts';

/** Who is sent to which tool out of which course. */
export interface Recipient {
  person: Person;
  role: Role;
  course: Course;
  tool: Tool;
  nonce: string;
  locale: string;
  sessionKey: string;
}

const lifetimeSeconds = 60;

/** The full name of a claim of LTI core. */
export function lti(name: string): string {
  return `https://purl.imsglobal.org/spec/lti/claim/${name}`;
}

/** The claims that do not depend on the message. */
export function sharedClaims(lms: LmsContext, recipient: Recipient): Record<string, unknown> {
  const { person, course, tool } = recipient;
  const iat = unixSeconds(lms.now());
  return {
    nonce: recipient.nonce,
    iat,
    exp: iat + lifetimeSeconds,
    iss: lms.url,
    aud: tool.clientId,
    [lti('deployment_id')]: tool.id,
    sub: person.id,
    [lti('lis')]: { person_sourcedid: person.idNumber, course_section_sourcedid: '' },
    [lti('roles')]: rolesOf(lms, recipient),
    ...mentored(lms, recipient),
    [lti('context')]: { id: course.id, label: course.shortName, title: course.title, type: ['CourseSection'] },
    ...personalClaims(person, tool),
    [lti('ext')]: { user_username: person.username, ...lms.quirks.extension },
    [lti('tool_platform')]: {
      product_family_code: lms.quirks.productFamilyCode,
      version: lms.quirks.version,
      guid: lms.state.siteGuid,
      name: 'practice',
      description: 'Practice LMS',
    },
    [lti('version')]: '1.3.0',
  };
}

/** Name and e-mail, as far as the tool's settings share them. */
export function personalClaims(person: Person, tool: Tool): Record<string, string> {
  return {
    ...(tool.sharesName && {
      given_name: person.givenName,
      family_name: person.familyName,
      name: fullName(person),
    }),
    ...(tool.sharesEmail && { email: person.email }),
  };
}

/** Where the gradebook is, and the one column of the link, if it has one; nothing for a tool without a grade service. */
export function gradebookClaim(
  { url }: LmsContext,
  { tool, course }: Recipient,
  lineItem: LineItem | undefined,
): Record<string, unknown> {
  const scope = gradeScopes.filter((one) => tool.scopes.includes(one));
  if (scope.length === 0) return {};
  const to = addresses(url);
  return {
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      scope,
      lineitems: to.lineItems(course.id, tool.id),
      ...(lineItem && { lineitem: to.lineItem(lineItem) }),
    },
  };
}

const institution = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person';
const system = 'http://purl.imsglobal.org/vocab/lis/v2/system/person';

function rolesOf({ quirks }: LmsContext, { person, role }: Recipient): string[] {
  const ofSite = person.isAdmin ? [`${institution}#Administrator`, `${system}#Administrator`] : [];
  return [...ofSite, ...quirks.launchRoles[role]];
}

function mentored({ state }: LmsContext, { person, course, role }: Recipient): Record<string, unknown> {
  const ids = findEnrolment(state, person.id, course.id)?.menteeIds ?? [];
  return role === 'mentor' && ids.length > 0 ? { [lti('role_scope_mentor')]: ids } : {};
}
