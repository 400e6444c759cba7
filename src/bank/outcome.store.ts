// The learning outcomes of courses, and which questions are about them.
import { and, asc, eq, inArray, notExists, notInArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { bankQuestionOutcomes, learningOutcomes } from '../database/tables/bank.ts';
import type { WrittenOutcome } from './outcomes.ts';

/** An outcome of a course. */
export interface Outcome extends WrittenOutcome {
  id: number;
}

/** The outcomes of a course, by their codes. */
export async function listOutcomes(db: Database, courseId: number): Promise<Outcome[]> {
  const { id, code, text } = learningOutcomes;
  return db
    .select({ id, code, text })
    .from(learningOutcomes)
    .where(eq(learningOutcomes.courseId, courseId))
    .orderBy(asc(code));
}

/**
 * Makes the list what was written. An outcome that stands in it no more goes, unless a question is about it: nothing that somebody
 * has said of a question is lost by a line that was taken out.
 */
export async function saveOutcomes(
  tx: Transaction,
  courseId: number,
  written: readonly WrittenOutcome[],
): Promise<void> {
  const codes = written.map(({ code }) => code);
  const isAbout = tx.select().from(bankQuestionOutcomes).where(eq(bankQuestionOutcomes.outcomeId, learningOutcomes.id));
  const isGone = codes.length === 0 ? sql`true` : notInArray(learningOutcomes.code, codes);
  await tx.delete(learningOutcomes).where(and(eq(learningOutcomes.courseId, courseId), isGone, notExists(isAbout)));
  if (written.length === 0) return;
  await tx
    .insert(learningOutcomes)
    .values(written.map(({ code, text }) => ({ courseId, code, text })))
    .onConflictDoUpdate({
      target: [learningOutcomes.courseId, learningOutcomes.code],
      set: { text: sql`excluded.text` },
    });
}

/** What each of some questions is about, by our key of the question. */
export async function outcomesOf(db: Database, questionIds: readonly number[]): Promise<Map<number, Outcome[]>> {
  if (questionIds.length === 0) return new Map();
  const rows = await db
    .select({
      questionId: bankQuestionOutcomes.questionId,
      id: learningOutcomes.id,
      code: learningOutcomes.code,
      text: learningOutcomes.text,
    })
    .from(bankQuestionOutcomes)
    .innerJoin(learningOutcomes, eq(learningOutcomes.id, bankQuestionOutcomes.outcomeId))
    .where(inArray(bankQuestionOutcomes.questionId, [...questionIds]))
    .orderBy(asc(learningOutcomes.code));
  const found = new Map<number, Outcome[]>();
  for (const { questionId, ...outcome } of rows) found.set(questionId, [...(found.get(questionId) ?? []), outcome]);
  return found;
}

/** The same, as far as they are outcomes of one course: a question of another course's bank teaches that one's. */
export async function outcomesInCourse(
  db: Database,
  courseId: number,
  questionIds: readonly number[],
): Promise<Map<number, Outcome[]>> {
  const own = new Set((await listOutcomes(db, courseId)).map(({ id }) => id));
  if (own.size === 0) return new Map();
  const about = await outcomesOf(db, questionIds);
  return new Map([...about].map(([id, outcomes]) => [id, outcomes.filter((outcome) => own.has(outcome.id))]));
}

/** Says what a question is about; outcomes of other courses are passed over. */
export async function setOutcomes(
  tx: Transaction,
  { courseId, questionId }: { courseId: number; questionId: number },
  outcomeIds: readonly number[],
): Promise<void> {
  const own = (await listOutcomes(tx, courseId)).filter(({ id }) => outcomeIds.includes(id));
  await tx.delete(bankQuestionOutcomes).where(eq(bankQuestionOutcomes.questionId, questionId));
  if (own.length === 0) return;
  await tx.insert(bankQuestionOutcomes).values(own.map(({ id }) => ({ courseId, questionId, outcomeId: id })));
}
