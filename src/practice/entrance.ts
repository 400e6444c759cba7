// Who comes to a page of a course: people of the course alone; everybody else gets an answer here.
import type { Request, Response } from 'express';
import type { LmsContext } from './context.ts';
import { findCourse, findModule, roleIn } from './directory.ts';
import { notFound, signedIn } from './pages.ts';
import type { Activity, Course, Person, Role } from './state.ts';

export interface Entered {
  person: Person;
  course: Course;
  role: Role;
}

/** Who is signed in and what they are in the course of the address; undefined after answering. */
export function enteredCourse(lms: LmsContext, req: Request<{ courseId: string }>, res: Response): Entered | undefined {
  const person = signedIn(lms, req, res);
  if (!person) return undefined;
  const course = findCourse(lms.state, req.params.courseId);
  const role = course && roleIn(lms.state, person.id, course.id);
  if (course && role) return { person, course, role };
  notFound(lms, req, res);
  return undefined;
}

/** The same for the course of the activity in the address. */
export function openedActivity(
  lms: LmsContext,
  req: Request<{ cmid: string }>,
  res: Response,
): (Entered & { activity: Activity }) | undefined {
  const person = signedIn(lms, req, res);
  if (!person) return undefined;
  const activity = findModule(lms.state, req.params.cmid);
  const course = activity && findCourse(lms.state, activity.courseId);
  const role = course && roleIn(lms.state, person.id, course.id);
  if (activity && role) return { person, activity, course, role };
  notFound(lms, req, res);
  return undefined;
}
