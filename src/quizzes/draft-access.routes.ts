// What every page of a draft begins with: whose it is, and what it is called while it has no name.
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import { notFound, PageError } from '../web/errors.ts';
import type { HeldDraft } from './draft.store.ts';

/** @throws PageError 409 for a quiz of another course */
export function requireDraft(held: HeldDraft): number {
  if (!held.ok) throw new PageError(409, 'quiz-shared', 'quiz-shared');
  return held.quizId;
}

/** The title of a placement's quiz while it has none of its own. */
export function titleOf(placement: Pick<PlacementOfMember, 'title'>, res: Response): string {
  return placement.title ?? res.locals.t('quizzes.untitled');
}

/** The key of a question in the address. @throws PageError 404 for what cannot be one */
export function questionKey(req: Request): string {
  const parsed = z.uuid().safeParse(req.params.key);
  if (!parsed.success) throw notFound();
  return parsed.data;
}
