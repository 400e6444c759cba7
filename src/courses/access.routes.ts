// The guard in front of everything that belongs to a placement: who is signed in, and what may they do here?
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { notFound, PageError } from '../web/errors.ts';
import { requireSession, type Session } from '../web/session.ts';
import { findPlacementFor, type PlacementOfMember } from './course.store.ts';

const key = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/**
 * A number out of the address of a request, such as `:attemptId`.
 *
 * @throws PageError 404 for what cannot be one of our keys
 */
export function keyParam(req: Request, name: string): number {
  const parsed = key.safeParse(req.params[name]);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/**
 * The placement `:placementId` of the request, and who asks for it.
 *
 * @param side whose page it is: the instructors', or that of everybody who answers, guests included
 * @throws PageError 401 if nobody is signed in, 404 unless the person is in that course, 403 for the other side
 */
export async function requirePlacement(
  db: Database,
  req: Request,
  res: Response,
  side: 'instructor' | 'learner',
): Promise<{ session: Session; placement: PlacementOfMember }> {
  const session = requireSession(res);
  const placement = await findPlacementFor(db, session.personId, keyParam(req, 'placementId'));
  if (!placement) throw notFound();
  const isInstructor = placement.role === 'instructor';
  if (isInstructor !== (side === 'instructor')) throw new PageError(403, `${side}-only`, `${side}-only`);
  return { session, placement };
}
