// What every page of a draft begins with: whose it is, and what it is called while it has no name.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../courses/access.routes.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { notFound, PageError } from '../web/errors.ts';
import { findDraftQuestion } from './draft-question.store.ts';
import { holdDraft, type HeldDraft } from './draft.store.ts';

/** What the routes of a draft's questions do first. */
export function draftAccess({ db, now }: { db: Database; now: () => Date }) {
  return { requireQuestion, changing };

  /**
   * The question `:key` of the draft at `:placementId`, deleted or not.
   *
   * @throws PageError as `requirePlacement`; 404 for one of another draft
   */
  async function requireQuestion(req: Request, res: Response) {
    const { session, placement } = await requirePlacement(db, req, res, 'edit-quizzes');
    if (placement.quizId === null) throw notFound();
    const question = await findDraftQuestion(db, placement.quizId, questionKey(req));
    if (!question) throw notFound();
    return { session, placement, question };
  }

  /**
   * Does something to the draft of a placement while nobody else does.
   *
   * @throws PageError 409 where the quiz belongs to another course
   */
  function changing<Result>(
    placement: PlacementOfMember,
    res: Response,
    change: (tx: Transaction, quizId: number) => Promise<Result>,
  ): Promise<Result> {
    return db.transaction(async (tx) =>
      change(tx, requireDraft(await holdDraft(tx, placement, titleOf(placement, res), now()))),
    );
  }
}

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
function questionKey(req: Request): string {
  const parsed = z.uuid().safeParse(req.params.key);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/**
 * The list, at one of its questions.
 *
 * @param at the question that one goes on with, and by which of its buttons
 */
export function listAddress(placement: PlacementOfMember, { at, by }: { at: string; by: string }) {
  return `/placements/${placement.id}/quiz/edit?at=${at}&by=${by}#q-${at}`;
}
