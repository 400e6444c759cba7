// Who is in a course, in every form in which an LMS may say so; and who a launch says they are.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/practice/state.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { mediaTypes, type ServiceClient, serviceClient } from './service-client.ts';
import { launchAs, type Practice, robotOf, startPractice } from './support.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const path = '/CourseSection/2/bindings/1/memberships';

interface Members {
  members: { user_id: string; status: string; roles: string[]; name?: string; email?: string; message?: object[] }[];
}

let practice: Practice;
let client: ServiceClient;
const start = async (quirks: 'moodle' | 'spec'): Promise<void> => {
  practice = await startPractice({ quirks });
  client = await serviceClient(practice);
};
afterEach(() => practice.close());

const members = async (query = ''): Promise<Members['members']> =>
  ((await client.get(`${path}${query}`, mediaTypes.members)).body as Members).members;

/** Somebody new of that role, and how roster and launch call them. */
async function rolesOf(role: Role): Promise<{ roster: string[] | undefined; launch: unknown; id: string }> {
  const { id } = practice.lms.addPerson({ givenName: 'Lola', familyName: 'Aliyeva' });
  practice.lms.enrol(id, sample.physics.course, role);
  const roster = (await members()).find((member) => member.user_id === id)?.roles;
  const launch: unknown = (await launchAs(practice, id, sample.physics.mechanics))[claim('roles')];
  return { roster, launch, id };
}

describe('in Moodle', () => {
  beforeEach(() => start('moodle'));

  test('an unknown role lists everybody, a known one its own (lti.md 111)', async () => {
    expect(await members('?role=Mentor')).toHaveLength(5);
    expect(await members('?role=Instructor')).toHaveLength(1);
  });

  test('who is suspended is left out, cannot launch and cannot be graded', async () => {
    practice.lms.suspend(sample.aziz, sample.physics.course);
    expect((await members()).map(({ user_id: id }) => id)).not.toContain(sample.aziz);
    const robot = await robotOf(practice, sample.aziz);
    expect((await robot.open(practice.lms.activityUrl(sample.physics.mechanics))).status).toBe(404);
    expect((await client.sendScore()).status).toBe(400);
    practice.lms.suspend(sample.aziz, sample.physics.course, false);
    expect((await client.sendScore()).status).toBe(200);
  });

  test('an assistant is a learner here and an instructor at launch (lti.md 114)', async () => {
    expect(await rolesOf('assistant')).toMatchObject({ roster: ['Learner'], launch: [`${membership}#Instructor`] });
  });

  test('names and addresses are told as the administrator set it', async () => {
    for (const tool of practice.lms.state.tools) Object.assign(tool, { sharesName: false, sharesEmail: false });
    const [first] = await members();
    expect([first?.user_id, first?.name, first?.email]).toEqual([sample.dilnoza, undefined, undefined]);
  });

  test('of a resource link, members carry what its launch would say (lti.md 113)', async () => {
    Object.assign(practice.lms.state.activities[0]?.custom ?? {}, { who: '$Person.name.given' });
    const [first] = await members('?rlid=1');
    expect(first?.message).toMatchObject([{ [claim('custom')]: { who: 'Dilnoza' } }]);
  });

  test('another tool’s binding is not for this token', async () => {
    expect((await client.get('/CourseSection/2/bindings/2/memberships', mediaTypes.members)).status).toBe(401);
  });

  test('a test sends one page of its own, and the next is right again', async () => {
    practice.lms.nextRosterPage = ({ headers, body }) => ({
      status: 203,
      headers: { ...headers, Link: '<https://evil.example/>; rel="next"' },
      body: { ...body, members: [] },
    });
    const broken = await client.get(path, mediaTypes.members);
    expect([broken.status, broken.link, (broken.body as Members).members]).toEqual([
      203,
      '<https://evil.example/>; rel="next"',
      [],
    ]);
    expect(await members()).toHaveLength(5);
  });
});

describe('in an LMS that keeps to the specification', () => {
  beforeEach(() => start('spec'));

  test('the next page keeps the role, which may be short or whole; nobody has an unknown one', async () => {
    const learner = encodeURIComponent(`${membership}#Learner`);
    const first = await client.get(`${path}?role=${learner}&limit=2`, mediaTypes.members);
    expect(first.link).toBe(`<${practice.url}/mod/lti/services.php${path}?role=${learner}&limit=2&from=2>; rel="next"`);
    expect(await members('?role=Learner')).toHaveLength(4);
    expect(await members('?role=Nobody')).toEqual([]);
  });

  test('who is suspended is listed as Inactive (lti.md 110)', async () => {
    practice.lms.suspend(sample.aziz, sample.physics.course);
    const aziz = (await members()).find(({ user_id: id }) => id === sample.aziz);
    expect(aziz).toMatchObject({ status: 'Inactive', roles: [`${membership}#Learner`] });
  });

  test.each<[Role, string[]]>([
    [
      'assistant',
      ['http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant', `${membership}#Instructor`],
    ],
    ['author', [`${membership}#ContentDeveloper`]],
    ['mentor', [`${membership}#Mentor`]],
    ['guest', []],
  ])('%s', async (role, uris) => {
    expect(await rolesOf(role)).toMatchObject({ roster: uris, launch: uris });
  });

  test('a mentor comes with whom they look after, and sees their grades (lti.md 47)', async () => {
    const { id } = await rolesOf('mentor');
    practice.lms.setMentees(id, sample.physics.course, [sample.aziz]);
    const claims = await launchAs(practice, id, sample.physics.mechanics);
    expect(claims[claim('role_scope_mentor')]).toEqual([sample.aziz]);
    const robot = await robotOf(practice, id);
    const { $ } = await robot.open(`${practice.url}/courses/${sample.physics.course}/grades`);
    expect(
      $('tbody tr')
        .toArray()
        .map((row) => $(row).attr('data-person')),
    ).toEqual([sample.aziz]);
  });

  test('an assistant grades and does not edit, an author the other way round', async () => {
    const pages = async (role: Role): Promise<number[]> => {
      const { id } = await rolesOf(role);
      const robot = await robotOf(practice, id);
      const urls = [`${practice.url}/courses/2/grades/2/4`, practice.lms.deepLinkUrl(sample.physics.course)];
      return [(await robot.open(urls[0] ?? '')).status, (await robot.open(urls[1] ?? '')).status];
    };
    expect(await pages('assistant')).toEqual([200, 404]);
    expect(await pages('author')).toEqual([404, 200]);
  });
});
