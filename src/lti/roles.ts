// What a platform's role vocabulary means for us. Roles are compared as whole strings: `membership/Learner#Instructor`
// is a learner, and whoever is Instructor at the institution is not yet the teacher of this course.

/** From the one who may do most to the one who may do least. */
export type CourseRole = 'instructor' | 'assistant' | 'author' | 'learner' | 'mentor' | 'guest';

/** `teacher`: instructor in their own right; `instructor`: the principal role, which assistants are given as well. */
type Standing = 'teacher' | 'assistant' | 'instructor' | 'author' | 'learner' | 'mentor';

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';

/** Context roles by their short names, which stand for `membership#<name>`. */
const principalRoles: Record<string, Standing> = {
  Administrator: 'teacher',
  Instructor: 'instructor',
  TeachingAssistant: 'assistant',
  ContentDeveloper: 'author',
  Learner: 'learner',
  Mentor: 'mentor',
};

/** `membership/<principal>#<sub-role>`; what is not in this list means nothing. */
const subRoles: [principal: string, standing: Standing, names: string][] = [
  ['Instructor', 'teacher', 'ExternalInstructor GuestInstructor Lecturer PrimaryInstructor SecondaryInstructor'],
  ['Instructor', 'assistant', 'Grader TeachingAssistant TeachingAssistantGroup TeachingAssistantOffering'],
  ['Instructor', 'assistant', 'TeachingAssistantSection TeachingAssistantSectionAssociation TeachingAssistantTemplate'],
  ['ContentDeveloper', 'author', 'ContentDeveloper ContentExpert ExternalContentExpert Librarian'],
  ['Learner', 'learner', 'ExternalLearner GuestLearner Instructor Learner NonCreditLearner'],
  ['Mentor', 'mentor', 'Advisor Auditor ExternalAdvisor ExternalAuditor ExternalLearningFacilitator ExternalMentor'],
  ['Mentor', 'mentor', 'ExternalReviewer ExternalTutor LearningFacilitator Mentor Reviewer Tutor'],
];

const standings = new Map<string, Standing>([
  ...Object.entries(principalRoles),
  ...Object.entries(principalRoles).map(([name, standing]): [string, Standing] => [`${membership}#${name}`, standing]),
  ...subRoles.flatMap(([principal, standing, names]) =>
    names.split(' ').map((name): [string, Standing] => [`${membership}/${principal}#${name}`, standing]),
  ),
]);

const byPrecedence: [Standing, CourseRole][] = [
  ['teacher', 'instructor'],
  ['assistant', 'assistant'],
  ['instructor', 'instructor'],
  ['author', 'author'],
  ['learner', 'learner'],
  ['mentor', 'mentor'],
];

/**
 * What the person may do in this course, by the context roles of a launch or a roster.
 *
 * | Role | From |
 * |---|---|
 * | `instructor` | Instructor; its sub-roles but those of the next line; Administrator of the context |
 * | `assistant` | the sub-roles TeachingAssistant… and Grader of Instructor |
 * | `author` | ContentDeveloper and its sub-roles |
 * | `learner` | Learner and its sub-roles |
 * | `mentor` | Mentor and its sub-roles |
 * | `guest` | all else: Member, Manager, Officer, unknown roles, no role, roles of the institution or the system |
 *
 * With several roles the highest line counts. One exception: a platform should send the principal role along with each
 * sub-role, so Instructor beside an assistant's sub-role says nothing more than that sub-role, and the person is an
 * `assistant`; a teacher in their own right is one by another sub-role of Instructor, or as Administrator. Who teaches
 * and also assists in one course comes with the same two roles from an LMS that has no other: then the lesser counts.
 *
 * @param roles full URIs, or the short names of context roles
 * @see LTI core 1.3 appendix A.2.3, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function courseRoleOf(roles: readonly string[]): CourseRole {
  const claimed = new Set(roles.map((role) => standings.get(role)));
  return byPrecedence.find(([standing]) => claimed.has(standing))?.[1] ?? 'guest';
}

/**
 * Whether this is the made-up student a teacher becomes to preview a course. No grade may be published for it.
 *
 * @see LTI core 1.3 appendix A.2.4, https://www.imsglobal.org/spec/lti/v1p3/
 */
export function isTestUser(roles: readonly string[]): boolean {
  return roles.includes(testUser);
}
