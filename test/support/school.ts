// New people and activities, for tests that must not meet each other's.
import { sample } from '../../src/practice/sample-courses.ts';
import { publish, type School } from './people.ts';

/** A new student of the physics course, or of another one; no two have the same name. Returns the LMS's id. */
export function newStudent({ lms }: School, givenName: string, courseId: string = sample.physics.course): string {
  const { id } = lms.addPerson({ givenName, familyName: `No. ${lms.state.people.length}` });
  lms.enrol(id, courseId, 'student');
  return id;
}

/** What the LMS calls a person. */
export function nameOf({ lms }: School, personId: string): string {
  const person = lms.state.people.find(({ id }) => id === personId);
  return `${person?.givenName} ${person?.familyName}`;
}

/** A new activity of the physics course, with no quiz yet. Returns its resource link id. */
export function newActivity(
  { lms }: School,
  { title = 'Yangi mashq', maximumPoints = 100 }: { title?: string; maximumPoints?: number | null } = {},
): string {
  return lms.addActivity({ courseId: sample.physics.course, title, maximumPoints }).id;
}

/** A new activity of the physics course, with a quiz that its teacher has published. Returns its resource link id. */
export async function newQuiz(
  school: School,
  {
    maximumPoints = 100,
    ...quiz
  }: { maximumPoints?: number | null; source?: string; settings?: Record<string, string> } = {},
): Promise<string> {
  const activity = newActivity(school, { maximumPoints });
  await publish(school, { activity, ...quiz });
  return activity;
}
