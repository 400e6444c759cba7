// A login that leads nowhere says so before the LMS is asked, and an administrator reads there what to enter where.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let good: Record<string, string>;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const { issuer, clientId } = mustaqil.lms.registration;
  good = { iss: issuer, client_id: clientId, login_hint: '4', target_link_uri: `${mustaqil.url}/lti/launch` };
});
afterAll(() => mustaqil.stop());

const logIn = (form: Record<string, string> | [string, string][]) => ask(`${mustaqil.url}/lti/login`, { form });

test.each(['iss', 'login_hint', 'target_link_uri'])('a login without %s is refused and named', async (name) => {
  const page = await logIn(Object.entries(good).filter(([field]) => field !== name));
  expectRefusal(page, [400, 'login-incomplete']);
  expect(page.$('.lead').text()).toContain(name);
});

test('a login that says one thing twice, or too much of it, is refused', async () => {
  expectRefusal(await logIn([...Object.entries(good), ['iss', 'https://evil.example']]), [400, 'login-malformed']);
  const long = 'x'.repeat(8_193);
  expectRefusal(await logIn({ ...good, login_hint: long }), [400, 'login-malformed'], [long]);
});

test('the administrator of an LMS that is not connected reads what to enter on both sides', async () => {
  const page = await logIn({ ...good, iss: 'https://new.example', client_id: '<b>client</b>' });
  expectRefusal(page, [404, 'registration-unknown'], ['<b>client</b>']);
  const text = page.$('.copy').text();
  const ours = ['/lti/login', '/lti/launch', '/lti/jwks'].map((path) => `${mustaqil.url}${path}`);
  for (const value of ['https://new.example', '<b>client</b>', ...ours]) expect(text).toContain(value);
});

test('an issuer is known to the letter: a slash more is another one', async () => {
  expectRefusal(await logIn({ ...good, iss: `${good.iss}/` }), [404, 'registration-unknown']);
});

test('among several registrations of an issuer, client id or deployment must say which', async () => {
  const { db, lms, clock } = mustaqil;
  const { clientId } = lms.registration;
  const second = { ...lms.registration, clientId: 'second', deploymentId: 'only-here', tokenAudience: 'x' };
  await savePlatform(db, second, { sealingKey: testKeys.toolKeys, now: clock.now() });
  const unnamed = Object.fromEntries(Object.entries(good).filter(([name]) => name !== 'client_id'));
  expectRefusal(await logIn(unnamed), [404, 'registration-unknown']);

  const cookie = '__Host-browser=secret';
  const led = async (form: Record<string, string>) => {
    const { headers } = await ask(`${mustaqil.url}/lti/login`, { form, headers: { cookie } });
    return new URL(headers.get('location') ?? '').searchParams.get('client_id');
  };
  expect(await led({ ...unnamed, lti_deployment_id: 'only-here' })).toBe('second');
  expect(await led(good)).toBe(clientId);
});
