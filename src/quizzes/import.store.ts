// What was read of a text or a file, kept until its teacher has chosen from it: the page can be left, opened again and gone back to.
// It is read in the background, so a row says how far that is.
import { and, asc, count, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../database/database.ts';
import { importedQuestions, questionImports } from '../database/tables/quizzes.ts';
import { problemCodes } from '../questions/formats/format.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import type { FormatName } from '../questions/read-questions.ts';
import { assetRefusalSchema } from './refused-picture.ts';

/** How long an import can be gone back to. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

const problemSchema = z.object({
  line: z.number(),
  code: z.enum(problemCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const reportSchema = z.object({
  format: z.string().nullable(),
  problems: z.array(problemSchema),
  warnings: z.array(problemSchema),
  /** Pictures that could not be kept, each with the line of the first question that shows it. */
  refused: z.array(z.object({ line: z.number(), refusal: assetRefusalSchema })),
});

/** What is to be said of an import as a whole. */
export type ImportReport = z.infer<typeof reportSchema>;

/** `in-draft`: the draft asked the same when it was read. `twice`: an earlier question of this import does. */
export type Duplicate = 'in-draft' | 'twice';

/** A question of an import; `place` is from 0. */
export interface ImportedQuestion {
  place: number;
  line: number;
  question: Question;
  duplicate: Duplicate | null;
  isTicked: boolean;
}

/** One import. */
export interface QuestionImport {
  id: number;
  /** What was typed; empty where a file was chosen. */
  source: string;
  sourceFormat: FormatName | 'auto';
  fileName: string | null;
  state: 'reading' | 'read' | 'cancelled' | 'failed';
  done: number;
  total: number | null;
  heardAt: Date;
  report: ImportReport | null;
  /** Whether the chosen ones are in the draft. */
  isAdded: boolean;
}

/** Keeps that something is going to be read; the draft's imports of long ago go. Returns our key. */
export async function insertImport(
  tx: Transaction,
  imported: { quizId: number; personId: number; source: string; sourceFormat: string; fileName: string | null },
  now: Date,
): Promise<number> {
  const longAgo = new Date(now.getTime() - keptMs);
  await tx
    .delete(questionImports)
    .where(and(eq(questionImports.quizId, imported.quizId), lt(questionImports.createdAt, longAgo)));
  const [row] = await tx
    .insert(questionImports)
    .values({ ...imported, state: 'reading', heardAt: now, createdAt: now })
    .returning({ id: questionImports.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

const stillRead = (id: number) => and(eq(questionImports.id, id), eq(questionImports.state, 'reading'));

/** Says how far the reading is, and that its process lives. Returns false once somebody has cancelled it. */
export async function noteProgress(
  db: Database,
  id: number,
  { done, total }: { done: number; total: number | null },
  now: Date,
): Promise<boolean> {
  const noted = await db
    .update(questionImports)
    .set({ done, total, heardAt: now })
    .where(stillRead(id))
    .returning({ id: questionImports.id });
  return noted.length > 0;
}

/** Keeps questions of an import that is still being read: nobody is shown them before the last is there. */
export async function appendImported(
  db: Database,
  importId: number,
  questions: readonly ImportedQuestion[],
): Promise<void> {
  if (questions.length === 0) return;
  await db.insert(importedQuestions).values(questions.map((one) => ({ importId, ...one })));
}

/** Says that everything is there. Returns false if it was cancelled meanwhile. */
export async function finishImport(tx: Transaction, id: number, report: ImportReport, now: Date): Promise<boolean> {
  const finished = await tx
    .update(questionImports)
    .set({ state: 'read', read: report, heardAt: now })
    .where(stillRead(id))
    .returning({ id: questionImports.id });
  return finished.length > 0;
}

/** Ends a reading that comes to nothing, and what was kept of it goes. Does nothing to one that has ended. */
export async function endImport(tx: Transaction, id: number, state: 'cancelled' | 'failed', now: Date): Promise<void> {
  const ended = await tx
    .update(questionImports)
    .set({ state, heardAt: now })
    .where(stillRead(id))
    .returning({ id: questionImports.id });
  if (ended.length > 0) await tx.delete(importedQuestions).where(eq(importedQuestions.importId, id));
}

/** A person's import into a draft; null for anybody else's. */
export async function findImport(
  db: Database,
  { id, quizId, personId }: { id: number; quizId: number; personId: number },
): Promise<QuestionImport | null> {
  const [row] = await db
    .select()
    .from(questionImports)
    .where(and(eq(questionImports.id, id), eq(questionImports.quizId, quizId), eq(questionImports.personId, personId)));
  if (!row) return null;
  const sourceFormat = row.sourceFormat as QuestionImport['sourceFormat'];
  const report = row.read === null ? null : reportSchema.parse(row.read);
  return { ...row, sourceFormat, report, isAdded: row.addedAt !== null };
}

const placesOf = (importId: number, { from, most }: { from: number; most: number }) =>
  and(
    eq(importedQuestions.importId, importId),
    gte(importedQuestions.place, from),
    lt(importedQuestions.place, from + most),
  );

/** Some questions of an import, in their order. */
export async function listImported(
  db: Database,
  importId: number,
  places: { from: number; most: number },
): Promise<ImportedQuestion[]> {
  const rows = await db
    .select()
    .from(importedQuestions)
    .where(placesOf(importId, places))
    .orderBy(asc(importedQuestions.place));
  return rows.map((row) => ({ ...row, question: questionSchema.parse(row.question) }));
}

/** How many questions an import has, and how many of them are ticked. */
export async function countImported(db: Database, importId: number): Promise<{ all: number; ticked: number }> {
  const [row] = await db
    .select({ all: count(), ticked: sql`count(*) filter (where ${importedQuestions.isTicked})`.mapWith(Number) })
    .from(importedQuestions)
    .where(eq(importedQuestions.importId, importId));
  return row ?? { all: 0, ticked: 0 };
}

/** Keeps which of some places are ticked. */
export async function tickImported(
  tx: Transaction,
  importId: number,
  places: { from: number; most: number },
  ticked: readonly number[],
): Promise<void> {
  const isTicked = sql`${importedQuestions.place} = any(${sql.param([...ticked])}::int[])`;
  await tx.update(importedQuestions).set({ isTicked }).where(placesOf(importId, places));
}

/** Ticks every question of an import that is no duplicate, or none. */
export async function tickAll(tx: Transaction, importId: number, isTicked: boolean): Promise<void> {
  await tx
    .update(importedQuestions)
    .set({ isTicked: isTicked ? sql`${importedQuestions.duplicate} is null` : false })
    .where(eq(importedQuestions.importId, importId));
}

/** Marks an import as added. Returns false if it was already: a second click adds nothing. */
export async function markAdded(tx: Transaction, id: number, now: Date): Promise<boolean> {
  const marked = await tx
    .update(questionImports)
    .set({ addedAt: now })
    .where(and(eq(questionImports.id, id), isNull(questionImports.addedAt)))
    .returning({ id: questionImports.id });
  return marked.length > 0;
}
