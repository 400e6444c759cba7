// Who and what there is: questions to the state that change nothing.
import type { Activity, Course, Enrolment, Grade, LineItem, Person, Role, State } from './state.ts';

/** The person, or undefined. */
export function findPerson(state: State, personId: string | null | undefined): Person | undefined {
  return state.people.find((person) => person.id === personId);
}

/** The course, or undefined. */
export function findCourse(state: State, courseId: string): Course | undefined {
  return state.courses.find((course) => course.id === courseId);
}

/** The activity by its resource link id, or undefined. */
export function findActivity(state: State, activityId: string): Activity | undefined {
  return state.activities.find((activity) => activity.id === activityId);
}

/** The activity by its course module id, which the addresses of the pages have, or undefined. */
export function findModule(state: State, cmid: unknown): Activity | undefined {
  return state.activities.find((activity) => activity.cmid === cmid);
}

/** How a person is enrolled in a course, suspended or not; undefined for strangers. */
export function findEnrolment(state: State, personId: string, courseId: string): Enrolment | undefined {
  return state.enrolments.find((enrolment) => enrolment.personId === personId && enrolment.courseId === courseId);
}

/** What a person is in a course: undefined for strangers and the suspended, a teacher everywhere for administrators. */
export function roleIn(state: State, personId: string, courseId: string): Role | undefined {
  const enrolment = findEnrolment(state, personId, courseId);
  if (enrolment) return enrolment.isSuspended ? undefined : enrolment.role;
  return findPerson(state, personId)?.isAdmin && findCourse(state, courseId) ? 'teacher' : undefined;
}

/** Whether somebody of this role makes, copies and places activities. */
export function mayEdit(role: Role): boolean {
  return role === 'teacher' || role === 'author';
}

/** Whether somebody of this role sees and changes the grades of others. */
export function mayGrade(role: Role): boolean {
  return role === 'teacher' || role === 'assistant';
}

/** Whether somebody may see a learner's work: graders everybody's, others their own. */
export function mayReview(state: State, personId: string, courseId: string, learnerId: string): boolean {
  const role = roleIn(state, personId, courseId);
  return role !== undefined && (mayGrade(role) || personId === learnerId);
}

export interface Member {
  person: Person;
  role: Role;
  isSuspended: boolean;
}

/** The people enrolled in a course, the suspended too, by family name, as Moodle lists them. */
export function everyMemberOf(state: State, courseId: string): Member[] {
  return state.people
    .flatMap((person) => {
      const enrolment = findEnrolment(state, person.id, courseId);
      return enrolment ? [{ person, role: enrolment.role, isSuspended: enrolment.isSuspended }] : [];
    })
    .sort((a, b) => a.person.familyName.localeCompare(b.person.familyName));
}

/** The same without the suspended. */
export function membersOf(state: State, courseId: string): Member[] {
  return everyMemberOf(state, courseId).filter(({ isSuspended }) => !isSuspended);
}

/** The courses somebody may enter. */
export function coursesOf(state: State, personId: string): Course[] {
  return state.courses.filter((course) => roleIn(state, personId, course.id));
}

/** The column that was made together with an activity; undefined for an activity without a grade. */
export function coupledLineItem(state: State, activityId: string): LineItem | undefined {
  return state.lineItems.find((item) => item.activityId === activityId && item.isCoupled);
}

/** One cell of the gradebook; undefined while nobody put anything in. */
export function findGrade(state: State, lineItemId: string, personId: string): Grade | undefined {
  return state.grades.find((grade) => grade.lineItemId === lineItemId && grade.personId === personId);
}

/** Given name and family name. */
export function fullName(person: Person): string {
  return `${person.givenName} ${person.familyName}`.trim();
}
