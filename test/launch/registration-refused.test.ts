// An LMS that does not take the registration keeps its invite, and nothing of it is stored.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createInvite } from '../../src/platforms/invites.store.ts';
import type { Asked } from '../support/ask.ts';
import { expectRefusal } from '../support/refusals.ts';
import { configurationOf, flood, page, redirect, sendJson } from './registration-lms.ts';
import { fakeDeadlines, hang, startVisits, token, type Visits } from './registration-visits.ts';

let visits: Visits;
beforeAll(async () => {
  visits = await startVisits();
});
afterEach(() => {
  jest.useRealTimers();
  visits.lms.reset();
});
afterAll(() => visits.stop());

describe('an administrator has agreed, and the LMS', () => {
  let shown: Asked;
  beforeAll(async () => {
    shown = await visits.open();
    expect(shown.$('h1').text()).toContain('made-up');
  });

  test.each([
    ['refuses', () => page(400, 'domain_targetlinkuri_mismatch'), [424, 'registration-refused']],
    ['answers with a page', () => page(200, '<h1>Welcome</h1>'), [424, 'registration-malformed']],
    [
      'gives no client id',
      () => (_: unknown, res: Parameters<typeof sendJson>[0]) => sendJson(res, {}),
      [424, 'registration-malformed'],
    ],
    ['is down', () => page(502, 'Bad gateway'), [424, 'registration-unreachable']],
    ['sends 50 MB', () => flood, [424, 'registration-malformed']],
    ['sends us elsewhere', () => redirect(`${visits.lms.url}/other`), [424, 'registration-refused']],
  ] as const)('%s: the invite is good again, and nothing is stored', async (_, answer, [status, code]) => {
    visits.lms.onRegistration = answer();
    expectRefusal(await visits.leavesNothing(() => visits.connect(shown)), [status, code], [visits.secret, token]);
    expect(visits.lms.tokens.map(({ path }) => path)).not.toContain('/other');
  });

  test('says why, and its own words are shown as text (lti.md 124)', async () => {
    visits.lms.onRegistration = page(400, '<script>alert(1)</script> domain_targetlinkuri_mismatch');
    const refused = await visits.connect(shown);
    expect(refused.$('.copy').text()).toContain('<script>alert(1)</script> domain_targetlinkuri_mismatch');
    expect(refused.html).not.toContain('<script>alert');
  });

  test('hangs', async () => {
    fakeDeadlines();
    visits.lms.onRegistration = hang;
    expectRefusal(await visits.leavesNothing(() => visits.connect(shown)), [424, 'registration-unreachable']);
  });

  test('has become another one meanwhile: it is shown again before anything is sent', async () => {
    Object.assign(visits.lms.configuration, { jwks_uri: `${visits.lms.url}/other-keys` });
    const again = await visits.leavesNothing(() => visits.connect(shown));
    expect([again.status, again.$('[role=alert]').length]).toEqual([409, 1]);
    expect(visits.lms.tokens.map(({ path }) => path)).not.toContain('/registration');
    expect(again.$('input[name=digest]').val()).not.toBe(shown.$('input[name=digest]').val());
  });

  test('names hosts that are not its own: they are shown, and must be agreed to (lti.md 119)', async () => {
    Object.assign(visits.lms.configuration, { token_endpoint: 'https://auth.vendor.example/token' });
    const asked = await visits.open();
    expect(asked.$('.hosts li').text()).toBe('auth.vendor.example');
    const again = await visits.leavesNothing(() => visits.connect(asked));
    expect([again.status, again.$('[role=alert]').length]).toEqual([409, 1]);
    expect(visits.lms.tokens.map(({ path }) => path)).not.toContain('/registration');
    const done = await visits.connect(asked, { hosts: 'agreed' });
    expect([done.status, done.$('h1').text()]).toEqual([200, expect.stringContaining('KSU')]);
    expect(visits.lms.tokens).toContainEqual({ path: '/registration', authorization: `Bearer ${token}` });
  });
});

test('what an LMS says of itself becomes no markup, and its family no code', async () => {
  const { db, clock } = visits.mustaqil;
  const given = { name: '"><script>x</script>', needsApproval: false, lifetimeMs: 1000, now: clock.now() };
  const { secret } = await createInvite(db, given);
  visits.lms.configuration = {
    ...configurationOf(visits.lms.url),
    'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: '<b>constructor</b>' },
  };
  const shown = await visits.open({ secret });
  expect(shown.$('h1').text()).toContain('<b>constructor</b>');
  expect(shown.$('h1 b').length + shown.$('script').length).toBe(0);
  expect(shown.$('#name').val()).toBe('"><script>x</script>');
});
