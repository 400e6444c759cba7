// Has the sections of a draft follow its questions. Whoever calls holds the draft (`holdDraft`).
import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '../database/database.ts';
import { draftQuestions, quizzes } from '../database/tables/quizzes.ts';
import { questionTypeNames } from '../questions/question.ts';
import { isAnswerable } from './quiz.ts';
import { anchored, counted, following, type ListedQuestion } from './section-starts.ts';
import { structureSchema, type QuizStructure } from './structure.ts';

/** Before anything changes: each section gets to know the question that it begins with, if it does not yet. */
export async function anchorSections(tx: Transaction, quizId: number): Promise<void> {
  await changeSections(tx, quizId, anchored);
}

/** After questions were added, deleted or put back. */
export async function countSections(tx: Transaction, quizId: number): Promise<void> {
  await changeSections(tx, quizId, counted);
}

/**
 * After questions have changed places.
 *
 * @param before the list as it was
 * @param moved the only one that was moved; null if there may be several
 */
export async function followQuestions(
  tx: Transaction,
  quizId: number,
  before: readonly ListedQuestion[],
  moved: string | null,
): Promise<void> {
  await changeSections(tx, quizId, (structure, after) => following(structure, { before, after }, moved));
}

const row = z.object({ key: z.string(), type: z.enum(questionTypeNames), isDeleted: z.boolean() });

/** The questions of a draft that want an answer, deleted ones where they stood. */
export async function listAnswerable(tx: Transaction, quizId: number): Promise<ListedQuestion[]> {
  const { key, question, typed, deletedAt, place, id } = draftQuestions;
  const rows = await tx
    .select({
      key,
      type: sql`coalesce(${question} ->> 'type', ${typed} ->> 'type')`,
      isDeleted: sql`${deletedAt} is not null`,
    })
    .from(draftQuestions)
    .where(eq(draftQuestions.quizId, quizId))
    .orderBy(asc(place), asc(id));
  return rows.map((one) => row.parse(one)).filter(isAnswerable);
}

async function changeSections(
  tx: Transaction,
  quizId: number,
  change: (structure: QuizStructure, list: readonly ListedQuestion[]) => QuizStructure,
): Promise<void> {
  const [quiz] = await tx.select({ structure: quizzes.structure }).from(quizzes).where(eq(quizzes.id, quizId));
  const structure = structureSchema.parse(quiz?.structure);
  if (structure.sections.length === 0) return;
  const changed = change(structure, await listAnswerable(tx, quizId));
  await tx.update(quizzes).set({ structure: changed }).where(eq(quizzes.id, quizId));
}
