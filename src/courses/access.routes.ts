// The guard in front of everything that belongs to a placement: who is signed in, and what may they do here?
import type { Request, Response } from 'express';
import type { Database } from '../database/database.ts';
import type { CourseRole } from '../lti/roles.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { requireSession, type Session } from '../web/session.ts';
import { findCourseFor, type CourseOfMember } from './course.store.ts';
import { findMember, listMentees, type Member } from './member.store.ts';
import { findPlacementFor, type PlacementOfMember } from './placement.store.ts';
import { mayDo, type Right } from './rights.ts';

/**
 * The placement `:placementId` of the request, and who asks for it.
 *
 * @throws PageError 401 if nobody is signed in, 404 unless the person is in that course, 403 without the right
 */
export async function requirePlacement(
  db: Database,
  req: Request,
  res: Response,
  right: Right,
): Promise<{ session: Session; placement: PlacementOfMember }> {
  const session = requireSession(res);
  const placement = await findPlacementFor(db, session.personId, keyParam(req, 'placementId'));
  if (!placement) throw notFound();
  requireRight(placement.role, right);
  return { session, placement };
}

/**
 * The course `:courseId` of the request, and who asks for it.
 *
 * @throws PageError as `requirePlacement`
 */
export async function requireCourse(
  db: Database,
  req: Request,
  res: Response,
  right: Right,
): Promise<{ session: Session; course: CourseOfMember }> {
  const session = requireSession(res);
  const course = await findCourseFor(db, session.personId, keyParam(req, 'courseId'));
  if (!course) throw notFound();
  requireRight(course.role, right);
  return { session, course };
}

/**
 * Somebody of the course `:courseId`, `:personId`, whose progress the reader may see: anybody for who teaches there, and for a mentor
 * whom the LMS named to them. Who may see nobody learns nothing of who there is: not even that this page is for others.
 *
 * @throws PageError 401 if nobody is signed in, 404 for everybody else
 */
export async function requireLearner(
  db: Database,
  req: Request,
  res: Response,
): Promise<{ course: CourseOfMember; learner: Member }> {
  const session = requireSession(res);
  const course = await findCourseFor(db, session.personId, keyParam(req, 'courseId'));
  const personId = keyParam(req, 'personId');
  if (!course) throw notFound();
  const learner = mayDo(course.role, 'see-results')
    ? await findMember(db, course.id, personId)
    : mayDo(course.role, 'see-mentees')
      ? (await listMentees(db, course.id, session.personId)).find((mentee) => mentee.personId === personId)
      : null;
  if (!learner) throw notFound();
  return { course, learner };
}

/** @throws PageError 403 that says whose page it is */
export function requireRight(role: CourseRole, right: Right): void {
  if (mayDo(role, right)) return;
  const text = right === 'answer' || right === 'be-graded' ? 'learner-only' : 'instructor-only';
  throw new PageError(403, text, text);
}
