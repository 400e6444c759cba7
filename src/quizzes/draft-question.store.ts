// The questions of a draft. Whoever changes them holds the draft (`holdDraft`), so that they stand in one order for everybody, and
// raises its revision.
import { and, asc, desc, eq, gt, gte, isNotNull, isNull, max, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { BankLink } from '../bank/bank.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { draftQuestions, importedQuestions, quizzes } from '../database/tables/quizzes.ts';
import { questionTypeNames } from '../questions/question.ts';
import { parseContent, type DraftQuestion, type QuestionContent } from './draft-question.ts';
import { inTurns } from './in-turns.ts';
import type { ListedQuestion } from './section-starts.ts';
import { countSections, followQuestions, listAnswerable } from './section-starts.store.ts';

const inList = (quizId: number) => and(eq(draftQuestions.quizId, quizId), isNull(draftQuestions.deletedAt));
const oneOf = (quizId: number, key: string) => and(eq(draftQuestions.quizId, quizId), eq(draftQuestions.key, key));

/**
 * The questions of a draft in their order.
 *
 * @param part some of them alone
 */
export async function listDraftQuestions(
  db: Database,
  quizId: number,
  part?: { from: number; most: number },
): Promise<DraftQuestion[]> {
  const list = db
    .select()
    .from(draftQuestions)
    .where(inList(quizId))
    .orderBy(asc(draftQuestions.place), asc(draftQuestions.id))
    .$dynamic();
  const rows = await (part ? list.limit(part.most).offset(part.from) : list);
  return inTurns(rows, parseRow);
}

const outlineSchema = z.object({
  key: z.string(),
  type: z.enum(questionTypeNames),
  points: z.string(),
  tags: z.array(z.string()),
  isFinished: z.boolean(),
});

/** What is known of a question without reading it: `points` are none for one that is unfinished. */
export type OutlinedQuestion = z.infer<typeof outlineSchema>;

/** The questions of a draft in their order, thousands of them in no time: what they ask is not read. */
export async function outlineDraft(db: Database, quizId: number): Promise<OutlinedQuestion[]> {
  const { key, question, typed } = draftQuestions;
  const rows = await db
    .select({
      key,
      type: sql`coalesce(${question} ->> 'type', ${typed} ->> 'type')`,
      points: sql`coalesce(${question} ->> 'points', '0')`,
      tags: sql`coalesce(${question} -> 'tags', '[]'::jsonb)`,
      isFinished: sql`${question} is not null`,
    })
    .from(draftQuestions)
    .where(inList(quizId))
    .orderBy(asc(draftQuestions.place), asc(draftQuestions.id));
  return rows.map((row) => outlineSchema.parse(row));
}

/** Some questions of a draft as they were made, for work on long lists; `last` is where to go on, null at the end. */
export async function listDraftQuestionsAfter(
  db: Database,
  quizId: number,
  { after, most }: { after: number; most: number },
): Promise<{ questions: DraftQuestion[]; last: number | null }> {
  const rows = await db
    .select()
    .from(draftQuestions)
    .where(and(inList(quizId), gt(draftQuestions.id, after)))
    .orderBy(asc(draftQuestions.id))
    .limit(most);
  return { questions: rows.map(parseRow), last: rows.length < most ? null : (rows.at(-1)?.id ?? null) };
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
  contents: readonly (QuestionContent & { bank?: BankLink | null })[],
  { now, after = null }: { now: Date; after?: string | null },
): Promise<string[]> {
  if (contents.length === 0) return [];
  const start = await makeRoom(tx, quizId, after, contents.length);
  const keys: string[] = [];
  for (let from = 0; from < contents.length; from += batch) {
    const rows = contents.slice(from, from + batch).map(({ question, typed, bank = null }, index) => ({
      ...{ quizId, question, typed, place: start + from + index, updatedAt: now },
      ...{ bankQuestionId: bank?.questionId ?? null, bankVersion: bank?.version ?? null },
    }));
    const added = await tx.insert(draftQuestions).values(rows).returning({ key: draftQuestions.key });
    keys.push(...added.map(({ key }) => key));
  }
  return keys;
}

/**
 * Adds the ticked questions of an import at the end, within the database: thousands never come into this process.
 *
 * @returns the key of the first, and how many there are
 */
export async function insertTickedQuestions(
  tx: Transaction,
  quizId: number,
  importId: number,
  now: Date,
): Promise<{ first: string | null; count: number }> {
  const start = await makeRoom(tx, quizId, null, 0);
  await tx.execute(sql`insert into ${draftQuestions} (quiz_id, question, place, updated_at)
    select ${quizId}::bigint, question, ${start}::int + (row_number() over (order by place))::int - 1, ${now.toISOString()}::timestamptz
    from ${importedQuestions} where import_id = ${importId} and is_ticked order by place`);
  const added = await tx
    .select({ key: draftQuestions.key })
    .from(draftQuestions)
    .where(and(inList(quizId), gte(draftQuestions.place, start)))
    .orderBy(asc(draftQuestions.place));
  return { first: added[0]?.key ?? null, count: added.length };
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

/** Says which version of which bank question a question is a copy of. */
export async function linkToBank(
  tx: Transaction,
  quizId: number,
  key: string,
  { questionId, version }: BankLink,
): Promise<void> {
  await tx.update(draftQuestions).set({ bankQuestionId: questionId, bankVersion: version }).where(oneOf(quizId, key));
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
  const list = await listAnswerable(tx, quizId);
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
  await followQuestions(tx, quizId, list, key);
}

/** Says that the questions of a draft have changed; its sections follow. */
export async function raiseRevision(tx: Transaction, quizId: number, now: Date): Promise<void> {
  await countSections(tx, quizId);
  await tx
    .update(quizzes)
    .set({ revision: sql`${quizzes.revision} + 1`, updatedAt: now })
    .where(eq(quizzes.id, quizId));
}

/**
 * Puts keys in the order given, one after the other.
 *
 * @param before the list before anything in it was changed
 */
export async function placeInOrder(
  tx: Transaction,
  quizId: number,
  keys: readonly string[],
  before: readonly ListedQuestion[],
): Promise<void> {
  const order = sql`select * from unnest(${sql.param([...keys])}::uuid[]) with ordinality as wanted(key, place)`;
  await tx.execute(sql`update ${draftQuestions} set place = wanted.place
    from (${order}) as wanted where ${draftQuestions.key} = wanted.key and ${draftQuestions.quizId} = ${quizId}`);
  await followQuestions(tx, quizId, before, null);
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
  const { key, revision, bankQuestionId: questionId, bankVersion: version } = row;
  const bank = questionId === null || version === null ? null : { questionId, version };
  return { key, revision, bank, ...parseContent(row) };
}
