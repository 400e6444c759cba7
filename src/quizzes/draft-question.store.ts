// The questions of a draft. Whoever changes them holds the draft (`holdDraft`), so that they stand in one order for everybody, and
// raises its revision.
import { and, asc, desc, eq, gt, isNotNull, isNull, max, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { draftQuestions, quizzes } from '../database/tables/quizzes.ts';
import { parseContent, type DraftQuestion, type QuestionContent } from './draft-question.ts';

const inList = (quizId: number) => and(eq(draftQuestions.quizId, quizId), isNull(draftQuestions.deletedAt));
const oneOf = (quizId: number, key: string) => and(eq(draftQuestions.quizId, quizId), eq(draftQuestions.key, key));

/** The questions of a draft in their order. */
export async function listDraftQuestions(db: Database, quizId: number): Promise<DraftQuestion[]> {
  const rows = await db
    .select()
    .from(draftQuestions)
    .where(inList(quizId))
    .orderBy(asc(draftQuestions.place), asc(draftQuestions.id));
  return rows.map(parseRow);
}

/** What was deleted last comes first, and can be put back. */
export async function listDeletedQuestions(db: Database, quizId: number, limit: number): Promise<DraftQuestion[]> {
  const rows = await db
    .select()
    .from(draftQuestions)
    .where(and(eq(draftQuestions.quizId, quizId), isNotNull(draftQuestions.deletedAt)))
    .orderBy(desc(draftQuestions.deletedAt), asc(draftQuestions.place))
    .limit(limit);
  return rows.map(parseRow);
}

/** One question of a draft, deleted or not; null if the draft has none of that key. */
export async function findDraftQuestion(
  db: Database,
  quizId: number,
  key: string,
): Promise<(DraftQuestion & { isDeleted: boolean }) | null> {
  const [row] = await db.select().from(draftQuestions).where(oneOf(quizId, key));
  return row ? { ...parseRow(row), isDeleted: row.deletedAt !== null } : null;
}

/** Whether a draft ever had questions of its own, deleted ones included. */
export async function hasDraftQuestions(db: Database, quizId: number): Promise<boolean> {
  const [row] = await db
    .select({ id: draftQuestions.id })
    .from(draftQuestions)
    .where(eq(draftQuestions.quizId, quizId))
    .limit(1);
  return row !== undefined;
}

/**
 * Adds questions at the end, or after one of the list.
 *
 * @returns their keys, in the order given
 */
export async function insertDraftQuestions(
  tx: Transaction,
  quizId: number,
  contents: readonly QuestionContent[],
  { now, after = null }: { now: Date; after?: string | null },
): Promise<string[]> {
  if (contents.length === 0) return [];
  const start = await makeRoom(tx, quizId, after, contents.length);
  const keys: string[] = [];
  for (let from = 0; from < contents.length; from += batch) {
    const rows = contents
      .slice(from, from + batch)
      .map(({ question, typed }, index) => ({ quizId, question, typed, place: start + from + index, updatedAt: now }));
    const added = await tx.insert(draftQuestions).values(rows).returning({ key: draftQuestions.key });
    keys.push(...added.map(({ key }) => key));
  }
  return keys;
}

/** Rows for one statement, well below the number of parameters it may have. */
const batch = 500;

/** Keeps what a question is now. */
export async function saveDraftQuestion(
  tx: Transaction,
  quizId: number,
  key: string,
  { question, typed }: QuestionContent,
  now: Date,
): Promise<void> {
  await tx
    .update(draftQuestions)
    .set({ question, typed, updatedAt: now, revision: sql`${draftQuestions.revision} + 1` })
    .where(oneOf(quizId, key));
}

/** Takes a question out of the list; it can be put back. */
export async function deleteDraftQuestion(tx: Transaction, quizId: number, key: string, now: Date): Promise<void> {
  await tx
    .update(draftQuestions)
    .set({ deletedAt: now })
    .where(and(oneOf(quizId, key), isNull(draftQuestions.deletedAt)));
}

/** Puts a question back where it stood. */
export async function restoreDraftQuestion(tx: Transaction, quizId: number, key: string): Promise<void> {
  await tx.update(draftQuestions).set({ deletedAt: null }).where(oneOf(quizId, key));
}

/**
 * Moves a question within the list.
 *
 * @param to its place among the others, from 0; beyond the end is the end
 */
export async function moveDraftQuestion(tx: Transaction, quizId: number, key: string, to: number): Promise<void> {
  const rows = await tx
    .select({ key: draftQuestions.key, place: draftQuestions.place })
    .from(draftQuestions)
    .where(inList(quizId))
    .orderBy(asc(draftQuestions.place), asc(draftQuestions.id));
  const others = rows.filter((row) => row.key !== key);
  if (others.length === rows.length) return;
  const before = others[Math.min(to, others.length) - 1];
  const place = await makeRoom(tx, quizId, before?.key ?? 'start', 1);
  await tx.update(draftQuestions).set({ place }).where(oneOf(quizId, key));
}

/** Says that the questions of a draft have changed. */
export async function raiseRevision(tx: Transaction, quizId: number, now: Date): Promise<void> {
  await tx
    .update(quizzes)
    .set({ revision: sql`${quizzes.revision} + 1`, updatedAt: now })
    .where(eq(quizzes.id, quizId));
}

/** Puts keys in the order given, one after the other. */
export async function placeInOrder(tx: Transaction, quizId: number, keys: readonly string[]): Promise<void> {
  const order = sql`select * from unnest(${sql.param([...keys])}::uuid[]) with ordinality as wanted(key, place)`;
  await tx.execute(sql`update ${draftQuestions} set place = wanted.place
    from (${order}) as wanted where ${draftQuestions.key} = wanted.key and ${draftQuestions.quizId} = ${quizId}`);
}

/** Free places for some questions after another (null: at the end, `start`: before all). Returns the first of them. */
async function makeRoom(tx: Transaction, quizId: number, after: string | null, count: number): Promise<number> {
  const [last] = await tx
    .select({ place: max(draftQuestions.place) })
    .from(draftQuestions)
    .where(eq(draftQuestions.quizId, quizId));
  if (after === null) return (last?.place ?? 0) + 1;
  const [row] =
    after === 'start'
      ? [{ place: 0, id: 0 }]
      : await tx
          .select({ place: draftQuestions.place, id: draftQuestions.id })
          .from(draftQuestions)
          .where(oneOf(quizId, after));
  if (!row) return (last?.place ?? 0) + 1;
  await tx
    .update(draftQuestions)
    .set({ place: sql`${draftQuestions.place} + ${count + 1}` })
    .where(and(eq(draftQuestions.quizId, quizId), gt(draftQuestions.place, row.place)));
  return row.place + 1;
}

function parseRow(row: typeof draftQuestions.$inferSelect): DraftQuestion {
  return { key: row.key, revision: row.revision, ...parseContent(row) };
}
