// Where a launch says that the members of its course are listed.
import { expect, test } from '@jest/globals';
import { lti, rosterClaim } from './fake-platform.ts';
import { launchOf, verify, withClaims } from './launch-bench.ts';

const url = 'https://moodle.example/mod/lti/services.php/CourseSection/2/bindings/1/memberships?x=1';

const claims: [what: string, claim: unknown, expected: string | null][] = [
  ['in version 2.0', { context_memberships_url: url, service_versions: ['2.0'] }, url],
  ['in many versions', { context_memberships_url: url, service_versions: ['1.0', 3, '2.0', '4.0'] }, url],
  ['in a version it does not say', { context_memberships_url: url }, url],
  ['in a version that is null', { context_memberships_url: url, service_versions: null }, url],
  ['in no version', { context_memberships_url: url, service_versions: [] }, null],
  ['in another version only', { context_memberships_url: url, service_versions: ['1.0', '2.1'] }, null],
  ['nowhere', { service_versions: ['2.0'] }, null],
  ['at no address', { context_memberships_url: 'memberships', service_versions: ['2.0'] }, null],
  ['at a script', { context_memberships_url: 'javascript:alert(1)', service_versions: ['2.0'] }, null],
  ['without TLS', { context_memberships_url: url.replace('https', 'http') }, null],
  ['by text', url, null],
];

test.each(claims)('a roster %s (lti.md 10, 43, 108)', async (_, claim, expected) => {
  expect((await launchOf(withClaims({ [rosterClaim]: claim }))).rosterUrl).toBe(expected);
});

test('a roster without TLS is read on a machine under development (lti.md 10)', async () => {
  const roster = 'http://localhost:3001/memberships';
  const target = { [lti('target_link_uri')]: 'http://localhost:3000/' };
  const token = await withClaims({ ...target, [rosterClaim]: { context_memberships_url: roster } });
  expect(await verify(token, { toolOrigin: 'http://localhost:3000' })).toMatchObject({ launch: { rosterUrl: roster } });
});
