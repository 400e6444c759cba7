// One phone for several students: who leaves it leaves nothing behind, and pages can ask whose it is.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sessions } from '../../src/database/tables/sessions.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openQuiz, publish } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const button = 'form[action="/session/removal"] button';
const json = { accept: 'application/json' };
const tokenOf = ({ page: { $ } }: Robot) => $('input[name="_csrf"]').attr('value') ?? '';

/** What a script of ours reads. */
const askWho = async (as: Robot) => {
  const { status, html, headers } = await ask(`${mustaqil.url}/session`, { headers: json, as });
  return { status, headers, who: JSON.parse(html) as Record<string, unknown> };
};

test('Aziz hands the phone over: his cookies open nothing any more, his forms are void, and the page is free of him', async () => {
  const phone = await openQuiz(mustaqil);
  await phone.submit('button[name="language"][value="uz"]');
  const [before, token] = [{ ...phone.cookies('localhost') }, tokenOf(phone)];
  const stolen = Object.entries(before).map(([name, value]) => `${name}=${value}`);
  const { url } = phone.page;

  await phone.submit(button);
  expect(phone.page.status).toBe(200);
  expect(phone.page.$('h1').text()).toBe('Qurilma boʻsh');
  expect(phone.page.html).not.toContain('Aziz');
  expect(phone.page.$('form')).toHaveLength(0);
  expect(Object.keys(phone.cookies('localhost'))).not.toContain('__Host-session');
  expect(phone.cookies('localhost')['__Host-browser']).not.toBe(before['__Host-browser']);

  expectRefusal(await ask(url, { headers: { cookie: stolen.join('; ') } }), [401, 'signed-out']);
  expectRefusal(await ask(url, { as: phone }), [401, 'signed-out']);
  await phone.open(mustaqil.lmsUrl);
  await phone.launch(mustaqil.lms.activityUrl(sample.physics.mechanics));
  const form = { _csrf: token, language: 'en' };
  expectRefusal(await ask(`${mustaqil.url}/person/language`, { form, as: phone }), [403, 'form-expired']);
});

test('the answer has the browser throw away what it keeps, and leads to a page that keeps nothing either', async () => {
  const aziz = await openQuiz(mustaqil);
  const address = `${mustaqil.url}/session/removal`;
  const { status, headers } = await ask(address, { form: { _csrf: tokenOf(aziz) }, as: aziz });
  expect([status, headers.get('location')]).toEqual([303, `/session?language=${aziz.page.$('html').attr('lang')}`]);
  expect(headers.get('clear-site-data')).toBe('"cache"');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('whose session has run out hands over all the same, though not by the word of another site', async () => {
  const aziz = await openQuiz(mustaqil);
  await mustaqil.db.delete(sessions);
  const address = `${mustaqil.url}/session/removal`;
  const own = await ask(address, { form: {}, headers: { 'sec-fetch-site': 'same-origin' }, as: aziz });
  expect(own.headers.get('location')).toMatch(/^\/session\?/);
  const foreign = await ask(address, { form: {}, headers: { 'sec-fetch-site': 'cross-site' }, as: aziz });
  expectRefusal(foreign, [401, 'signed-out']);
  expect(foreign.headers.get('set-cookie') ?? '').not.toContain('__Host-browser');
});

test('a page asks who is signed in, and is told it alone', async () => {
  const aziz = await openQuiz(mustaqil);
  await answer(aziz, { capital: 'Bishkek' });
  const { status, headers, who } = await askWho(aziz);
  expect([status, who]).toEqual([200, { person: expect.any(Number), name: 'Aziz Rahimov', csrfToken: tokenOf(aziz) }]);
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  await mustaqil.db.delete(sessions);
  expect((await askWho(aziz)).status).toBe(401);
});

test('who signs in after Aziz is somebody else to the same page', async () => {
  const phone = await openQuiz(mustaqil);
  const aziz = await askWho(phone);
  await phone.open(mustaqil.lmsUrl);
  await phone.submit('form[action="/session/end"]');
  await phone.submit(`button[name="person"][value="${sample.aigul}"]`);
  await phone.launch(mustaqil.lms.activityUrl(sample.physics.mechanics));
  const aigul = await askWho(phone);
  expect(aigul.who).toMatchObject({ name: 'Aigul Toktogulova' });
  expect(aigul.who.person).not.toBe(aziz.who.person);
  await phone.open(`${mustaqil.url}/session`);
  expect(phone.page.$('.lead').text()).toContain('Aigul Toktogulova');
});

test('every page that Aigul sees says her name and offers to hand over', async () => {
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  const pages = [aigul.page];
  await answer(aigul, { capital: 'Bishkek' });
  pages.push(aigul.page, await aigul.open('/no-such-page'), await aigul.open('/session'));
  for (const { $, url } of pages) {
    expect([url, $('.masthead .you').text()]).toEqual([url, 'You are Aigul Toktogulova']);
    expect([url, $(button).text()]).toEqual([url, 'Sign out and hand over the device']);
  }
});
