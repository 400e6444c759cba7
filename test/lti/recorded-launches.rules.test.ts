// What a real Moodle 5.1 sent, word for word but for times, nonce and signature, and what it becomes.
import { expect, test } from '@jest/globals';
import type { VerifiedLaunch } from '../../src/lti/verified-launch.ts';
import { verifyLaunch } from '../../src/lti/verify-launch.ts';
import { createFakePlatform, login, now, recordedClaims, registration, toolOrigin } from './fake-platform.ts';

const platform = await createFakePlatform();

async function launchOf(recording: Parameters<typeof recordedClaims>[0]): Promise<VerifiedLaunch | string> {
  const token = await platform.sign(recordedClaims(recording));
  const verified = await verifyLaunch(token, { login, registration, keys: platform.keys, now, toolOrigin });
  return verified.ok ? verified.launch : verified.code;
}

const scopes = ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map(
  (name) => `https://purl.imsglobal.org/spec/lti-ags/scope/${name}`,
);

const azizOpensNewton: VerifiedLaunch = {
  messageType: 'resource-link',
  loginId: 'login-1',
  expiresAt: new Date('2026-11-21T09:11:00Z'),
  issuer: 'https://moodle.example',
  clientId: 'BBfhQjzyEZtqEuR',
  deploymentId: '1',
  person: {
    subject: '4',
    name: 'Aziz Rahimov',
    givenName: 'Aziz',
    familyName: 'Rahimov',
    email: 'student1@example.com',
    sourcedId: '',
    isTestUser: false,
  },
  course: { id: '2', label: 'PHYS101', title: 'Umumiy fizika' },
  resourceLink: { id: '1', title: 'Newton qonunlari', description: 'Self-check' },
  role: 'learner',
  menteeSubjects: [],
  rosterUrl: 'https://moodle.example/mod/lti/services.php/CourseSection/2/bindings/1/memberships',
  gradebook: {
    scopes,
    lineItemsUrl: 'https://moodle.example/mod/lti/services.php/2/lineitems?type_id=1',
    lineItemUrl: 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1',
  },
  locale: 'en',
  returnUrl: 'https://moodle.example/mod/lti/return.php?course=2&launch_container=3&instanceid=1&sesskey=REDACTED',
  targetLinkUri: 'https://tool.example/launch',
  custom: {
    quiz: 'q1',
    tz: '99',
    context_memberships_url: 'https://moodle.example/mod/lti/services.php/CourseSection/2/bindings/1/memberships',
  },
  platformFamily: 'moodle',
  deepLinking: null,
  review: null,
};

const dilnoza = {
  subject: '3',
  name: 'Dilnoza Karimova',
  givenName: 'Dilnoza',
  familyName: 'Karimova',
  email: 'teacher1@example.com',
  sourcedId: '',
  isTestUser: false,
};

test('Aziz opens a quiz in his course as a learner (cert 6.1.3-1)', async () => {
  expect(await launchOf('resource-link.student')).toEqual(azizOpensNewton);
});

test('Dilnoza opens the same quiz as its teacher (cert 6.1.2-1)', async () => {
  const expected = { ...azizOpensNewton, person: dilnoza, role: 'instructor' };
  expect(await launchOf('resource-link.teacher')).toEqual(expected);
});

test('Dilnoza chooses a quiz for her course: no resource link, no line item, no roster yet (lti.md 72; cert 6.2-1)', async () => {
  expect(await launchOf('deep-linking.teacher')).toEqual({
    ...azizOpensNewton,
    messageType: 'deep-linking',
    person: dilnoza,
    role: 'instructor',
    resourceLink: null,
    gradebook: { scopes, lineItemsUrl: azizOpensNewton.gradebook?.lineItemsUrl, lineItemUrl: null },
    rosterUrl: null,
    returnUrl: null,
    custom: { tz: '99' },
    deepLinking: {
      returnUrl: 'https://moodle.example/mod/lti/contentitem_return.php?course=2&id=1&sesskey=REDACTED',
      acceptsResourceLinks: true,
      acceptsMultiple: true,
      acceptsLineItem: null,
      title: 'Recorder',
      text: null,
      data: null,
    },
  });
});
