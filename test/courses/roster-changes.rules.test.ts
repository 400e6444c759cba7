// What an LMS's list of people may change and what it may not, whatever it says, in whatever pages and order.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rosterChanges, type KnownMember, type RosterChanges } from '../../src/courses/roster-changes.ts';
import { courseRoleOf, type CourseRole } from '../../src/lti/roles.ts';
import { readRoster, type RosterMember } from '../../src/lti/roster.ts';
import { answering, now } from '../lti/fake-platform.ts';

const membershipsUrl = 'https://lms.example/memberships';
const startedAt = now;
const later = (ms: number) => new Date(startedAt.getTime() + ms);

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const roleNames = [
  ...['Instructor', 'Learner', 'TeachingAssistant', 'ContentDeveloper', 'Mentor', 'Administrator', 'instructor', ''],
  ...[`${membership}#Instructor`, `${membership}#Learner`, `${membership}/Learner#Instructor`, `${membership}#Mentor`],
  ...[
    `${membership}/Instructor#TeachingAssistant`,
    'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Faculty',
  ],
  'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
];
const courseRoles: CourseRole[] = ['instructor', 'assistant', 'author', 'learner', 'mentor', 'guest'];

/** Nine people, of whom the LMS lists some, and some are known here. */
const subject = fc.constantFrom(...'abcdefghi');
const entry = fc.record({
  user_id: subject,
  roles: fc.array(fc.constantFrom(...roleNames), { maxLength: 3 }),
  status: fc.constantFrom('Active', 'Inactive', 'Deleted', undefined),
});
const moment = (...offsets: number[]) => fc.constantFrom(null, ...offsets.map(later));
const known = fc
  .uniqueArray(
    fc.record({
      subject: fc.option(subject),
      isTestUser: fc.boolean(),
      role: fc.constantFrom(...courseRoles),
      launchedAt: moment(-60_000, 0, 60_000),
      isActive: fc.boolean(),
      rosterSeenAt: moment(-60_000, 0),
    }),
    { selector: (one) => one.subject ?? Symbol() },
  )
  .map((people): KnownMember[] => people.map((one, index) => ({ personId: index + 1, ...one })));

/** A list as it comes over the wire, cut into pages. */
const paged = fc.tuple(fc.array(entry), fc.integer({ min: 1, max: 5 }));

type Entry = typeof entry extends fc.Arbitrary<infer One> ? One : never;

async function read([entries, size]: [Entry[], number]): Promise<RosterMember[]> {
  const fetch = answering(({ url }) => {
    const from = Number(new URL(url).searchParams.get('from') ?? 0);
    const next = from + size < entries.length ? `<${membershipsUrl}?from=${from + size}>; rel="next"` : '';
    return Response.json({ members: entries.slice(from, from + size) }, { headers: { link: next } });
  });
  const outcome = await readRoster({ fetch, now: () => now }, { token: 'token', membershipsUrl });
  if (outcome.kind !== 'read') throw new Error(outcome.detail);
  return outcome.members;
}

/** Checks something that holds for every list and everybody known. */
function always(check: (known: KnownMember[], members: RosterMember[], changes: RosterChanges) => void) {
  return fc.assert(
    fc.asyncProperty(known, paged, async (people, list) => {
      const members = await read(list);
      check(people, members, rosterChanges(people, members, startedAt));
    }),
  );
}

const byId = (people: KnownMember[], id: number) => people.find(({ personId }) => personId === id);

describe('Whatever list an LMS sends', () => {
  test('a role that a launch gave is neither raised nor lowered by it (lti.md 114)', async () => {
    await always((people, _members, { seen }) => {
      for (const { personId, role } of seen) {
        const before = byId(people, personId);
        if (before?.launchedAt) expect(role).toBe(before.role);
      }
    });
  });

  test('nobody gets a role out of it that its own words do not give (lti.md 114)', async () => {
    await always((people, members, { joining, seen }) => {
      const listed = new Map(members.map((member) => [member.subject, courseRoleOf(member.roles)]));
      for (const { subject, role } of joining) expect(role).toBe(listed.get(subject));
      for (const { personId, role } of seen) {
        const before = byId(people, personId);
        if (before?.launchedAt === null) expect(role).toBe(listed.get(before.subject ?? ''));
      }
    });
  });

  test('it says nothing of a launch, without which there is no right at all', async () => {
    await always((_people, _members, { joining, seen }) => {
      for (const change of joining) expect(Object.keys(change).sort()).toEqual(['isActive', 'role', 'subject']);
      for (const change of seen) expect(Object.keys(change).sort()).toEqual(['isActive', 'personId', 'role']);
    });
  });

  test('everybody known is kept: each is still there, or marked missing, or left alone (lti.md 112)', async () => {
    await always((people, members, { joining, seen, missing }) => {
      const touched = [...seen.map(({ personId }) => personId), ...missing];
      expect(new Set(touched).size).toBe(touched.length);
      for (const id of touched) expect(byId(people, id)).toBeDefined();
      const subjects = people.map(({ subject }) => subject);
      for (const { subject } of joining) expect(subjects).not.toContain(subject);
      expect(joining.length + seen.length).toBe(members.length);
    });
  });

  test('missing is exactly who was active, must be in every list, is not in this one and has not launched since', async () => {
    await always((people, members, { missing }) => {
      const listed = members.map(({ subject }) => subject);
      const expected = people
        .filter(({ subject }) => subject !== null && !listed.includes(subject))
        .filter(({ isActive, isTestUser, role }) => isActive && !isTestUser && role !== 'mentor')
        .filter(({ launchedAt }) => launchedAt === null || launchedAt < startedAt);
      expect(missing).toEqual(expected.map(({ personId }) => personId));
    });
  });

  test('who launched after it was asked for stays as that launch left them', async () => {
    await always((people, _members, { seen }) => {
      for (const { personId, isActive } of seen) {
        const before = byId(people, personId);
        if (before?.launchedAt && before.launchedAt >= startedAt) expect(isActive).toBe(before.isActive);
      }
    });
  });

  test('its order and its pages change nothing', async () => {
    const twice = fc
      .array(entry)
      .chain((entries) =>
        fc.tuple(
          fc.tuple(fc.constant(entries), fc.integer({ min: 1, max: 5 })),
          fc.tuple(fc.shuffledSubarray(entries, { minLength: entries.length }), fc.integer({ min: 1, max: 5 })),
        ),
      );
    await fc.assert(
      fc.asyncProperty(known, twice, async (people, [one, other]) => {
        const first = rosterChanges(people, await read(one), startedAt);
        const second = rosterChanges(people, await read(other), startedAt);
        expect(sorted(second)).toEqual(sorted(first));
      }),
    );
  });

  test('one that was asked for before the last one that came changes nobody', async () => {
    await always((people, members) => {
      const newer = { ...nobody, personId: 100, subject: 'newer', rosterSeenAt: later(1) };
      expect(rosterChanges([...people, newer], members, startedAt)).toEqual({ joining: [], seen: [], missing: [] });
    });
  });
});

const nobody: KnownMember = {
  ...{ personId: 1, subject: 'a', isTestUser: false, role: 'learner', isActive: true },
  launchedAt: later(-60_000),
  rosterSeenAt: null,
};

test('A suspended student becomes inactive, and active again when the LMS lists them so', () => {
  const said = (isActive: boolean, before: boolean) => {
    const member = { subject: 'a', roles: ['Learner'], isActive, name: null, givenName: null, familyName: null };
    return rosterChanges([{ ...nobody, isActive: before }], [{ ...member, email: null, sourcedId: null }], startedAt)
      .seen;
  };
  expect(said(false, true)).toEqual([{ personId: 1, role: 'learner', isActive: false }]);
  expect(said(true, false)).toEqual([{ personId: 1, role: 'learner', isActive: true }]);
});

function sorted({ joining, seen, missing }: RosterChanges) {
  return {
    joining: [...joining].sort((one, other) => (one.subject < other.subject ? -1 : 1)),
    seen,
    missing,
  };
}
