// People the platform does not name, and people who come to see the progress of others.
import { describe, expect, test } from '@jest/globals';
import { lti } from './fake-platform.ts';
import { choice, launchOf, platform, review, withClaims, without } from './launch-bench.ts';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

describe('an anonymous launch', () => {
  test('is a guest whom the caller may refuse (lti.md 42; cert 6.1.1-12)', async () => {
    const absent = await launchOf(without('sub'));
    expect(absent).toMatchObject({ person: { subject: null }, role: 'guest' });
    expect(await launchOf(withClaims({ sub: null }))).toEqual(absent);
  });

  test('is never more than a guest, whatever roles it claims and whatever it is for (lti.md 42)', async () => {
    const roles = ['Instructor', 'Administrator', 'Mentor', `${membership}#Instructor`];
    for (const message of [choice, review]) {
      const anonymous = { ...message, sub: undefined, [lti('roles')]: roles };
      expect(await launchOf(platform.sign(anonymous))).toMatchObject({ role: 'guest', person: { subject: null } });
    }
    const mentor = { sub: undefined, [lti('roles')]: ['Mentor'], [lti('role_scope_mentor')]: ['4'] };
    expect(await launchOf(withClaims(mentor))).toMatchObject({ role: 'guest', menteeSubjects: [] });
  });
});

test.each<[string, unknown, string | null]>([
  ['a number', { person_sourcedid: ' 391261100001 ' }, '391261100001'],
  ['a number that was written as one', { person_sourcedid: 391261100001 }, '391261100001'],
  ['that there is none', { person_sourcedid: '' }, ''],
  ['nothing in the claim', { course_section_sourcedid: 'x' }, null],
  ['null', { person_sourcedid: null }, null],
  ['no claim', undefined, null],
  ['something else', [], null],
  ['something endless', { person_sourcedid: '9'.repeat(256) }, null],
  ['what no database takes', { person_sourcedid: '39\u0000\ud800' }, '39'],
])('who comes with %s is known to the institution so', async (_what, lis, expected) => {
  expect(await launchOf(withClaims({ [lti('lis')]: lis }))).toMatchObject({ person: { sourcedId: expected } });
});

describe('a mentor', () => {
  const menteesOf = async (mentees: unknown, roles: unknown = [`${membership}#Mentor`]) =>
    (await launchOf(withClaims({ [lti('roles')]: roles, [lti('role_scope_mentor')]: mentees }))).menteeSubjects;

  test('is named for students, each once (lti.md 47)', async () => {
    expect(await menteesOf(['4', '5', '4'])).toEqual(['4', '5']);
    expect(await menteesOf(['4'], [`${membership}/Mentor#Tutor`])).toEqual(['4']);
  });

  test('may be named for nobody (lti.md 47)', async () => {
    expect(await menteesOf([])).toEqual([]);
    expect(await menteesOf(undefined)).toEqual([]);
    expect(await menteesOf('4')).toEqual([]);
  });

  test('is named for no more than 100, and only by what can be a subject (lti.md 47)', async () => {
    const many = Array.from({ length: 150 }, (_, index) => `student-${index}`);
    expect(await menteesOf(many)).toEqual(many.slice(0, 100));
    expect(await menteesOf(['', 4, null, 'x'.repeat(256), '4\0', ['4'], 'x'.repeat(255)])).toEqual(['x'.repeat(255)]);
  });

  test('is who comes as one: nobody else is given students to look at (lti.md 47)', async () => {
    for (const roles of [[], ['Learner'], ['Instructor'], ['Mentor', 'Learner']]) {
      expect(await menteesOf(['4'], roles)).toEqual([]);
    }
  });
});
