// What a platform's role vocabulary means for us. Roles are compared as whole strings: `membership/Learner#Instructor`
// is a learner, and whoever is Instructor at the institution is not yet the teacher of this course.

export type CourseRole = 'instructor' | 'learner' | 'guest';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

const instructorSubRoles = [
  'ExternalInstructor',
  'Grader',
  'GuestInstructor',
  'Lecturer',
  'PrimaryInstructor',
  'SecondaryInstructor',
  'TeachingAssistant',
  'TeachingAssistantGroup',
  'TeachingAssistantOffering',
  'TeachingAssistantSection',
  'TeachingAssistantSectionAssociation',
  'TeachingAssistantTemplate',
];

const learnerSubRoles = ['ExternalLearner', 'GuestLearner', 'Instructor', 'Learner', 'NonCreditLearner'];

const instructorRoles = new Set([
  'Instructor',
  'Administrator',
  `${membership}#Instructor`,
  `${membership}#Administrator`,
  ...instructorSubRoles.map((subRole) => `${membership}/Instructor#${subRole}`),
]);

const learnerRoles = new Set([
  'Learner',
  `${membership}#Learner`,
  ...learnerSubRoles.map((subRole) => `${membership}/Learner#${subRole}`),
]);

/**
 * What the person may do in this course, by the context roles of the launch.
 *
 * `instructor`: Instructor with any of its sub-roles, teaching assistants included, and the Administrator of the
 * context (not of the institution or the system). `learner`: Learner with any of its sub-roles. `guest`, who may look
 * and no more: everybody else, so also Mentor, Member, an unknown role, no role, and ContentDeveloper, who makes
 * material but has no claim to see the marks of others. With several roles the highest counts.
 *
 * @param roles the roles claim: full URIs, or the short names of context roles
 * @see LTI core 1.3 appendix A.2.3, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function courseRoleOf(roles: readonly string[]): CourseRole {
  if (roles.some((role) => instructorRoles.has(role))) return 'instructor';
  if (roles.some((role) => learnerRoles.has(role))) return 'learner';
  return 'guest';
}

/**
 * Whether this is the made-up student a teacher becomes to preview a course. No grade may be published for it.
 *
 * @see LTI core 1.3 appendix A.2.4, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function isTestUser(roles: readonly string[]): boolean {
  return roles.includes(testUser);
}
