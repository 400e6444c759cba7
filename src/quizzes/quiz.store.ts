// Quizzes: their drafts, which change, and their published versions, which never do.
import { isDeepStrictEqual } from 'node:util';
import { desc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../database/database.ts';
import { readOnce } from '../database/read-once.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import type { FormatName } from '../questions/read-questions.ts';
import { inTurns } from './in-turns.ts';
import type { QuizSettings, QuizVersion } from './quiz.ts';
import { parseReview, type QuizReview } from './quiz-review.ts';
import { structureProblems } from './structure-problems.ts';
import { structureSchema } from './structure.ts';
import { timeRulesOf } from './time-rules.ts';

/** In the published versions that are kept at hand, however many they are. */
const mostQuestions = 10_000;

/** What a teacher works on; `source` is theirs to the letter. */
export interface QuizDraft extends QuizSettings, QuizReview {
  title: string;
  source: string;
  sourceFormat: FormatName | 'auto';
}

/** The draft of a quiz; null if there is none of that id. */
export async function findDraft(db: Database, quizId: number): Promise<QuizDraft | null> {
  const [row] = await db.select().from(quizzes).where(eq(quizzes.id, quizId));
  if (!row) return null;
  const structure = structureSchema.parse(row.structure);
  return { ...row, ...parseReview(row), structure, sourceFormat: row.sourceFormat as QuizDraft['sourceFormat'] };
}

/** Keeps a new quiz's draft. Returns our key of the quiz. */
export async function insertDraft(tx: Transaction, courseId: number, draft: QuizDraft, now: Date): Promise<number> {
  const [row] = await tx
    .insert(quizzes)
    .values({ courseId, ...draft, updatedAt: now })
    .returning({ id: quizzes.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** Keeps what the draft is now. */
export async function saveDraft(tx: Transaction, quizId: number, draft: QuizDraft, now: Date): Promise<void> {
  await tx
    .update(quizzes)
    .set({ ...draft, updatedAt: now })
    .where(eq(quizzes.id, quizId));
}

/**
 * Publishes: freezes a title, questions and settings as the quiz's next version. Two at once get two numbers; what is published
 * already, as by a second click, gets none.
 *
 * @throws for what cannot be asked as it is built: see `structureProblems`
 */
export async function publishVersion(
  tx: Transaction,
  quizId: number,
  quiz: QuizSettings & { title: string; questions: Question[] },
  { publishedBy, now }: { publishedBy: number; now: Date },
): Promise<void> {
  await tx.select({ id: quizzes.id }).from(quizzes).where(eq(quizzes.id, quizId)).for('update');
  const { title, questions, attemptsAllowed, countingAttempt, behaviour, penalty, mayRedo } = quiz;
  const { marksByHand = false, structure } = quiz;
  if (structureProblems({ questions, structure, marksByHand }).length > 0)
    throw new Error('Attempts could not be asked alike');
  const settings = {
    ...{ attemptsAllowed, countingAttempt, behaviour, penalty, mayRedo, marksByHand },
    ...timeRulesOf(quiz),
    structure,
  };
  const content = { title, questions, ...settings };
  const currentId = await findCurrentId(tx, quizId);
  const current = currentId === null ? null : await findRow(tx, currentId);
  if (current && (await isAsPublished(content, current))) return;
  const number = (current?.number ?? 0) + 1;
  await tx.insert(quizVersions).values({ quizId, number, ...content, publishedAt: now, publishedBy });
}

/** Whether a version says the same already; thousands of questions are compared in turns. */
async function isAsPublished(
  { questions, ...settings }: QuizSettings & { title: string; questions: Question[] },
  row: typeof quizVersions.$inferSelect,
): Promise<boolean> {
  const published = { ...row, structure: structureSchema.parse(row.structure) };
  const stored = z.array(z.unknown()).parse(row.questions);
  if (stored.length !== questions.length) return false;
  if (!isDeepStrictEqual({ ...published, ...asStored(settings) }, published)) return false;
  const same = await inTurns(questions, (question, index) =>
    isDeepStrictEqual(asStored(question), questionSchema.parse(stored[index])),
  );
  return same.every((one) => one);
}

/** Content as it comes back from the database. */
function asStored<Content extends object>(content: Content) {
  return JSON.parse(JSON.stringify(content)) as Content;
}

/** The version that learners get now; null while nothing is published. */
export async function findCurrentVersion(db: Database, quizId: number): Promise<QuizVersion | null> {
  const id = await findCurrentId(db, quizId);
  return id === null ? null : getVersion(db, id);
}

async function findCurrentId(db: Database, quizId: number): Promise<number | null> {
  const [row] = await db
    .select({ id: quizVersions.id })
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizId))
    .orderBy(desc(quizVersions.number))
    .limit(1);
  return row?.id ?? null;
}

/** A version that an attempt was begun with, the same object for all who ask. @throws if there is none of that id */
export async function getVersion(db: Database, versionId: number): Promise<QuizVersion> {
  const version = await readVersion(db, versionId);
  if (!version) throw new Error(`There is no quiz version ${versionId}`);
  return version;
}

const readVersion = readOnce(
  mostQuestions,
  async (db, versionId) => {
    const row = await findRow(db, versionId);
    return row ? frozen(parseVersion(row)) : null;
  },
  ({ questions }) => questions.length,
);

async function findRow(db: Database, versionId: number) {
  const [row] = await db.select().from(quizVersions).where(eq(quizVersions.id, versionId));
  return row ?? null;
}

/** Several versions, of whichever quizzes, the newest first. */
export async function listVersions(db: Database, versionIds: readonly number[]): Promise<QuizVersion[]> {
  if (versionIds.length === 0) return [];
  const rows = await db
    .select()
    .from(quizVersions)
    .where(inArray(quizVersions.id, [...versionIds]))
    .orderBy(desc(quizVersions.id));
  return rows.map(parseVersion);
}

function parseVersion(row: typeof quizVersions.$inferSelect): QuizVersion {
  return {
    ...row,
    questions: z.array(questionSchema).parse(row.questions),
    structure: structureSchema.parse(row.structure),
  };
}

/** What many share nobody may change, down to its smallest part. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
