// What every page of a bank begins with: whose it is, and who may write into it.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../courses/access.routes.ts';
import type { CourseOfMember } from '../courses/course.store.ts';
import type { Database } from '../database/database.ts';
import { notFound } from '../web/errors.ts';
import type { Session } from '../web/session.ts';
import type { BankQuestion } from './bank-question.ts';
import { findBankQuestion } from './bank.store.ts';

/**
 * The question `:bankKey` that the course `:courseId` may use: its own, or one that is shared with it.
 *
 * @throws PageError as `requireCourse` for who may not edit quizzes; 404 for every other question
 */
export async function requireUsable(
  db: Database,
  req: Request,
  res: Response,
): Promise<{ session: Session; course: CourseOfMember; found: BankQuestion }> {
  const { session, course } = await requireCourse(db, req, res, 'edit-quizzes');
  const key = z.uuid().safeParse(req.params.bankKey);
  const found = key.success ? await findBankQuestion(db, course.id, key.data) : null;
  if (!found) throw notFound();
  return { session, course, found };
}

/** The same, if it is the course's own: others look at it and change nothing. */
export async function requireOwn(db: Database, req: Request, res: Response) {
  const usable = await requireUsable(db, req, res);
  if (usable.found.courseId !== usable.course.id) throw notFound();
  return usable;
}
