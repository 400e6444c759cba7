// How a login goes on to the LMS: what it said comes back to it to the letter.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { ask, type Question } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const hints = {
  login_hint: 'Aziz+Rahimov %20&=#/ʻʼ "quoted" \\ {"a":1}',
  lti_message_hint: '{"cmid":2,"launchid":"ltilaunch1_531407225"}',
};
const headers = { cookie: '__Host-browser=secret' };

function loginFields() {
  const { issuer, clientId } = mustaqil.lms.registration;
  return { iss: issuer, client_id: clientId, target_link_uri: `${mustaqil.url}/lti/launch`, ...hints };
}

async function ledTo(path: string, question: Question = {}): Promise<URL> {
  const answer = await ask(`${mustaqil.url}${path}`, { headers, ...question });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

test('a login by form and one by address lead to the same question', async () => {
  const fields = loginFields();
  const byForm = await ledTo('/lti/login', { form: fields });
  const byAddress = await ledTo(`/lti/login?${new URLSearchParams(fields).toString()}`);
  for (const { searchParams } of [byForm, byAddress]) {
    const { state = '', nonce = '', ...rest } = Object.fromEntries(searchParams);
    expect(rest).toEqual({
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: fields.client_id,
      redirect_uri: `${mustaqil.url}/lti/launch`,
      ...hints,
    });
    expect([state.length > 100, nonce.length]).toEqual([true, 43]);
  }
  expect(byForm.searchParams.get('state')).not.toBe(byAddress.searchParams.get('state'));
  expect(byForm.searchParams.get('nonce')).not.toBe(byAddress.searchParams.get('nonce'));
});

test('the first visit, which sets the cookie, loses nothing of the hints on its way round', async () => {
  const first = await ask(`${mustaqil.url}/lti/login`, { form: loginFields() });
  expect(first.status).toBe(303);
  const cookie = first.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  const second = await ledTo(first.headers.get('location') ?? '', { headers: { cookie } });
  expect(Object.fromEntries(second.searchParams)).toMatchObject(hints);
});

test('where the person is to come back to is ours to say, not that of the login', async () => {
  const evil = 'https://evil.example/lti/launch';
  const led = await ledTo('/lti/login', { form: { ...loginFields(), target_link_uri: evil, redirect_uri: evil } });
  expect(led.searchParams.get('redirect_uri')).toBe(`${mustaqil.url}/lti/launch`);
});

test('an authorization address that has a query keeps it', async () => {
  const { db, clock } = mustaqil;
  const details = {
    name: 'LMS of a cloud',
    issuer: 'https://cloud.example',
    clientId: 'tenant-5',
    deploymentId: '1',
    authorizationUrl: 'https://cloud.example/auth?tenant=5&path=%2Fa%20b',
    tokenUrl: 'https://cloud.example/token',
    tokenAudience: 'https://cloud.example/token',
    jwksUrl: 'https://cloud.example/jwks',
  };
  await savePlatform(db, details, { sealingKey: testKeys.toolKeys, now: clock.now() });
  const led = await ledTo('/lti/login', { form: { ...loginFields(), iss: details.issuer, client_id: 'tenant-5' } });
  expect(led.href.startsWith(`${details.authorizationUrl}&scope=openid&`)).toBe(true);
  expect(Object.fromEntries(led.searchParams)).toMatchObject({ tenant: '5', path: '/a b', ...hints });
});
