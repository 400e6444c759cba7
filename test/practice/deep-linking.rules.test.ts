// A teacher adds activities by way of the tool: the recorded message, what becomes of what is brought back, and what is
// not taken.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Robot, RobotPage } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { claimsOf, launchAs, type Practice, robotOf, startPractice } from './support.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const dl = (name: string): string => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;
const course = sample.physics.course;

let practice: Practice;
let teacher: Robot;
beforeEach(async () => {
  practice = await startPractice();
  teacher = await robotOf(practice, sample.dilnoza);
});
afterEach(() => practice.close());

/** Dilnoza opens the picker and brings back `items`; the page where that ends. */
async function choose(items: object[], response: { claims?: object; header?: object } = {}): Promise<RobotPage> {
  practice.tool.items = items;
  practice.tool.response = { claims: {}, header: {}, ...response };
  await teacher.launch(practice.lms.deepLinkUrl(course));
  await teacher.submit('#content');
  return teacher.settle();
}

/** The newest activity and its column. */
function added() {
  const { activities, lineItems } = practice.lms.state;
  const activity = activities.at(-1);
  return { activity, column: lineItems.find(({ activityId }) => activityId === activity?.id) };
}

const link = (more: object = {}): object => ({ type: 'ltiResourceLink', title: 'Kuchlar', ...more });

describe('the picker', () => {
  test('is opened with the login and the message that a Moodle 5.1 sends', async () => {
    await teacher.open(`${practice.url}/courses/${course}`);
    await teacher.click(`[data-add="1"]`);
    expect(teacher.page.url).toBe(practice.lms.deepLinkUrl(course));
    const claims = claimsOf(await teacher.enter());
    const { lti_message_hint: hint, ...login } = practice.tool.logins.at(-1) ?? {};
    expect(Object.keys(login)).toEqual(['iss', 'target_link_uri', 'login_hint', 'client_id', 'lti_deployment_id']);
    expect(JSON.parse(hint ?? '')).toEqual({
      launchid: expect.stringMatching(/^ltilaunch_ContentItemSelectionRequest\d+$/),
    });
    const file = new URL('../lti/recorded/id-token.deep-linking.teacher.json', import.meta.url);
    const recorded = (JSON.parse(readFileSync(file, 'utf8')) as { claims: Record<string, unknown> }).claims;
    expect(Object.keys(claims).sort()).toEqual(Object.keys(recorded).sort());
    const same = ['roles', 'context', 'message_type', 'launch_presentation', 'version', 'lis'].map(claim);
    expect(same.map((name): unknown => claims[name])).toEqual(same.map((name) => recorded[name]));
    expect(claims[dl('deep_linking_settings')]).toEqual({
      ...(recorded[dl('deep_linking_settings')] as object),
      title: 'Mustaqil',
      deep_link_return_url: expect.stringMatching(
        new RegExp(`^${practice.url}/mod/lti/contentitem_return\\.php\\?course=2&id=1&sesskey=[\\w-]{10}$`),
      ),
    });
  });

  test('is for those who edit the course', async () => {
    for (const stranger of [sample.aziz, sample.grace]) {
      const robot = await robotOf(practice, stranger);
      expect((await robot.open(practice.lms.deepLinkUrl(course))).status).toBe(404);
      expect((await robot.open(`${practice.url}/mod/lti/contentitem.php?id=1&course=${course}`)).status).toBe(404);
    }
  });
});

describe('what is brought back', () => {
  test('becomes an activity with its column, and the course is shown (lti.md 75)', async () => {
    const page = await choose([
      link({
        text: 'Nyuton',
        custom: { quiz: 'Q 1', Version: 2 },
        lineItem: { label: 'Elsewhere', scoreMaximum: 12.5, resourceId: 'r1', tag: 'quiz' },
      }),
    ]);
    expect(page.url).toBe(`${practice.url}/courses/${course}`);
    expect(page.$('.notice').text()).toBe('Added: Kuchlar');
    expect((await teacher.open(page.url)).$('.notice')).toHaveLength(0);
    expect(added()).toMatchObject({
      activity: { title: 'Kuchlar', description: 'Nyuton', toolId: '1', custom: { quiz: 'Q 1', Version: '2' } },
      column: { label: 'Kuchlar', maximumPoints: 13, resourceId: 'r1', tag: 'quiz', isCoupled: true },
    });
    const claims = await launchAs(practice, sample.aziz, added().activity?.id ?? '');
    expect(claims[claim('custom')]).toMatchObject({ quiz: 'Q 1', Version: '2', version: '2' });
  });

  test('may be several, each without a column unless it asks for one', async () => {
    await choose([link({ title: 'A' }), link({ title: 'B', lineItem: {} }), link({ title: undefined })]);
    const made = practice.lms.state.activities.slice(-3);
    expect(made.map(({ title }) => title)).toEqual(['A', 'B', 'Mustaqil']);
    const maxima = made.map(
      ({ id }) => practice.lms.state.lineItems.find((item) => item.activityId === id)?.maximumPoints,
    );
    expect(maxima).toEqual([undefined, 100, undefined]);
  });

  test('may be nothing (lti.md 75)', async () => {
    const before = practice.lms.state.activities.length;
    const page = await choose([]);
    expect(page.$('.notice').text()).toBe('Nothing was chosen, and nothing was added.');
    expect(practice.lms.state.activities).toHaveLength(before);
  });

  test('may be a word of the tool, said or complained', async () => {
    const page = await choose([], { claims: { [dl('errormsg')]: 'Savollar <yoʻq>' } });
    expect(page.$('.notice.error').text()).toBe('Savollar <yoʻq>');
    expect((await choose([], { claims: { [dl('msg')]: 'Tayyor' } })).$('.notice').text()).toBe('Tayyor');
  });

  test('with line ends in a custom value brings in parameters that nobody meant, as in Moodle', async () => {
    await choose([link({ custom: { quiz: 'q1\nrole=teacher\r\nlost' } })]);
    expect(added().activity?.custom).toEqual({ quiz: 'q1', role: 'teacher' });
  });

  test('with a url goes to whichever tool of that host is the oldest (lti.md 84)', async () => {
    practice.lms.state.tools.push({
      ...(practice.lms.tools[0] ?? ({} as never)),
      ...{ id: '2', clientId: 'second', isPreregistered: false },
    });
    practice.tool.items = [link({ url: `${practice.tool.url}/launch/q1`, lineItem: { scoreMaximum: 10 } })];
    await teacher.launch(practice.lms.deepLinkUrl(course, '2'));
    await teacher.submit('#content');
    await teacher.settle();
    const { activity, column } = added();
    expect([activity?.toolId, column?.toolId]).toEqual([null, '1']);
    const claims = await launchAs(practice, sample.aziz, activity?.id ?? '');
    expect([claims.aud, claims[claim('deployment_id')]]).toEqual([practice.lms.registration.clientId, '1']);
    expect(claims[claim('target_link_uri')]).toBe(`${practice.tool.url}/launch/q1`);
  });

  test('and is no link of LTI becomes an activity that launches nothing', async () => {
    await choose([{ type: 'html', html: '<p>Hi</p>', title: 'Page' }]);
    const { activity } = added();
    expect(
      (await teacher.open(`${practice.url}/courses/${course}`)).$(`[data-activity="${activity?.id}"]`).text(),
    ).toContain('No tool fits this activity');
    const launch = await teacher.launch(practice.lms.activityUrl(activity?.id ?? ''));
    expect(launch.status).toBe(404);
  });

  test('with the review of submissions keeps it', async () => {
    const review = { url: `${practice.tool.url}/review`, custom: { mode: 'review' } };
    await choose([link({ lineItem: { scoreMaximum: 10, submissionReview: review } })]);
    expect(added().column?.submissionReview).toEqual(review);
  });
});

describe('an answer is not taken', () => {
  const refusalOf = async (response: { claims?: object; header?: object }, items = [link()]): Promise<string> => {
    const before = practice.lms.state.activities.length;
    const page = await choose(items, response);
    expect(practice.lms.state.activities).toHaveLength(before);
    return `${page.status} ${page.$('[data-refusal]').attr('data-refusal')}`;
  };

  test('without a kid, or from another client', async () => {
    expect(await refusalOf({ header: { kid: undefined } })).toBe('404 content-unsigned');
    expect(await refusalOf({ claims: { iss: 'somebody' } })).toBe('404 content-unsigned');
  });

  test('from a second ahead: there is no leeway (lti.md 85)', async () => {
    const now = Math.floor(practice.clock.now.getTime() / 1000);
    expect(await refusalOf({ claims: { iat: now + 1, exp: now + 60 } })).toBe('404 content-unsigned');
    expect(await refusalOf({ claims: { nbf: now + 1 } })).toBe('404 content-unsigned');
  });

  test('of another message type', async () => {
    expect(await refusalOf({ claims: { [claim('message_type')]: 'ContentItemSelection' } })).toBe(
      '404 content-malformed',
    );
  });

  test('with a maximum that the form of Moodle does not take', async () => {
    expect(await refusalOf({}, [link({ lineItem: { scoreMaximum: 101 } })])).toBe('404 content-maximum');
  });

  test('in the session of somebody else, or with another secret', async () => {
    practice.tool.items = [link()];
    await teacher.launch(practice.lms.deepLinkUrl(course));
    const form = teacher.page.$('#content');
    const token = form.find('input').attr('value') ?? '';
    const send = async (personId: string, url: string): Promise<number> => {
      const robot = await robotOf(practice, personId);
      const response = await fetch(url, {
        method: 'POST',
        headers: { cookie: `practice_lms=${robot.cookies('127.0.0.1')['practice_lms']}` },
        body: new URLSearchParams({ JWT: token }),
      });
      return response.status;
    };
    expect(await send(sample.aziz, form.attr('action') ?? '')).toBe(403);
    expect(await send(sample.dilnoza, form.attr('action') ?? '')).toBe(403);
  });

  test('is one for which Moodle does look at neither expiry nor audience nor nonce', async () => {
    const page = await choose([link()], { claims: { exp: 1, aud: 'nobody', nonce: undefined } });
    expect(page.$('.notice').text()).toBe('Added: Kuchlar');
    const [fromPractice] = practice.lms.received.filter(({ endpoint }) => endpoint === 'deep-linking').slice(-1);
    expect(fromPractice).toMatchObject({ method: 'POST', status: 200 });
  });
});

describe('an LMS that keeps to the specification', () => {
  beforeEach(async () => {
    await practice.close();
    practice = await startPractice({ quirks: 'spec' });
    teacher = await robotOf(practice, sample.dilnoza);
  });

  test('hands out data, takes back what carries it, and keeps label, dates and any maximum', async () => {
    await choose([
      link({
        custom: { text: 'a\nb=c' },
        lineItem: { label: 'Test 1', scoreMaximum: 12.5 },
        available: { endDateTime: '2026-12-01T10:00:00Z' },
        submission: { startDateTime: '2026-11-01T10:00:00Z', endDateTime: '2026-11-30T10:00:00Z' },
      }),
    ]);
    expect(added()).toMatchObject({
      activity: { custom: { text: 'a\nb=c' }, available: { start: null, end: '2026-12-01T10:00:00Z' } },
      column: { label: 'Test 1', maximumPoints: 12.5 },
    });
    expect(teacher.page.$('[data-dates]').text().replaceAll(/\s+/g, ' ').trim()).toBe(
      'Open until 01.12.2026 10:00:00 Hand in until 30.11.2026 10:00:00',
    );
  });

  test.each([
    ['without its data', { [dl('data')]: undefined }],
    ['for another deployment', { [claim('deployment_id')]: '7' }],
    ['that is over', { exp: 1 }],
    ['meant for another LMS', { aud: 'https://else.example' }],
  ])('does not take an answer %s', async (_, claims) => {
    const page = await choose([link()], { claims });
    expect(page.$('[data-refusal]')).toHaveLength(1);
  });
});
