// The roster (obligations 108-115): who is in a course, whatever shape the platform gives them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { courseRoleOf } from '../../src/lti/roles.ts';
import type { RosterMember } from '../../src/lti/roster.ts';
import { readRoster } from '../../src/lti/roster.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, now, recordedAnswer } from './fake-platform.ts';

const membershipsUrl = 'https://moodle.example/mod/lti/services.php/CourseSection/2/bindings/1/memberships';
const token = 'token-of-the-tool';
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

async function read(answer: () => Response, asked: { membershipsUrl?: string; role?: string; limit?: number } = {}) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  const outcome = await readRoster({ fetch, now: () => now }, { token, membershipsUrl, ...asked });
  return { outcome, members: outcome.kind === 'read' ? outcome.members : null, sent };
}

const container = (...members: unknown[]) => {
  return () => new Response(JSON.stringify({ id: membershipsUrl, context: { id: '2' }, members }));
};

const nobody: RosterMember = {
  subject: '1',
  roles: ['Learner'],
  isActive: true,
  name: null,
  givenName: null,
  familyName: null,
  email: null,
  sourcedId: null,
};

describe('a roster', () => {
  test('is read as Moodle 5.1 gives it, under the exact media type (lti.md 108)', async () => {
    const { members, sent } = await read(recordedAnswer('nrps'));
    expect(members).toHaveLength(4);
    expect(members?.[0]).toEqual({
      subject: '3',
      roles: ['Instructor'],
      isActive: true,
      name: 'Dilnoza Karimova',
      givenName: 'Dilnoza',
      familyName: 'Karimova',
      email: 'teacher1@example.com',
      sourcedId: '',
    });
    expect(sent[0]?.headers.get('accept')).toBe('application/vnd.ims.lti-nrps.v2.membershipcontainer+json');
    expect(sent[0]?.url).toBe(membershipsUrl);
  });

  test('needs no more of a member than who they are and their roles (lti.md 109)', async () => {
    expect((await read(container({ user_id: '1', roles: ['Learner'] }))).members).toEqual([nobody]);
    const bare = { user_id: 1, roles: ['Learner'], name: null, given_name: '', email: {}, picture: 3 };
    expect((await read(container(bare))).members).toEqual([nobody]);
  });

  test.each([
    [undefined, true],
    [null, true],
    ['Active', true],
    ['Inactive', false],
    ['Deleted', false],
    ['inactive', false],
    ['Unheard-of', true],
  ])('takes a member of status %p for active: %p (lti.md 110)', async (status, isActive) => {
    expect((await read(container({ user_id: '1', roles: ['Learner'], status }))).members).toEqual([
      { ...nobody, isActive },
    ]);
  });

  test.each([
    ['391261100001', '391261100001'],
    ['', ''],
    [undefined, null],
    [null, null],
    [{}, null],
  ])('takes the institution’s number %p of a member for %p', async (lis_person_sourcedid, sourcedId) => {
    const { members } = await read(container({ user_id: '1', roles: ['Learner'], lis_person_sourcedid }));
    expect(members).toEqual([{ ...nobody, sourcedId }]);
  });

  test('leaves out a member that is none, and keeps the others', async () => {
    const broken = [
      null,
      'x',
      [],
      {},
      { user_id: '' },
      { user_id: null },
      { user_id: 'a\u0000' },
      { user_id: 'x'.repeat(256) },
    ];
    const { members } = await read(
      container(...broken, { user_id: '1', roles: ['Learner', 7, null] }, { user_id: '2' }),
    );
    expect(members).toEqual([nobody, { ...nobody, subject: '2', roles: [] }]);
  });

  test('has everybody once, with all their roles', async () => {
    const { members } = await read(
      container(
        { user_id: '1', roles: ['Learner'] },
        { user_id: '2', roles: [] },
        { user_id: '1', roles: ['Mentor'], status: 'Inactive' },
      ),
    );
    expect(members).toEqual([
      { ...nobody, roles: ['Learner', 'Mentor'] },
      { ...nobody, subject: '2', roles: [] },
    ]);
  });

  test('keeps long and strange names, but nothing that no database takes', async () => {
    const name = `‮${'Ўткир '.repeat(100)}<b>`;
    const { members } = await read(container({ user_id: '1', roles: ['a\u0000'], name: `${name}\u0000\ud800` }));
    expect(members).toEqual([{ ...nobody, roles: ['a'], name }]);
  });

  test.each([
    ['a page', () => new Response('<html>Sign in</html>')],
    ['a list', () => new Response('[]')],
    ['no members', () => new Response('{"id":"x"}')],
  ])('is unavailable when %s comes instead: nobody is taken for gone', async (_, answer) => {
    expect((await read(answer)).outcome).toMatchObject({ kind: 'unavailable', status: 200 });
  });

  test('over two pages is one, and none when the second does not come (lti.md 111, 112)', async () => {
    const pages = (second: () => Response) => {
      let calls = 0;
      const first = container({ user_id: '1', roles: ['Learner'] });
      return () => {
        calls += 1;
        if (calls > 1) return second();
        const response = first();
        response.headers.set(
          'link',
          `<${membershipsUrl}?from=1>; rel="next", <${membershipsUrl}?since=1>; rel="differences"`,
        );
        return response;
      };
    };
    expect((await read(pages(container({ user_id: '2' })))).members).toHaveLength(2);
    expect((await read(pages(() => new Response('', { status: 502 })))).outcome).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a roster asked for', () => {
  test('with filters keeps the query it has, and sends no limit unless told to (lti.md 111)', async () => {
    const url = 'https://lms.example/m?course=a%2Fb#x';
    const urlOf = async (asked: { role?: string; limit?: number }) =>
      (await read(container(), { membershipsUrl: url, ...asked })).sent[0]?.url;
    expect(await urlOf({})).toBe('https://lms.example/m?course=a%2Fb');
    expect(await urlOf({ role: `${membership}#Learner`, limit: 50 })).toBe(
      `https://lms.example/m?course=a%2Fb&role=${encodeURIComponent(`${membership}#Learner`)}&limit=50`,
    );
    expect((await read(container(), { role: 'Learner' })).sent[0]?.url).toBe(`${membershipsUrl}?role=Learner`);
  });

  test.each([['Learner'], [`${membership}#Learner`]])(
    'for %s has nobody else, though the platform sends everybody (lti.md 111)',
    async (role) => {
      const roles = [
        'Learner',
        `${membership}#Learner`,
        `${membership}/Learner#NonCreditLearner`,
        `${membership}/Learner#Instructor`,
        'Instructor',
        `${membership}#Instructor`,
        `${membership}/Instructor#TeachingAssistant`,
        'NotALearner',
        'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Learner',
      ];
      const everybody = roles.map((name, index) => ({ user_id: `${index}`, roles: [name] }));
      const { members } = await read(container(...everybody, { user_id: '9', roles: ['Instructor', 'Learner'] }), {
        role,
      });
      expect(members?.map(({ subject }) => subject)).toEqual(['0', '1', '2', '3', '9']);
    },
  );

  test('gives nobody a role that the platform did not (lti.md 114)', async () => {
    const role = fc.constantFrom('Learner', 'Instructor', `${membership}#Instructor`, 'Mentor', '', 5, null, {});
    const member = fc.record({ user_id: fc.constantFrom('1', '2', 3, ''), roles: fc.oneof(fc.array(role), role) });
    await fc.assert(
      fc.asyncProperty(fc.array(member), async (list) => {
        const { members } = await read(container(...list));
        for (const { subject, roles } of members ?? []) {
          const given = list.filter(({ user_id }) => `${user_id}` === subject).flatMap((entry) => entry.roles);
          expect(roles.every((name) => given.includes(name))).toBe(true);
          const isTeacher = given.some((name) => name === 'Instructor' || name === `${membership}#Instructor`);
          if (!isTeacher) expect(courseRoleOf(roles)).not.toBe('instructor');
        }
      }),
    );
  });
});
