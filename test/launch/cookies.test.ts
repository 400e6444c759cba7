// A browser that keeps no cookie for us in a frame is told so, and shown the way out, before the LMS hears of the login:
// many LMSs forget a launch once it was asked for.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { autoSubmit, holdLogin } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
let mechanics: string;
/** A browser whose cookies for us can be blocked, signed in to the LMS as Aziz; and where it has been. */
let aziz: Robot;
let isBlocked: boolean;
let visited: URL[];

beforeAll(async () => {
  mustaqil = await startMustaqil();
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
});
afterAll(() => mustaqil.stop());

beforeEach(async () => {
  isBlocked = true;
  visited = [];
  aziz = createRobot({
    now: mustaqil.clock.now,
    fetch: (input, init) => {
      const request = new Request(input, init);
      visited.push(new URL(request.url));
      if (isBlocked && request.url.startsWith(mustaqil.url)) request.headers.delete('cookie');
      return fetch(request);
    },
  });
  await aziz.open(mustaqil.lmsUrl);
  await aziz.submit(`button[name="person"][value="${sample.aziz}"]`);
});

const askedTheLms = () => visited.some(({ pathname }) => pathname.endsWith('/auth.php'));

test('Aziz, whose browser blocks cookies in frames, opens the same launch in a window of its own', async () => {
  const login = await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit);
  expectRefusal(aziz.page, [400, 'cookies-blocked']);
  expect(askedTheLms()).toBe(false);
  const form = aziz.page.$('form[target="_blank"]');
  expect(form.attr('action')).toBe('/lti/login');
  const inputs = form.find('input').toArray();
  expect(inputs.map((input) => [input.attribs['name'], input.attribs['value']])).toEqual(Object.entries(login));

  isBlocked = false;
  await aziz.submit('form[target="_blank"]');
  const sent = visited.find(({ pathname }) => pathname.endsWith('/auth.php'))?.searchParams;
  expect(sent?.get('login_hint')).toBe(login.login_hint);
  expect(sent?.get('lti_message_hint')).toBe(login.lti_message_hint);
  await aziz.settle();
  expect(refusalOf(aziz.page)).toBeUndefined();
  expect(aziz.page.$('.you').text()).toContain('Aziz Rahimov');
});

test('where the window of its own blocks cookies too, the same page comes again, and no circle', async () => {
  await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit);
  await aziz.submit('form[target="_blank"]');
  expectRefusal(aziz.page, [400, 'cookies-blocked']);
  expect(askedTheLms()).toBe(false);
});

test('ten logins without cookies write nothing anywhere', async () => {
  const before = await allRows(mustaqil.db);
  for (let login = 0; login < 10; login += 1) {
    await holdLogin(aziz, mechanics);
    await aziz.submit(autoSubmit);
  }
  expect(await allRows(mustaqil.db)).toEqual(before);
});

test('a browser that comes back with its cookie goes to the LMS at once, and keeps the same cookie in every tab', async () => {
  const login = await holdLogin(aziz, mechanics);
  const cookie = '__Host-browser=from-an-earlier-visit';
  const { status, headers } = await ask(`${mustaqil.url}/lti/login`, { form: login, headers: { cookie } });
  expect(status).toBe(302);
  expect(headers.get('location')).toContain(mustaqil.lms.registration.authorizationUrl);
  expect(headers.getSetCookie().join()).toContain(`${cookie};`);
});

test('all cookies live in frames, for this host alone and out of reach of scripts', async () => {
  isBlocked = false;
  const login = await holdLogin(aziz, mechanics);
  const first = await ask(`${mustaqil.url}/lti/login`, { form: login });
  await aziz.submit(autoSubmit);
  const inputs = aziz.page.$(`${autoSubmit} input`).toArray();
  const form = inputs.map(({ attribs }): [string, string] => [attribs['name'] ?? '', attribs['value'] ?? '']);
  const entry = await ask(`${mustaqil.url}/lti/launch`, { form, as: aziz });

  const cookies = [first, entry].map(({ headers }) => headers.getSetCookie());
  expect(cookies.map((set) => set.map((cookie) => cookie.split('=')[0]))).toEqual([
    ['__Host-platform', '__Host-browser'],
    ['__Host-platform', '__Host-session'],
  ]);
  for (const cookie of cookies.flat()) {
    const attributes = cookie.split('; ').slice(1);
    expect(attributes).toEqual(
      expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=None', 'Partitioned']),
    );
    expect(cookie).not.toContain('Domain');
  }
});
