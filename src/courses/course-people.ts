// Whom the course page shows, out of everybody who is or was in the course.
import type { CourseRole } from '../lti/roles.ts';
import { hasWords } from './find-by-name.ts';
import { mayDo } from './rights.ts';

/** Somebody of a course, as far as their place on its page goes. */
export interface CoursePerson {
  name: string | null;
  role: CourseRole;
  isTestUser: boolean;
  /** Null: has never opened anything. */
  launchedAt: Date | null;
  isActive: boolean;
}

export interface CoursePeople<Person> {
  /** In the course; teachers first, else as they came. */
  present: Person[];
  /** No longer in the course. */
  past: Person[];
  /** Of all who are in the course, whatever was searched for; the LMS's made-up student is none. */
  counts: { teachers: number; students: number; /** Students who have not opened anything. */ absent: number };
  /** How many fit, and are left out all the same because a page has an end. */
  leftOut: number;
}

/** A page with more names is no longer read but searched. */
const mostShown = 500;

/** @param wanted words of a name; empty for everybody */
export function coursePeople<Person extends CoursePerson>(
  everybody: readonly Person[],
  wanted: string,
): CoursePeople<Person> {
  const active = everybody.filter(({ isActive }) => isActive);
  const students = active.filter(isStudent);
  const fitting = wanted === '' ? everybody : everybody.filter(({ name }) => name !== null && hasWords(name, wanted));
  const shown = [...fitting].sort((one, other) => rank(one) - rank(other)).slice(0, mostShown);
  return {
    present: shown.filter(({ isActive }) => isActive),
    past: shown.filter(({ isActive }) => !isActive),
    counts: {
      teachers: active.filter(isTeacher).length,
      students: students.length,
      absent: students.filter(({ launchedAt }) => launchedAt === null).length,
    },
    leftOut: fitting.length - shown.length,
  };
}

/** Whoever is in the course comes before whoever was; those with the quizzes before those who answer them. */
function rank(person: CoursePerson) {
  return (person.isActive ? 0 : 2) + (isTeacher(person) ? 0 : 1);
}

function isTeacher({ role }: CoursePerson) {
  return mayDo(role, 'preview-quizzes');
}

function isStudent({ role, isTestUser }: CoursePerson) {
  return mayDo(role, 'be-graded') && !isTestUser;
}
