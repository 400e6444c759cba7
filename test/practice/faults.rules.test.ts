import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { accessToken, askToken, launchAs, type Practice, robotOf, startPractice } from './support.ts';

let practice: Practice;
let token: string;
beforeEach(async () => {
  practice = await startPractice();
  token = await accessToken(practice);
});
afterEach(() => practice.close());

const send = (personId: string): Promise<Response> =>
  fetch(`${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem/scores?type_id=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.ims.lis.v1.score+json' },
    body: JSON.stringify({
      userId: personId,
      scoreGiven: 1,
      scoreMaximum: 1,
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      timestamp: '2026-11-21T09:00:00Z',
    }),
  });

test('services that are down cut the connection; launches and pages go on', async () => {
  practice.lms.faults.down = 'services';
  await expect(send(sample.aziz)).rejects.toThrow('fetch failed');
  await expect(askToken(practice)).rejects.toThrow('fetch failed');
  expect(practice.lms.received.at(-1)).toMatchObject({ endpoint: 'token', status: null });
  await expect(launchAs(practice, sample.aziz, sample.physics.mechanics)).resolves.toMatchObject({ sub: sample.aziz });
});

test('when everything is down the faults page alone answers, and puts an end to it', async () => {
  const robot = await robotOf(practice, sample.aziz);
  await robot.open(`${practice.url}/faults`);
  await robot.submit('form[data-faults]', { down: 'everything' });
  await expect(fetch(practice.url)).rejects.toThrow('fetch failed');
  await expect(fetch(`${practice.url}/mod/lti/auth.php`)).rejects.toThrow('fetch failed');
  await robot.open(`${practice.url}/faults`);
  await robot.submit('form.warning');
  expect((await robot.open(practice.url)).status).toBe(200);
});

test('slow services wait before they answer', async () => {
  practice.lms.faults.slowMs = 5000;
  expect((await send(sample.aziz)).status).toBe(200);
  expect(practice.waits).toEqual([5000]);
});

test('500 and 429 meet the token endpoint too; 429 says when to come again', async () => {
  Object.assign(practice.lms.faults, { status: 429, retryAfterSeconds: 7 });
  const limited = await askToken(practice);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  practice.lms.faults.status = 500;
  expect((await send(sample.aziz)).status).toBe(500);
  expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toBeUndefined();
});

test('401 leaves the token endpoint alone: tokens are issued and rejected', async () => {
  practice.lms.faults.status = 401;
  expect((await askToken(practice)).status).toBe(200);
  expect((await send(sample.aziz)).status).toBe(401);
});

test('one refused student does not stop the others', async () => {
  practice.lms.faults.refusedPersonId = sample.aziz;
  const refused = await send(sample.aziz);
  expect([refused.status, await refused.json()]).toEqual([400, []]);
  expect((await send(sample.ivan)).status).toBe(200);
});

test('the key set can be down by itself', async () => {
  practice.lms.faults.jwksDown = true;
  expect((await fetch(practice.lms.registration.jwksUrl)).status).toBe(503);
  expect((await send(sample.aziz)).status).toBe(200);
});

describe('the tool', () => {
  const tokenAnswer = async () => {
    const response = await askToken(practice);
    const isJson = !(await response.clone().text()).startsWith('<');
    return { status: response.status, body: isJson ? ((await response.json()) as unknown) : 'a page' };
  };

  test('that is switched off gets no token, and the one it has is worth nothing', async () => {
    practice.lms.faults.tool = 'tool-off';
    expect(await tokenAnswer()).toEqual({ status: 400, body: { error: 'invalid_client' } });
    expect((await send(sample.aziz)).status).toBe(401);
  });

  test('that may not use grades gets a token for the roster alone', async () => {
    practice.lms.faults.tool = 'no-grades';
    const { scope } = (await tokenAnswer()).body as { scope: string };
    expect(scope).toBe('https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly');
    expect((await send(sample.aziz)).status).toBe(401);
  });

  test('whose key set cannot be fetched gets a page', async () => {
    practice.lms.faults.tool = 'keys-unreachable';
    expect(await tokenAnswer()).toEqual({ status: 404, body: 'a page' });
    expect((await send(sample.aziz)).status).toBe(200);
  });
});

test.each([
  ['ahead', 7200, 'jwt expired'],
  ['behind', -7200, 'Cannot handle token with iat prior to now'],
])('a clock that is %s shows on every answer, and tells a good assertion from its own time', async (_, off, words) => {
  practice.lms.faults.clockAheadSeconds = off;
  const response = await askToken(practice);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: words });
  const shown = new Date(practice.clock.now.getTime() + off * 1000).toUTCString();
  expect(response.headers.get('date')).toBe(shown);
});

test('points that were entered without overriding give way to the next score, and go with their column', async () => {
  practice.clock.now = new Date('2026-11-21T08:59:00Z');
  practice.lms.enterGrade(sample.physics.mechanics, sample.aziz, 73);
  expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({
    points: 73,
    isOverridden: false,
  });
  expect((await send(sample.aziz)).status).toBe(200);
  expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({ points: 100 });
  practice.lms.deleteColumn(sample.physics.mechanics);
  expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toBeUndefined();
  expect((await send(sample.aziz)).status).toBe(404);
});

test('the faults page switches every fault', async () => {
  const robot = await robotOf(practice, sample.dilnoza);
  await robot.open(`${practice.url}/faults`);
  await robot.submit('form[data-faults]', {
    down: 'off',
    status: '429',
    retryAfterSeconds: '30',
    slowMs: '250',
    refusedPersonId: sample.ivan,
    jwksDown: 'on',
    tool: 'no-grades',
    clockAheadSeconds: '-120',
  });
  expect(practice.lms.faults).toEqual({
    down: 'off',
    status: 429,
    retryAfterSeconds: 30,
    slowMs: 250,
    refusedPersonId: sample.ivan,
    jwksDown: true,
    tool: 'no-grades',
    clockAheadSeconds: -120,
  });
  await robot.submit('form.warning');
  expect(practice.lms.faults).toMatchObject(noFaults);
});
