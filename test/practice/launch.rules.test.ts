import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { createRobot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { claimsOf, launchAs, type Practice, robotOf, startPractice } from './support.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

describe('login initiation', () => {
  test('sends exactly the six fields that Moodle sends', async () => {
    await launchAs(practice, sample.aziz, sample.physics.mechanics);
    const { lti_message_hint: hint, ...login } = practice.tool.logins.at(-1) ?? {};
    expect(login).toEqual({
      iss: practice.url,
      target_link_uri: `${practice.tool.url}/launch`,
      login_hint: sample.aziz,
      client_id: practice.lms.registration.clientId,
      lti_deployment_id: '1',
    });
    expect(JSON.parse(hint ?? '')).toEqual({ cmid: 2, launchid: expect.stringMatching(/^ltilaunch1_\d+$/) });
  });

  test('somebody who is not signed in is sent as user 0 and ends on a page with 404', async () => {
    const robot = createRobot();
    await robot.open(`${practice.url}/mod/lti/launch.php?id=2`);
    const page = await robot.settle();
    expect(practice.tool.logins.at(-1)).toMatchObject({ login_hint: '0' });
    expect(page.status).toBe(404);
  });
});

describe('the id_token', () => {
  test('of a student has every claim of the recorded launch', async () => {
    const claims = await launchAs(practice, sample.aziz, sample.physics.mechanics);
    const seconds = Math.floor(practice.clock.now.getTime() / 1000);
    expect(claims).toEqual({
      nonce: 'the nonce',
      iat: seconds,
      exp: seconds + 60,
      iss: practice.url,
      aud: practice.lms.registration.clientId,
      [claim('deployment_id')]: '1',
      [claim('target_link_uri')]: `${practice.tool.url}/launch`,
      sub: '4',
      [claim('lis')]: { person_sourcedid: '391261100001', course_section_sourcedid: '' },
      [claim('roles')]: [`${membership}#Learner`],
      [claim('context')]: { id: '2', label: 'PHYS101', title: 'Umumiy fizika', type: ['CourseSection'] },
      [claim('message_type')]: 'LtiResourceLinkRequest',
      [claim('resource_link')]: {
        title: 'Mexanika: oʻzini tekshirish',
        description: 'Nyuton qonunlari, kuch, energiya: bilganingizni sinab koʻring.',
        id: '1',
      },
      'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome': {
        lis_result_sourcedid: expect.stringContaining('"userid":"4"'),
        lis_outcome_service_url: `${practice.url}/mod/lti/service.php`,
      },
      given_name: 'Aziz',
      family_name: 'Rahimov',
      name: 'Aziz Rahimov',
      [claim('ext')]: { user_username: 'student1', lms: 'moodle-2' },
      email: 'student1@example.com',
      [claim('launch_presentation')]: {
        locale: 'en',
        document_target: 'iframe',
        return_url: expect.stringContaining(`${practice.url}/mod/lti/return.php?course=2&launch_container=3`),
      },
      [claim('tool_platform')]: {
        product_family_code: 'moodle',
        version: '2025100600.02',
        guid: practice.lms.state.siteGuid,
        name: 'practice',
        description: 'Practice LMS',
      },
      [claim('version')]: '1.3.0',
      [claim('custom')]: {
        context_memberships_url: `${practice.url}/mod/lti/services.php/CourseSection/2/bindings/1/memberships`,
      },
      'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
        scope: ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map(
          (name) => `https://purl.imsglobal.org/spec/lti-ags/scope/${name}`,
        ),
        lineitems: `${practice.url}/mod/lti/services.php/2/lineitems?type_id=1`,
        lineitem: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1`,
      },
      'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
        context_memberships_url: `${practice.url}/mod/lti/services.php/CourseSection/2/bindings/1/memberships`,
        service_versions: ['1.0', '2.0'],
      },
    });
  });

  test('is posted with the state and nothing else, and signed RS256 with a kid', async () => {
    await launchAs(practice, sample.aziz, sample.physics.mechanics);
    const launch = practice.tool.launches.at(-1) ?? {};
    expect(Object.keys(launch)).toEqual(['id_token', 'state']);
    expect(launch['state']).toBe('the state');
    expect(jwt.decode(launch['id_token'] ?? '', { complete: true })?.header).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      kid: practice.lms.state.keys[0]?.kid,
    });
  });

  test('of Dilnoza says that she teaches', async () => {
    const claims = await launchAs(practice, sample.dilnoza, sample.physics.mechanics);
    expect(claims[claim('roles')]).toEqual([`${membership}#Instructor`]);
  });

  test('has custom parameters twice, and no line item without a grade', async () => {
    const activity = practice.lms.addActivity({
      courseId: sample.physics.course,
      title: 'Oʻqish uchun',
      maximumPoints: null,
      custom: { quizId: 'Q1' },
    });
    const claims = await launchAs(practice, sample.aziz, activity.id);
    expect(claims[claim('custom')]).toMatchObject({ quizId: 'Q1', quizid: 'Q1' });
    const services = claims['https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'] as object;
    expect(Object.keys(services)).toEqual(['scope', 'lineitems']);
  });

  test('speaks the language a person chose, in a new window if asked', async () => {
    const robot = await robotOf(practice, sample.ivan);
    await robot.submit('.languages button[value="uz"]');
    expect(robot.page.$('html').attr('lang')).toBe('uz');
    await robot.open(practice.lms.activityUrl(sample.physics.mechanics));
    await robot.click('a[target="_blank"]');
    const claims = claimsOf(await robot.settle());
    expect(claims[claim('launch_presentation')]).toMatchObject({ locale: 'uz', document_target: 'window' });
  });
});

describe('the test hooks', () => {
  test('one id_token can be made by hand, the next one is right again', async () => {
    practice.lms.nextToken = ({ header, claims, sign }) => sign({ ...header, alg: 'none' }, claims);
    const robot = await robotOf(practice, sample.aziz);
    const page = await robot.launch(practice.lms.activityUrl(sample.physics.mechanics));
    expect(page.$('#claims').text()).toBe('"not verified"');
    expect(practice.tool.launches.at(-1)?.['id_token']).toMatch(/^[^.]+\.[^.]+\.$/);
    expect(claimsOf(await robot.launch(practice.lms.activityUrl(sample.physics.mechanics))).sub).toBe(sample.aziz);
  });

  test('a token signed with the public key as a secret, or with another key, does not verify as RS256', async () => {
    const robot = await robotOf(practice, sample.aziz);
    practice.lms.nextToken = ({ header, claims, key, sign }) =>
      sign({ ...header, alg: 'HS256' }, claims, key.publicPem);
    const confused = await robot.launch(practice.lms.activityUrl(sample.physics.mechanics));
    expect(confused.$('#claims').text()).toBe('"not verified"');
    practice.lms.nextToken = ({ header, claims, sign }) => sign(header, { ...claims, sub: '3' });
    expect(claimsOf(await robot.launch(practice.lms.activityUrl(sample.physics.mechanics))).sub).toBe('3');
  });

  test('after a rotation a new key signs and the old one is still published, unless dropped', async () => {
    const published = async (): Promise<string[]> => {
      const body = (await (await fetch(practice.lms.registration.jwksUrl)).json()) as { keys: { kid: string }[] };
      return body.keys.map(({ kid }) => kid);
    };
    const before = await published();
    practice.lms.rotateKey();
    expect(await published()).toEqual([...before, expect.any(String)]);
    practice.lms.rotateKey({ dropOld: true });
    expect(await published()).toHaveLength(1);
    await expect(launchAs(practice, sample.aziz, sample.physics.mechanics)).resolves.toMatchObject({ sub: '4' });
  });
});

test('a launch is used once: going back to the authorization page finds nothing', async () => {
  const robot = await robotOf(practice, sample.aziz);
  await robot.open(`${practice.url}/mod/lti/launch.php?id=2`);
  const first = await robot.submit('form[data-auto-submit]');
  expect(first.$('input[name="id_token"]')).toHaveLength(1);
  const again = await robot.open(first.url);
  expect(again.status).toBe(404);
  expect(again.$('form[data-auto-submit]')).toHaveLength(0);
});

test('Mallory, who takes another course, cannot launch or see an activity of this one', async () => {
  const robot = await robotOf(practice, sample.mallory);
  expect((await robot.open(practice.lms.activityUrl(sample.physics.mechanics))).status).toBe(404);
  await robot.open(`${practice.url}/mod/lti/launch.php?id=2`);
  expect((await robot.settle()).status).toBe(404);
});

test('Aziz, who hands the phone to Ivan in the middle of a launch, is denied by name of the error', async () => {
  const robot = await robotOf(practice, sample.aziz);
  await robot.open(`${practice.url}/mod/lti/launch.php?id=2`);
  const login = robot.page;
  await fetch(`${practice.url}/session`, {
    method: 'POST',
    headers: { cookie: `practice_lms=${robot.cookies('127.0.0.1')['practice_lms']}` },
    body: new URLSearchParams({ person: sample.ivan }),
    redirect: 'manual',
  });
  expect(login.$('input[name="login_hint"]').attr('value')).toBe(sample.aziz);
  await robot.settle();
  expect(practice.tool.launches.at(-1)).toEqual({ error: 'access_denied', state: 'the state' });
});
