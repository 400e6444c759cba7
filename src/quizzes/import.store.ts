// What was read of a text or a file, kept until its teacher has chosen from it: the page can be left, opened again and gone back to.
import { and, eq, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../database/database.ts';
import { questionImports } from '../database/tables/quizzes.ts';
import { problemCodes } from '../questions/formats/format.ts';
import { questionSchema } from '../questions/question.ts';
import type { FormatName, QuestionsRead } from '../questions/read-questions.ts';

/** How long an import can be gone back to. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

const readSchema = z.object({
  format: z.string().nullable(),
  questions: z.array(z.object({ line: z.number(), question: questionSchema })),
  problems: z.array(
    z.object({
      line: z.number(),
      code: z.enum(problemCodes),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});

/** One import. */
export interface QuestionImport {
  id: number;
  /** What was typed; empty where a file was chosen. */
  source: string;
  sourceFormat: FormatName | 'auto';
  fileName: string | null;
  read: z.infer<typeof readSchema>;
  /** Whether the chosen ones are in the draft. */
  isAdded: boolean;
}

/** Keeps what was read; the draft's imports of long ago go. Returns our key. */
export async function insertImport(
  tx: Transaction,
  imported: { quizId: number; personId: number; source: string; sourceFormat: string; fileName: string | null },
  { format, questions, problems }: QuestionsRead,
  now: Date,
): Promise<number> {
  const longAgo = new Date(now.getTime() - keptMs);
  await tx
    .delete(questionImports)
    .where(and(eq(questionImports.quizId, imported.quizId), lt(questionImports.createdAt, longAgo)));
  const [row] = await tx
    .insert(questionImports)
    .values({ ...imported, read: { format, questions, problems }, createdAt: now })
    .returning({ id: questionImports.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
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
  return { ...row, sourceFormat, read: readSchema.parse(row.read), isAdded: row.addedAt !== null };
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
