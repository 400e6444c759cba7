// An LMS that lies, hangs, floods us or lives where we must not go is not believed: a clear page, and nothing stored.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { expectRefusal } from '../support/refusals.ts';
import { flood, page, redirect } from './registration-lms.ts';
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

describe('an LMS is not believed', () => {
  test.each([
    ['that says it is another one', () => ({ issuer: 'https://moodle.example' }), [400, 'issuer-mismatch']],
    ['that says it is another one on this host', () => ({ issuer: 'http://127.0.0.1:1' }), [400, 'issuer-mismatch']],
    [
      'whose tokens come from a private network',
      () => ({ token_endpoint: 'https://10.0.0.1/t' }),
      [400, 'endpoint-refused'],
    ],
    [
      'whose keys are those of the machine room',
      () => ({ jwks_uri: 'https://169.254.169.254/' }),
      [400, 'endpoint-refused'],
    ],
    [
      'that registers without https',
      () => ({ registration_endpoint: 'http://lms.example/r' }),
      [400, 'endpoint-refused'],
    ],
    ['whose name no database keeps', () => ({ issuer: `${visits.lms.url}/\0` }), [424, 'configuration-malformed']],
    [
      'whose addresses go over two lines',
      () => ({ jwks_uri: `${visits.lms.url}/jw\nks` }),
      [424, 'configuration-malformed'],
    ],
    ['that has no keys', () => ({ jwks_uri: undefined }), [424, 'configuration-malformed']],
  ] as const)('%s (lti.md 119)', async (_, changed, [status, code]) => {
    Object.assign(visits.lms.configuration, changed());
    expectRefusal(await visits.leavesNothing(() => visits.open()), [status, code], [visits.secret, token]);
  });

  test.each([
    ['in a private network', 'https://192.168.1.1/configuration'],
    ['on the machine’s own metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['under a name that leads inside', 'https://inside.example/configuration'],
    ['without https', 'http://lms.example/configuration'],
    ['with a password in it', 'https://a:b@lms.example/configuration'],
    ['that is a file', 'file:///etc/passwd'],
    ['that is none', 'configuration'],
  ])('%s (lti.md 118)', async (_, address) => {
    expectRefusal(
      await visits.leavesNothing(() => visits.open({ configurationUrl: address })),
      [400, 'configuration-address-refused'],
      [visits.secret, token],
    );
  });

  test('that answers with a page, with an error, with 50 MB, or by sending us elsewhere', async () => {
    visits.lms.onConfiguration = page(200, '<html>Please sign in</html>');
    const shown = await visits.leavesNothing(() => visits.open());
    expectRefusal(shown, [424, 'configuration-malformed'], [visits.secret, token]);
    expect(shown.$('.copy').text()).toContain('<html>Please sign in</html>');
    visits.lms.onConfiguration = page(503, 'Maintenance');
    expectRefusal(await visits.leavesNothing(() => visits.open()), [424, 'configuration-unreachable']);
    visits.lms.onConfiguration = flood;
    expectRefusal(await visits.leavesNothing(() => visits.open()), [424, 'configuration-malformed']);
    visits.lms.onConfiguration = redirect(`${visits.lms.url}/other`);
    expectRefusal(await visits.leavesNothing(() => visits.open()), [424, 'configuration-unreachable']);
    expect(visits.lms.tokens.map(({ path }) => path)).not.toContain('/other');
  });

  test('that hangs', async () => {
    fakeDeadlines();
    visits.lms.onConfiguration = hang;
    expectRefusal(await visits.leavesNothing(() => visits.open()), [424, 'configuration-unreachable']);
  });
});
