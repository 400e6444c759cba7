// What an unsigned login says of itself gets into no policy.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test.each([
  ['http://new.example', "'self' http://new.example"],
  ['http://x;script-src-elem', "'self'"],
  ["https://x,'none'", "'self'"],
  ['javascript:alert(1)', "'self'"],
])('Mallory, who says her LMS is %s, is framed by %s', async (iss, ancestors) => {
  const form = { iss, login_hint: '1', target_link_uri: `${mustaqil.url}/lti/launch` };
  const { status, headers } = await ask(`${mustaqil.url}/lti/login`, { form });
  expect(status).toBe(404);
  const policy = (headers.get('content-security-policy') ?? '').split('; ');
  expect(policy).toContain(`frame-ancestors ${ancestors}`);
  expect(policy.filter((directive) => directive.startsWith('script-src'))).toEqual(["script-src 'self'"]);
});
