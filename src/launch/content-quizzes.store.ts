// The quizzes that a teacher can put into a course, and a new one made on the spot.
import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import type { HandRule } from '../questions/behaviours/work.ts';
import type { Question } from '../questions/question.ts';
import { insertDraft, publishVersion, type QuizDraft } from '../quizzes/quiz.store.ts';
import { askedCount, maximumPoints } from '../quizzes/extent.ts';
import { isAnswerable } from '../quizzes/quiz.ts';
import { structureSchema, type BuiltQuestion } from '../quizzes/structure.ts';
import type { OfferedQuiz } from './content-choice.ts';
import { lockContentRequest } from './content-request.store.ts';

/** The most quizzes that are offered at once: a form of this many stays below what is read of a form. */
export const mostOffered = 500;

/**
 * The quizzes of a course, and those of another that stand in it since it was copied; what was worked on last comes first. Of the
 * questions only what they are and what they are worth is read: a bank is large.
 */
export async function listOfferedQuizzes(db: Database, courseId: number): Promise<OfferedQuiz[]> {
  const outline = sql<BuiltQuestion[] | null>`(
    select jsonb_agg(jsonb_build_object('type', question -> 'type', 'points', question -> 'points', 'tags', question -> 'tags'))
    from jsonb_array_elements(${quizVersions.questions}) as question)`;
  const current = db
    .select({
      title: quizVersions.title,
      structure: quizVersions.structure,
      marksByHand: quizVersions.marksByHand,
      outline: outline.as('outline'),
    })
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizzes.id))
    .orderBy(desc(quizVersions.number))
    .limit(1)
    .as('current');
  const placedHere = db.select({ quizId: placements.quizId }).from(placements).where(eq(placements.courseId, courseId));
  const rows = await db
    .select({
      contentId: quizzes.contentId,
      draftTitle: quizzes.title,
      title: current.title,
      structure: current.structure,
      outline: current.outline,
      marksByHand: current.marksByHand,
      placedAt: sql<(string | null)[]>`array(
        select ${placements.title} from ${placements}
        where ${placements.quizId} = ${quizzes.id} and ${placements.courseId} = ${courseId} order by ${placements.id})`,
    })
    .from(quizzes)
    .leftJoinLateral(current, sql`true`)
    .where(or(eq(quizzes.courseId, courseId), inArray(quizzes.id, placedHere)))
    .orderBy(desc(quizzes.updatedAt), desc(quizzes.id))
    .limit(mostOffered);
  return rows.map(({ contentId, draftTitle, title, structure, marksByHand, outline, placedAt }) => ({
    contentId,
    title: title ?? draftTitle,
    published: title === null ? null : extentOf(outline ?? [], structure, { marksByHand: marksByHand ?? false }),
    placedAt,
  }));
}

function extentOf(questions: BuiltQuestion[], stored: unknown, rule: HandRule): OfferedQuiz['published'] {
  const quiz = { questions, structure: structureSchema.parse(stored), ...rule };
  return { questions: askedCount(quiz), points: maximumPoints(quiz).valueOf() };
}

/**
 * Makes a quiz for a content request, published if it asks anything. A second click makes no second quiz: where the course has one
 * with this very title and text, that is the one.
 *
 * @returns its content id
 */
export async function makeQuiz(
  db: Database,
  { requestId, courseId, personId, now }: { requestId: number; courseId: number; personId: number; now: Date },
  draft: QuizDraft & { questions: Question[] },
): Promise<string> {
  const { questions, ...kept } = draft;
  return db.transaction(async (tx) => {
    await lockContentRequest(tx, requestId);
    const existing = await findTwin(tx, courseId, kept);
    if (existing) return existing;
    const quizId = await insertDraft(tx, courseId, kept, now);
    if (questions.some(isAnswerable)) await publishVersion(tx, quizId, draft, { publishedBy: personId, now });
    const [made] = await tx.select({ contentId: quizzes.contentId }).from(quizzes).where(eq(quizzes.id, quizId));
    if (!made) throw new Error(`There is no quiz ${quizId}`);
    return made.contentId;
  });
}

async function findTwin(tx: Transaction, courseId: number, draft: QuizDraft): Promise<string | null> {
  const { title, source, sourceFormat, attemptsAllowed, timeLimitMinutes, countingAttempt, behaviour } = draft;
  const [row] = await tx
    .select({ contentId: quizzes.contentId })
    .from(quizzes)
    .where(
      and(
        eq(quizzes.courseId, courseId),
        eq(quizzes.title, title),
        eq(quizzes.source, source),
        eq(quizzes.sourceFormat, sourceFormat),
        attemptsAllowed === null ? isNull(quizzes.attemptsAllowed) : eq(quizzes.attemptsAllowed, attemptsAllowed),
        timeLimitMinutes === null ? isNull(quizzes.timeLimitMinutes) : eq(quizzes.timeLimitMinutes, timeLimitMinutes),
        eq(quizzes.countingAttempt, countingAttempt),
        eq(quizzes.behaviour, behaviour),
      ),
    )
    .limit(1);
  return row?.contentId ?? null;
}
