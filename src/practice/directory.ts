// Who and what there is: questions to the state that change nothing.
import type { Activity, Course, Grade, LineItem, Person, Role, State } from './state.ts';

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

/** What a person is in a course; undefined for strangers. */
export function roleIn(state: State, personId: string, courseId: string): Role | undefined {
  return state.enrolments.find((enrolment) => enrolment.personId === personId && enrolment.courseId === courseId)?.role;
}

/** The people of a course by family name, as Moodle lists them, each with their role. */
export function membersOf(state: State, courseId: string): { person: Person; role: Role }[] {
  return state.people
    .flatMap((person) => {
      const role = roleIn(state, person.id, courseId);
      return role ? [{ person, role }] : [];
    })
    .sort((a, b) => a.person.familyName.localeCompare(b.person.familyName));
}

/** The courses somebody is enrolled in. */
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
  return `${person.givenName} ${person.familyName}`;
}
