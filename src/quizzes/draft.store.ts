// The draft that stands at a placement: found for reading, held for changing, and read out of its text where it has no questions of
// its own yet.
import { eq, sql } from 'drizzle-orm';
import { lockPlacementQuiz, placeQuiz, type PlacementOfMember } from '../courses/placement.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { quizzes } from '../database/tables/quizzes.ts';
import { readQuestions, type FormatName } from '../questions/read-questions.ts';
import { hasDraftQuestions, insertDraftQuestions } from './draft-question.store.ts';
import { newBehaving } from './behaviour-form.ts';
import { withoutMarks } from './merge-text.ts';
import type { QuizSettings } from './quiz.ts';
import { parseReview, type QuizReview } from './quiz-review.ts';
import { insertDraft, type QuizDraft } from './quiz.store.ts';
import { getQuizHome } from './shared-quiz.store.ts';
import { withKeysOf } from './section-starts.ts';
import { anchorSections } from './section-starts.store.ts';
import { noStructure, structureSchema } from './structure.ts';
import { newTimeRules, timeRulesOf } from './time-rules.ts';

/** A draft as its pages need it. */
export interface OpenDraft extends QuizDraft {
  id: number;
  revision: number;
  /** Whether the text still says what the questions are. */
  isTextCurrent: boolean;
}

/** A draft with its revisions; its questions are a list of their own. @throws if there is none of that id */
export async function getDraft(db: Database, quizId: number): Promise<OpenDraft> {
  const [row] = await db.select().from(quizzes).where(eq(quizzes.id, quizId));
  if (!row) throw new Error(`There is no quiz ${quizId}`);
  const sourceFormat = row.sourceFormat as FormatName | 'auto';
  const structure = structureSchema.parse(row.structure);
  return { ...row, ...parseReview(row), structure, sourceFormat, isTextCurrent: row.revision === row.sourceRevision };
}

/** `shared`: the quiz belongs to another course, and whoever changes it here would change it there. */
export type HeldDraft = { ok: true; quizId: number } | { ok: false; code: 'shared' };

/**
 * Holds the draft of a placement until the transaction ends; where there is no quiz yet, one is made.
 *
 * @param title of a new one
 */
export async function holdDraft(
  tx: Transaction,
  placement: Pick<PlacementOfMember, 'id' | 'courseId'>,
  title: string,
  now: Date,
): Promise<HeldDraft> {
  const placedId = await lockPlacementQuiz(tx, placement.id);
  if (placedId === null) {
    const quizId = await insertDraft(tx, placement.courseId, emptyDraft(title), now);
    await placeQuiz(tx, placement.id, quizId);
    return { ok: true, quizId };
  }
  const home = await getQuizHome(tx, placedId);
  if (home.courseId !== placement.courseId) return { ok: false, code: 'shared' };
  // Another placement may hold the same quiz.
  await tx.select({ id: quizzes.id }).from(quizzes).where(eq(quizzes.id, placedId)).for('update');
  await readTextOnce(tx, placedId, now);
  await anchorSections(tx, placedId);
  return { ok: true, quizId: placedId };
}

/**
 * Makes questions of the text of a draft that has none of its own: one from before there were any, or that came from the chooser.
 * Does nothing a second time.
 */
export async function readTextOnce(tx: Transaction, quizId: number, now: Date): Promise<void> {
  const { source, sourceFormat } = await getDraft(tx, quizId);
  if (source.trim() === '' || (await hasDraftQuestions(tx, quizId))) return;
  const { questions } = readQuestions(withoutMarks(source), sourceFormat);
  const contents = questions.map(({ question }) => ({ question, typed: null }));
  await insertDraftQuestions(tx, quizId, contents, { now });
}

/** Whether `readTextOnce` has something to do. */
export async function isTextUnread(db: Database, { id, source }: OpenDraft): Promise<boolean> {
  return source.trim() !== '' && !(await hasDraftQuestions(db, id));
}

/** Keeps a title and settings. */
export async function saveSettings(
  tx: Transaction,
  quizId: number,
  draft: QuizSettings & QuizReview & { title: string },
  now: Date,
): Promise<void> {
  const { title, attemptsAllowed, countingAttempt } = draft;
  const { behaviour, penalty, mayRedo, marksByHand, review, overallFeedback } = draft;
  const structure = withKeysOf(draft.structure, (await getDraft(tx, quizId)).structure);
  const taken = {
    ...{ attemptsAllowed, countingAttempt, behaviour, penalty, mayRedo, marksByHand },
    ...timeRulesOf(draft),
    structure,
  };
  await tx
    .update(quizzes)
    .set({ title, ...taken, review, overallFeedback, updatedAt: now })
    .where(eq(quizzes.id, quizId));
}

/** Keeps a text that says what the questions are by now. */
export async function saveText(
  tx: Transaction,
  quizId: number,
  { source, sourceFormat }: Pick<QuizDraft, 'source' | 'sourceFormat'>,
): Promise<void> {
  await tx
    .update(quizzes)
    .set({ source, sourceFormat, sourceRevision: sql`${quizzes.revision}` })
    .where(eq(quizzes.id, quizId));
}

/** A draft in which nothing stands but its title. */
export function emptyDraft(title: string): QuizDraft {
  return {
    title,
    source: '',
    sourceFormat: 'auto',
    attemptsAllowed: null,
    countingAttempt: 'best',
    ...newTimeRules,
    ...newBehaving,
    structure: noStructure,
  };
}
