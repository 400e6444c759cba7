// An LMS that waits for approval may show the page that says so, and no other page of ours.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listRegistrations, setRegistrationState } from '../../src/platforms/platform.store.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('the refusal stands in its frame, and is remembered by nobody', async () => {
  const { db, lms, url, lmsUrl } = mustaqil;
  const [registration] = await listRegistrations(db);
  await setRegistrationState(db, registration?.id ?? 0, 'pending');
  const login = { iss: lms.registration.issuer, login_hint: '4', target_link_uri: `${url}/lti/launch` };
  const page = await ask(`${url}/lti/login`, { form: login });
  expectRefusal(page, [403, 'registration-pending']);
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${lmsUrl}`);
  expect(page.headers.get('set-cookie') ?? '').not.toContain('__Host-platform');
});
