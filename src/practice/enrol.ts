// Puts people, courses and activities into the state, with ids that count up and never change.
import type { Activity, Course, LineItem, Person, Role, State } from './state.ts';
import { preregisteredId } from './tools.ts';

/** One more than the highest id in use, at least `first`. */
function nextId(rows: readonly { id: string }[], first: number): string {
  return String(rows.reduce((highest, row) => Math.max(highest, Number(row.id) + 1), first));
}

/** The administrator of the site, who is in no course. Moodle's guest and admin have the ids 1 and 2. */
export function administrator(): Person {
  return {
    ...{ id: '2', username: 'admin', givenName: 'Administrator', familyName: '', email: 'admin@example.com' },
    idNumber: '',
    language: null,
    isAdmin: true,
  };
}

/** A new person, by default without an id number. */
export function addPerson(
  state: State,
  {
    idNumber = '',
    ...given
  }: Pick<Person, 'givenName' | 'familyName' | 'language'> & Partial<Pick<Person, 'idNumber'>>,
  username?: string,
): Person {
  const id = nextId(state.people, 3);
  const name = username ?? `person${id}`;
  const person = { id, ...given, idNumber, username: name, email: `${name}@example.com`, isAdmin: false };
  state.people.push(person);
  return person;
}

/** A new course, by default a copy of none. Moodle's front page is course 1. */
export function addCourse(state: State, given: Pick<Course, 'shortName' | 'title'> & Partial<Course>): Course {
  const course = { copiedFromIds: [], ...given, id: nextId(state.courses, 2) };
  state.courses.push(course);
  return course;
}

/** Gives a person a role in a course, in the place of the one they had. */
export function enrol(state: State, personId: string, courseId: string, role: Role): void {
  unenrol(state, personId, courseId);
  state.enrolments.push({ personId, courseId, role, isSuspended: false, menteeIds: [] });
}

/** Takes a person out of a course; their grades stay, out of sight. */
export function unenrol(state: State, personId: string, courseId: string): void {
  state.enrolments = state.enrolments.filter((one) => one.personId !== personId || one.courseId !== courseId);
}

/** What an activity is made of; what is left out has its plainest value, and the tool is the preregistered one. */
export type NewActivity = Pick<Activity, 'courseId' | 'title'> &
  Partial<Omit<Activity, 'id' | 'cmid'>> & {
    /** Null: no column in the gradebook. */
    maximumPoints: number | null;
    column?: Partial<Pick<LineItem, 'toolId' | 'label' | 'resourceId' | 'tag' | 'submissionReview'>>;
  };

/** A new activity, with its column in the gradebook unless `maximumPoints` is null. */
export function addActivity(state: State, { maximumPoints, column, ...given }: NewActivity): Activity {
  const id = nextId(state.activities, 1);
  // Course module 1 is the announcements forum of the first course.
  const activity: Activity = { ...plainActivity(), ...given, id, cmid: String(Number(id) + 1) };
  state.activities.push(activity);
  if (maximumPoints !== null) {
    addLineItem(state, {
      courseId: activity.courseId,
      toolId: activity.toolId ?? preregisteredId,
      activityId: id,
      isCoupled: true,
      label: activity.title,
      maximumPoints,
      ...column,
    });
  }
  return activity;
}

function plainActivity(): Omit<Activity, 'id' | 'cmid' | 'courseId' | 'title'> {
  return {
    ...{ toolId: preregisteredId, url: null, description: '', custom: {} },
    ...{ available: null, submission: null, copiedFromIds: [] },
  };
}

/** A new column, by default with no resource id, tag or review. Grade item 1 is the first course's total. */
export function addLineItem(
  state: State,
  given: Omit<LineItem, 'id' | 'resourceId' | 'tag' | 'submissionReview'> & Partial<LineItem>,
): LineItem {
  const item = { resourceId: '', tag: '', submissionReview: null, ...given, id: nextId(state.lineItems, 2) };
  state.lineItems.push(item);
  return item;
}
