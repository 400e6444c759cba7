// Puts people, courses and activities into the state, with ids that count up and never change.
import type { Activity, Course, LineItem, Person, Role, State } from './state.ts';

/** One more than the highest id in use, at least `first`. */
function nextId(rows: readonly { id: string }[], first: number): string {
  return String(rows.reduce((highest, row) => Math.max(highest, Number(row.id) + 1), first));
}

/** A new person. Moodle's guest and admin have the ids 1 and 2. */
export function addPerson(state: State, given: Omit<Person, 'id' | 'username' | 'email'>, username?: string): Person {
  const id = nextId(state.people, 3);
  const name = username ?? `person${id}`;
  const person = { id, ...given, username: name, email: `${name}@example.com` };
  state.people.push(person);
  return person;
}

/** A new course. Moodle's front page is course 1. */
export function addCourse(state: State, given: Omit<Course, 'id'>): Course {
  const course = { id: nextId(state.courses, 2), ...given };
  state.courses.push(course);
  return course;
}

/** Gives a person a role in a course, in the place of the one they had. */
export function enrol(state: State, personId: string, courseId: string, role: Role): void {
  unenrol(state, personId, courseId);
  state.enrolments.push({ personId, courseId, role });
}

/** Takes a person out of a course; their grades stay, out of sight. */
export function unenrol(state: State, personId: string, courseId: string): void {
  state.enrolments = state.enrolments.filter((one) => one.personId !== personId || one.courseId !== courseId);
}

/** A new activity, with its column in the gradebook unless `maximumPoints` is null. */
export function addActivity(
  state: State,
  { maximumPoints, ...given }: Omit<Activity, 'id' | 'cmid'> & { maximumPoints: number | null },
): Activity {
  const id = nextId(state.activities, 1);
  // Course module 1 is the announcements forum of the first course.
  const activity = { id, cmid: String(Number(id) + 1), ...given };
  state.activities.push(activity);
  if (maximumPoints !== null) {
    addLineItem(state, {
      courseId: activity.courseId,
      activityId: id,
      isCoupled: true,
      label: activity.title,
      maximumPoints,
      resourceId: '',
      tag: '',
    });
  }
  return activity;
}

/** A new column. Grade item 1 is the first course's total. */
export function addLineItem(state: State, given: Omit<LineItem, 'id'>): LineItem {
  const item = { id: nextId(state.lineItems, 2), ...given };
  state.lineItems.push(item);
  return item;
}
