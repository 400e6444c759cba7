// Writes into banks: questions are put there, get further versions, are described and archived. Whoever calls has seen to it that the
// person may write into the bank of that course.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { bankQuestions, bankQuestionVersions } from '../database/tables/bank.ts';
import { courses } from '../database/tables/courses.ts';
import type { Question } from '../questions/question.ts';
import { traitsOf, type Difficulty, type QuestionLanguage } from './bank-question.ts';
import type { BankLink } from './bank.store.ts';

const { id, courseId, version, archivedAt } = bankQuestions;

/** Who writes into a bank, and when. */
export interface BankWriter {
  courseId: number;
  personId: number;
  now: Date;
}

/** Holds the bank of a course until the transaction ends, so that of two who put the same question into it one finds the other's. */
export async function holdBank(tx: Transaction, ofCourse: number): Promise<void> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, ofCourse)).for('no key update');
}

/**
 * Puts questions into the bank of a course; what it has already, archived or not, is found and not kept twice. Whoever calls holds the
 * bank.
 *
 * @returns for each its place in the bank, in the order given, and whether it is new there
 */
export async function putIntoBank(
  tx: Transaction,
  { courseId: ofCourse, personId, now }: BankWriter,
  questions: readonly Question[],
): Promise<(BankLink & { isNew: boolean })[]> {
  const traits = questions.map(traitsOf);
  const places = await findAsked(
    tx,
    ofCourse,
    traits.map(({ asked }) => asked),
  );
  const fresh = new Map<string, { question: Question; traits: ReturnType<typeof traitsOf> }>();
  questions.forEach((question, index) => {
    const own = traits[index];
    if (own && !places.has(own.asked) && !fresh.has(own.asked)) fresh.set(own.asked, { question, traits: own });
  });
  const added = [...fresh.values()];
  for (let from = 0; from < added.length; from += batch) {
    const some = added.slice(from, from + batch);
    const rows = await tx
      .insert(bankQuestions)
      .values(some.map((one) => ({ ...one.traits, courseId: ofCourse, version: 1, updatedAt: now })))
      .returning({ questionId: id, asked: bankQuestions.asked });
    for (const { questionId, asked } of rows) places.set(asked, { questionId, version: 1 });
    const versions = some.map((one) => ({
      questionId: places.get(one.traits.asked)?.questionId ?? 0,
      ...{ number: 1, question: one.question, madeBy: personId, madeAt: now },
    }));
    await tx.insert(bankQuestionVersions).values(versions);
  }
  const unseen = new Set(fresh.keys());
  return traits.map(({ asked }) => {
    const place = places.get(asked);
    if (!place) throw new Error('An insert gave no row');
    return { ...place, isNew: unseen.delete(asked) };
  });
}

/** Rows for one statement, well below the number of parameters it may have. */
const batch = 500;

async function findAsked(tx: Transaction, ofCourse: number, asked: readonly string[]): Promise<Map<string, BankLink>> {
  const found = new Map<string, BankLink>();
  for (let from = 0; from < asked.length; from += batch) {
    const rows = await tx
      .select({ questionId: id, version, asked: bankQuestions.asked })
      .from(bankQuestions)
      .where(and(eq(courseId, ofCourse), inArray(bankQuestions.asked, asked.slice(from, from + batch))))
      // Of two, what is offered before what is archived, and then the older: the last to be set stands.
      .orderBy(sql`${archivedAt} is null`, desc(id));
    for (const { asked: what, ...place } of rows) found.set(what, place);
  }
  return found;
}

/**
 * Makes the next version of a question. Somebody else may have made one meanwhile: then nothing is changed.
 *
 * @param from the number of the version that this one was made of
 * @returns the number of the new one, or what the newest is by now
 */
export async function addVersion(
  tx: Transaction,
  { questionId, from }: { questionId: number; from: number },
  question: Question,
  { personId, note, now }: { personId: number; note: string | null; now: Date },
): Promise<{ ok: true; number: number } | { ok: false; newest: number }> {
  const [held] = await tx.select({ version }).from(bankQuestions).where(eq(id, questionId)).for('update');
  if (!held) throw new Error(`There is no bank question ${questionId}`);
  if (held.version !== from) return { ok: false, newest: held.version };
  const number = from + 1;
  await tx.insert(bankQuestionVersions).values({ questionId, number, question, note, madeBy: personId, madeAt: now });
  await tx
    .update(bankQuestions)
    .set({ ...traitsOf(question), version: number, updatedAt: now })
    .where(eq(id, questionId));
  return { ok: true, number };
}

/** What a question is said to be, besides what it asks. */
export async function saveFacts(
  tx: Transaction,
  questionId: number,
  facts: { difficulty: Difficulty | null; language: QuestionLanguage | null },
  now: Date,
): Promise<void> {
  await tx
    .update(bankQuestions)
    .set({ ...facts, updatedAt: now })
    .where(eq(id, questionId));
}

/** Archives a question, or offers it again. */
export async function setArchived(tx: Transaction, questionId: number, isArchived: boolean, now: Date): Promise<void> {
  await tx
    .update(bankQuestions)
    .set({ archivedAt: isArchived ? now : null, updatedAt: now })
    .where(eq(id, questionId));
}
