// Obligations 41, 45, 46: who is a teacher of this course, and who only looks like one.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CourseRole } from '../../src/lti/roles.ts';
import { courseRoleOf, isTestUser } from '../../src/lti/roles.ts';

const vocabulary = 'http://purl.imsglobal.org/vocab/lis/v2';

const roles: [string, string[], CourseRole][] = [
  ['a teacher as Moodle names one', [`${vocabulary}/membership#Instructor`], 'instructor'],
  ['a teaching assistant', [`${vocabulary}/membership/Instructor#TeachingAssistant`], 'instructor'],
  ['a teacher by short name', ['Instructor'], 'instructor'],
  ['an administrator of the course', [`${vocabulary}/membership#Administrator`], 'instructor'],
  ['a student as Moodle names one', [`${vocabulary}/membership#Learner`], 'learner'],
  ['a student by short name', ['Learner'], 'learner'],
  ['a student who helps teaching', [`${vocabulary}/membership/Learner#Instructor`], 'learner'],
  ['a teacher who also learns', [`${vocabulary}/membership#Learner`, 'Instructor'], 'instructor'],
  ['a teacher of the institution', [`${vocabulary}/institution/person#Instructor`], 'guest'],
  ['a student of the institution', [`${vocabulary}/institution/person#Learner`], 'guest'],
  ['an administrator of the system', [`${vocabulary}/system/person#Administrator`], 'guest'],
  ['a mentor', [`${vocabulary}/membership#Mentor`], 'guest'],
  ['a content developer', [`${vocabulary}/membership#ContentDeveloper`], 'guest'],
  ['a sub-role nobody defined', [`${vocabulary}/membership/Instructor#Anything`], 'guest'],
  ['another case', [`${vocabulary}/membership#instructor`], 'guest'],
  ['another scheme', ['https://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'], 'guest'],
  ['an unknown role', ['http://lms.example/roles#Rector'], 'guest'],
  ['nobody in particular', [], 'guest'],
];

describe('the role in the course', () => {
  test.each(roles)('of %s', (_, claimed, expected) => {
    expect(courseRoleOf(claimed)).toBe(expected);
  });

  test('no role that merely contains "Instructor" makes Mallory a teacher', () => {
    const fragment = fc.constantFrom(
      'Instructor',
      '#Instructor',
      `${vocabulary}/membership#Instructor`,
      'Administrator',
    );
    fc.assert(
      fc.property(fc.string(), fragment, fc.string(), (before, middle, after) => {
        fc.pre(before !== '' || after !== '');
        expect(courseRoleOf([`${before}${middle}${after}`])).not.toBe('instructor');
      }),
    );
  });
});

test('only the system role TestUser, written in full, is a test student', () => {
  expect(isTestUser(['Learner', 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser'])).toBe(true);
  expect(isTestUser(['TestUser', `${vocabulary}/membership#TestUser`])).toBe(false);
});
