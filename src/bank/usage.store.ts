// Where a bank question is used: in which quizzes, in which of their published versions, and how it went.
import { and, asc, eq, inArray, isNotNull, isNull, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { answers, attempts } from '../database/tables/attempts.ts';
import { bankQuestionVersions } from '../database/tables/bank.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { draftQuestions, quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { markQuestion } from '../questions/mark-question.ts';
import { questionSchema } from '../questions/question.ts';

/** A quiz that has a copy of the question. */
export interface QuizUse {
  quizId: number;
  title: string;
  courseId: number;
  courseTitle: string | null;
  /** Where it can be opened; null: nowhere any more. */
  placementId: number | null;
  /** The version of the bank that its draft has. */
  version: number;
  /** The published versions of the quiz in which it stands just as one version of the bank says; points apart. */
  published: number[];
}

/** In how many quizzes each of some questions is, by our key of the question. */
export async function countUses(db: Database, questionIds: readonly number[]): Promise<Map<number, number>> {
  if (questionIds.length === 0) return new Map();
  const { bankQuestionId } = draftQuestions;
  const rows = await db
    .select({ bankQuestionId, uses: sql`count(distinct ${draftQuestions.quizId})`.mapWith(Number) })
    .from(draftQuestions)
    .where(and(inArray(bankQuestionId, [...questionIds]), isNull(draftQuestions.deletedAt)))
    .groupBy(bankQuestionId);
  return new Map(
    rows.flatMap(({ bankQuestionId: questionId, uses }) => (questionId === null ? [] : [[questionId, uses]])),
  );
}

/** The quizzes that have the question in their drafts. */
export async function listUses(db: Database, questionId: number): Promise<QuizUse[]> {
  const rows = await db
    .select({
      quizId: quizzes.id,
      title: quizzes.title,
      courseId: courses.id,
      courseTitle: courses.title,
      placementId: sql<number | null>`(select min(${placements.id}) from ${placements}
        where ${placements.quizId} = ${quizzes.id} and ${placements.courseId} = ${quizzes.courseId})`.mapWith(
        (found: unknown) => (found === null ? null : Number(found)),
      ),
      version: sql`max(${draftQuestions.bankVersion})`.mapWith(Number),
    })
    .from(draftQuestions)
    .innerJoin(quizzes, eq(quizzes.id, draftQuestions.quizId))
    .innerJoin(courses, eq(courses.id, quizzes.courseId))
    .where(and(eq(draftQuestions.bankQuestionId, questionId), isNull(draftQuestions.deletedAt)))
    .groupBy(quizzes.id, courses.id)
    .orderBy(asc(quizzes.id))
    .limit(100);
  const published = await publishedIn(db, questionId);
  return rows.map((row) => ({
    ...row,
    published: [...new Set(published.filter(({ quizId }) => quizId === row.quizId).map(({ number }) => number))],
  }));
}

/** What two questions are compared by: what each is worth, and what it teaches, is said by the quiz that has it. */
const sayingOf = (question: SQLWrapper) => sql`${question} - 'points' - 'outcomes'`;

/**
 * Where the question stands in published versions. They are frozen and know nothing of banks, so it is found by what it says; only in
 * quizzes whose drafts have or had it, which are few.
 */
async function publishedIn(db: Database, questionId: number) {
  const own = db
    .select({ quizId: draftQuestions.quizId })
    .from(draftQuestions)
    .where(eq(draftQuestions.bankQuestionId, questionId));
  const said = db
    .select({ question: sayingOf(bankQuestionVersions.question) })
    .from(bankQuestionVersions)
    .where(eq(bankQuestionVersions.questionId, questionId));
  const elements = sql`jsonb_array_elements(${quizVersions.questions}) with ordinality as asked(question, position)`;
  return db
    .select({
      versionId: quizVersions.id,
      quizId: quizVersions.quizId,
      number: quizVersions.number,
      position: sql`asked.position - 1`.mapWith(Number),
      question: sql<unknown>`asked.question`,
    })
    .from(quizVersions)
    .innerJoin(elements, sql`true`)
    .where(and(inArray(quizVersions.quizId, own), inArray(sayingOf(sql`asked.question`), said)))
    .orderBy(asc(quizVersions.quizId), asc(quizVersions.number));
}

/** How a question went with learners. */
export interface Facility {
  /** In how many attempts that were handed in it was answered. */
  answered: number;
  /** What share of the points those answers earned, on average, 0 to 1; null while there is none. */
  share: number | null;
}

/** So many answers say well enough how a question goes. */
const mostAnswers = 500;

/** How the question went: by answers that were handed in, those to the newest versions first, each marked by what it was given to. */
export async function facilityOf(db: Database, questionId: number): Promise<Facility> {
  const places = (await publishedIn(db, questionId)).reverse();
  const shares: number[] = [];
  let answered = 0;
  for (const { versionId, quizId, position, question } of places) {
    const asked = questionSchema.parse(question);
    // With numbers of its own, each attempt was asked another question.
    if (asked.variables || answered >= mostAnswers) continue;
    const rows = await db
      .select({ response: answers.response })
      .from(placements)
      .innerJoin(attempts, and(eq(attempts.placementId, placements.id), eq(attempts.quizVersionId, versionId)))
      .innerJoin(answers, and(eq(answers.attemptId, attempts.id), eq(answers.position, position)))
      .where(and(eq(placements.quizId, quizId), isNotNull(attempts.submittedAt)))
      .limit(mostAnswers - answered);
    answered += rows.length;
    for (const { response } of rows) {
      const { state, points, maximum } = markQuestion(asked, response);
      if (state !== 'waiting' && maximum.gt(0)) shares.push(points.div(maximum).valueOf());
    }
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  return { answered, share: shares.length === 0 ? null : sum / shares.length };
}
