// Launches as other LMSs put them, in shape: after their own published samples (Canvas' gist of an id_token, 2020, and its
// documentation of notices, 2024; Anthology's "Sample JWT content", 2024; D2L's "Security settings for LTI Advantage", 2019).
// The people, ids and addresses are ours.
import { describe, expect, test } from '@jest/globals';
import { agsClaim, lti, nowSeconds, rosterClaim, toolOrigin, type Claims } from './fake-platform.ts';
import { good, launchOf, platform } from './launch-bench.ts';

const vocabulary = 'http://purl.imsglobal.org/vocab/lis/v2';
const scopes = ['lineitem', 'result.readonly', 'score'].map(
  (name) => `https://purl.imsglobal.org/spec/lti-ags/scope/${name}`,
);
const { iss, aud, nonce } = good;

const ofAll: Claims = {
  iss,
  aud,
  nonce,
  iat: nowSeconds,
  [lti('version')]: '1.3.0',
  [lti('message_type')]: 'LtiResourceLinkRequest',
  [lti('target_link_uri')]: `${toolOrigin}/lti/launch`,
};

/** Tokens of an hour, the party named, nulls for what is not there, roles of the whole institution beside the course's. */
const canvas: Claims = {
  ...ofAll,
  azp: aud,
  exp: nowSeconds + 3600,
  sub: '82c59950-9ec3-4ae9-ad32-208c158143e0',
  name: 'Aziz Rahimov',
  picture: 'https://canvas.example/images/thumbnails/1/x',
  locale: 'en',
  [lti('deployment_id')]: '189:7f956bcc8f67cd076ae464862ce83596a1bb3293',
  [lti('resource_link')]: { id: '4dde05e8ca1973bcca9bffc13e1548820eee93a3', title: null, description: null },
  [lti('context')]: {
    id: 'b81accac78543cb7cd239f3792bcfdc7c6efeadb',
    label: 'PHYS-1',
    title: 'Physics',
    type: [`${vocabulary}/course#CourseOffering`],
    validation_context: null,
    errors: { errors: {} },
  },
  [lti('roles')]: [
    `${vocabulary}/institution/person#Student`,
    `${vocabulary}/membership#Learner`,
    `${vocabulary}/system/person#User`,
  ],
  [lti('custom')]: { context_history: '$Context.id.history', due: '2026-12-01T18:59:59Z' },
  [lti('tool_platform')]: {
    guid: 'x:canvas-lms',
    name: 'Our university',
    version: 'cloud',
    product_family_code: 'canvas',
  },
  [lti('launch_presentation')]: {
    document_target: 'iframe',
    height: 800,
    width: null,
    return_url: 'https://canvas.example/courses/7/external_content/success/external_tool_redirect',
    locale: 'uz',
  },
  [lti('platformnotificationservice')]: {
    service_versions: ['1.0'],
    platform_notification_service_url: 'https://canvas.example/n',
  },
  [agsClaim]: {
    scope: [...scopes, 'https://canvas.instructure.com/lti-ags/progress/scope/show'],
    lineitems: 'https://canvas.example/api/lti/courses/7/line_items',
    lineitem: 'https://canvas.example/api/lti/courses/7/line_items/4',
    validation_context: null,
    errors: { errors: {} },
  },
  [rosterClaim]: {
    context_memberships_url: 'https://canvas.example/api/lti/courses/7/names_and_roles',
    service_versions: ['2.0'],
    errors: { errors: {} },
  },
  [lti('lti11_legacy_user_id')]: '00ac',
  errors: { errors: {} },
};

/** No name in full, an address of roles twice, a variable that nobody filled in. */
const blackboard: Claims = {
  ...ofAll,
  exp: nowSeconds + 3600,
  sub: '561ac4762b5142a0b1d3ed1aa40789c1',
  given_name: 'Dilnoza',
  family_name: 'Karimova',
  [lti('deployment_id')]: '86e8b331-a6cd-486c-b006-9893c749e242',
  [lti('resource_link')]: { id: '_44_1', title: 'Mexanika' },
  [lti('context')]: {
    id: '4f1025ffab1846ee9ca0a53299dd51b6',
    label: 'course-link',
    title: 'Physics',
    type: ['CourseSection'],
  },
  [lti('roles')]: [
    `${vocabulary}/membership#Instructor`,
    `${vocabulary}/membership#Administrator`,
    'http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator',
  ],
  [lti('custom')]: {
    context_history: '',
    resource_link_history: '$ResourceLink.id.history',
    groupId: '$CourseGroup.id',
  },
  [lti('tool_platform')]: {
    name: 'Blackboard, Inc.',
    product_family_code: 'BlackboardLearn',
    version: '3900.93.0-rel.59+7d3ba1c',
  },
  [lti('launch_presentation')]: {
    return_url: 'https://learn.example/execute/blti/launchReturn?course_id=_4_1&nonce=x',
    locale: 'en-US',
  },
  [agsClaim]: { scope: scopes, lineitems: 'https://learn.example/learn/api/v1/lti/courses/_4_1/lineItems' },
  [rosterClaim]: {
    context_memberships_url: 'https://learn.example/learn/api/v1/lti/external/namesandroles/_4_1',
    scope: [],
    service_versions: ['2.0'],
  },
};

/** Half an hour, `nbf`, an empty e-mail address, an unresolved variable, no gradebook. */
const brightspace: Claims = {
  ...ofAll,
  nbf: nowSeconds,
  exp: nowSeconds + 1800,
  sub: '15495cdc-4a00-43e0-b28c-042523bad957_169',
  name: 'Aigul Sadykova',
  email: '',
  [lti('deployment_id')]: '811b8625-b463-4a94-b745-ce3f6408ec83',
  [lti('lti11_legacy_user_id')]: '15495cdc-4a00-43e0-b28c-042523bad957_169',
  [lti('resource_link')]: { id: '6606' },
  [lti('context')]: {
    id: '6609',
    label: 'PHYS',
    title: 'Physics',
    type: [`${vocabulary}/course#CourseOffering`, 'Course Offering'],
  },
  [lti('roles')]: [`${vocabulary}/institution/person#Student`, `${vocabulary}/membership#Learner`],
  [lti('custom')]: { user_id: '$User.Id' },
  [lti('tool_platform')]: { guid: 'x', product_family_code: 'desire2learn' },
  [lti('launch_presentation')]: { locale: 'EN-US__', document_target: 'IFRAME' },
};

describe('a launch has what we need of it', () => {
  test('in the shape of Canvas', async () => {
    expect(await launchOf(platform.sign(canvas))).toMatchObject({
      role: 'learner',
      person: { name: 'Aziz Rahimov', givenName: null, email: null },
      resourceLink: { title: null },
      course: { title: 'Physics' },
      custom: { due: '2026-12-01T18:59:59Z' },
      gradebook: { lineItemUrl: 'https://canvas.example/api/lti/courses/7/line_items/4' },
      rosterUrl: 'https://canvas.example/api/lti/courses/7/names_and_roles',
      locale: 'uz',
      platformFamily: 'canvas',
    });
  });

  test('in the shape of Blackboard', async () => {
    expect(await launchOf(platform.sign(blackboard))).toMatchObject({
      role: 'instructor',
      person: { name: null, givenName: 'Dilnoza', familyName: 'Karimova' },
      custom: {},
      gradebook: { lineItemUrl: null, lineItemsUrl: 'https://learn.example/learn/api/v1/lti/courses/_4_1/lineItems' },
      platformFamily: 'BlackboardLearn',
    });
  });

  test('in the shape of Brightspace', async () => {
    expect(await launchOf(platform.sign(brightspace))).toMatchObject({
      role: 'learner',
      person: { name: 'Aigul Sadykova', email: null },
      custom: {},
      gradebook: null,
      rosterUrl: null,
    });
  });

  test.each([
    [
      'an administrator who teaches nothing',
      ['institution/person#Administrator', 'system/person#Administrator'],
      'guest',
    ],
    [
      'an administrator of the whole, in the course',
      ['system/person#Administrator', 'membership#Instructor'],
      'instructor',
    ],
    ['a non-editing teacher, whom it calls a teacher', ['membership#Instructor'], 'instructor'],
    ['a teacher who has switched to the role of a student', ['membership#Learner'], 'learner'],
  ])('of a Moodle 5.1, from %s', async (_who, roles, expected) => {
    const named = roles.map((role) => `${vocabulary}/${role}`);
    expect(await launchOf(platform.sign({ ...good, [lti('roles')]: named }))).toMatchObject({ role: expected });
  });

  test('of a Moodle 5.1, from an activity without a grade', async () => {
    const lineitems = 'https://moodle.example/mod/lti/services.php/2/lineitems?type_id=1';
    const launch = await launchOf(platform.sign({ ...good, [agsClaim]: { scope: scopes, lineitems } }));
    expect(launch.gradebook).toEqual({ scopes, lineItemsUrl: lineitems, lineItemUrl: null });
  });
});
