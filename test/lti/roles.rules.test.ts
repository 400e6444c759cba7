// Who is a teacher of this course, and who only looks like one. The table of roles is written out here once more, so that
// neither copy can change alone.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CourseRole } from '../../src/lti/roles.ts';
import { courseRoleOf, isTestUser } from '../../src/lti/roles.ts';

const vocabulary = 'http://purl.imsglobal.org/vocab/lis/v2';
const context = (role: string): string => `${vocabulary}/membership#${role}`;
const sub = (principal: string, role: string): string => `${vocabulary}/membership/${principal}#${role}`;
const subs = (principal: string, ...roles: string[]): string[] => roles.map((role) => sub(principal, role));

/** Lowest first. */
const order: CourseRole[] = ['guest', 'mentor', 'learner', 'author', 'assistant', 'instructor'];

/** What each role alone makes of a person. */
const table: Record<Exclude<CourseRole, 'guest'>, string[]> = {
  instructor: [
    ...['Instructor', 'Administrator', context('Instructor'), context('Administrator')],
    ...subs('Instructor', 'ExternalInstructor', 'GuestInstructor', 'Lecturer'),
    ...subs('Instructor', 'PrimaryInstructor', 'SecondaryInstructor'),
  ],
  assistant: [
    ...['TeachingAssistant', context('TeachingAssistant')],
    ...subs('Instructor', 'Grader', 'TeachingAssistant', 'TeachingAssistantGroup', 'TeachingAssistantOffering'),
    ...subs('Instructor', 'TeachingAssistantSection', 'TeachingAssistantSectionAssociation'),
    ...subs('Instructor', 'TeachingAssistantTemplate'),
  ],
  author: [
    ...['ContentDeveloper', context('ContentDeveloper')],
    ...subs('ContentDeveloper', 'ContentDeveloper', 'ContentExpert', 'ExternalContentExpert', 'Librarian'),
  ],
  learner: [
    ...['Learner', context('Learner')],
    ...subs('Learner', 'ExternalLearner', 'GuestLearner', 'Instructor', 'Learner', 'NonCreditLearner'),
  ],
  mentor: [
    ...['Mentor', context('Mentor')],
    ...subs('Mentor', 'Advisor', 'Auditor', 'ExternalAdvisor', 'ExternalAuditor', 'ExternalLearningFacilitator'),
    ...subs('Mentor', 'ExternalMentor', 'ExternalReviewer', 'ExternalTutor', 'LearningFacilitator', 'Mentor'),
    ...subs('Mentor', 'Reviewer', 'Tutor'),
  ],
};

const roleOf = new Map<string, CourseRole>(
  order.flatMap((role) => (role === 'guest' ? [] : table[role].map((name): [string, CourseRole] => [name, role]))),
);
const principalInstructor = ['Instructor', context('Instructor')];

test.each([...roleOf])('%s alone is %s (lti.md 45)', (name, expected) => {
  expect(courseRoleOf([name])).toBe(expected);
});

const people: [who: string, claimed: string[], CourseRole][] = [
  ['a teacher who also learns', [context('Learner'), 'Instructor'], 'instructor'],
  ['an assistant, named with the principal role', [context('Instructor'), sub('Instructor', 'Grader')], 'assistant'],
  ['an assistant by short names', ['Instructor', 'TeachingAssistant'], 'assistant'],
  [
    'a lecturer who also assists',
    [context('Instructor'), sub('Instructor', 'TeachingAssistant'), sub('Instructor', 'Lecturer')],
    'instructor',
  ],
  ['an administrator who also assists', ['Administrator', sub('Instructor', 'TeachingAssistant')], 'instructor'],
  ['a student who assists', ['Learner', sub('Instructor', 'TeachingAssistant')], 'assistant'],
  ['a student who writes content', ['ContentDeveloper', 'Learner'], 'author'],
  ['a student who is a mentor', ['Mentor', 'Learner'], 'learner'],
  ['a student named as helping to teach', [sub('Learner', 'Instructor')], 'learner'],
  ['a teacher of the institution', [`${vocabulary}/institution/person#Instructor`], 'guest'],
  ['an administrator of the institution', [`${vocabulary}/institution/person#Administrator`], 'guest'],
  ['an administrator of the system', [`${vocabulary}/system/person#Administrator`], 'guest'],
  ['a mere member', ['Member', context('Member'), context('Officer'), sub('Manager', 'Manager')], 'guest'],
  ['a sub-role nobody defined', [sub('Instructor', 'TeachingAssistantAnything')], 'guest'],
  ['another scheme', ['https://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'], 'guest'],
  ['an unknown role', ['http://lms.example/roles#Rector'], 'guest'],
  ['nobody in particular', [], 'guest'],
];

test.each(people)('%s (lti.md 41, 45)', (_, claimed, expected) => {
  expect(courseRoleOf(claimed)).toBe(expected);
});

describe('no list of roles gives more than the table says', () => {
  const known = fc.constantFrom(...roleOf.keys());
  const affix = fc.oneof(
    fc.constantFrom('', ' ', '\n', '\0', '/', '#', '\u200b', `${vocabulary}/membership#`),
    known,
    fc.string({ maxLength: 3 }),
  );
  /** Something like a role, and none: other case, something before or behind it, another vocabulary. */
  const lookalike = fc
    .oneof(
      known.map((name) => name.toUpperCase()),
      known.map((name) => name.toLowerCase()),
      fc.tuple(affix, known, affix).map((parts) => parts.join('')),
      known.map((name) => name.replace('/membership', '/institution/person')),
      known.map((name) => name.replace('/membership', '/system/person')),
      known.map((name) => `urn:lti:role:ims/lis/${name}`),
      known.map((name) => name.replace('#', '/')),
      fc.string(),
    )
    .filter((name) => !roleOf.has(name));

  test('whatever only looks like a role changes nothing (lti.md 41, 45)', () => {
    fc.assert(
      fc.property(fc.array(lookalike), fc.array(known, { maxLength: 3 }), (lookalikes, names) => {
        expect(courseRoleOf(lookalikes)).toBe('guest');
        expect(courseRoleOf([...lookalikes, ...names])).toBe(courseRoleOf(names));
      }),
      { numRuns: 1_000 },
    );
  });

  test('of several roles the highest counts, but an assistant stays one beside plain Instructor (lti.md 45)', () => {
    fc.assert(
      fc.property(fc.array(known, { minLength: 1 }), (names) => {
        const isAssistant = names.some((name) => roleOf.get(name) === 'assistant');
        const counted = names.filter((name) => !(isAssistant && principalInstructor.includes(name)));
        const highest = Math.max(...counted.map((name) => order.indexOf(roleOf.get(name) ?? 'guest')));
        expect(courseRoleOf(names)).toBe(order[highest]);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('only the system role TestUser, written in full, is a test student (lti.md 46)', () => {
  expect(isTestUser(['Learner', 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'])).toBe(true);
  expect(isTestUser(['TestUser', context('TestUser')])).toBe(false);
});
