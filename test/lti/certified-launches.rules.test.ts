// The valid launches of the LTI Advantage certification guide: nine as a teacher, nine as a student.
import { describe, expect, test } from '@jest/globals';
import type { Claims } from './fake-platform.ts';
import { lti } from './fake-platform.ts';
import { good, launchOf, platform } from './launch-bench.ts';

describe('the nine valid launches of the certification guide', () => {
  const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
  const nameClaims = ['name', 'given_name', 'family_name'];
  const institution = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor';

  describe.each([
    ['Instructor', 'instructor', '6.1.2'],
    ['Learner', 'learner', '6.1.3'],
  ])('%s', (role, ours, section) => {
    const full = `${membership}#${role}`;
    const launches: [string, Claims, string[], string][] = [
      ['full', {}, [], ours],
      ['multiple roles', { [lti('roles')]: [institution, full, `${membership}#Mentor`] }, [], ours],
      ['short role', { [lti('roles')]: [role] }, [], ours],
      ['unknown role', { [lti('roles')]: ['http://lms.example/roles#Unknown'] }, [], 'guest'],
      ['no role', { [lti('roles')]: [] }, [], 'guest'],
      ['e-mail only', {}, nameClaims, ours],
      ['names only', {}, ['email'], ours],
      ['no personal data', {}, [...nameClaims, 'email'], ours],
      ['e-mail without context', {}, [...nameClaims, lti('context')], ours],
    ];

    const numbered = launches.map(
      ([what, ...rest], index) => [`${what} (cert ${section}-${index + 1})`, ...rest] as const,
    );

    test.each(numbered)('%s', async (_, changed, dropped, expected) => {
      const claims = { ...good, [lti('roles')]: [full], ...changed };
      const kept = Object.fromEntries(Object.entries(claims).filter(([name]) => !dropped.includes(name)));
      const launch = await launchOf(platform.sign(kept));
      expect(launch.role).toBe(expected);
      expect(launch.person.email).toBe(dropped.includes('email') ? null : 'student1@example.com');
      expect(launch.person.name).toBe(dropped.includes('name') ? null : 'Aziz Rahimov');
      expect(launch.course?.id ?? null).toBe(dropped.includes(lti('context')) ? null : '2');
    });
  });
});
