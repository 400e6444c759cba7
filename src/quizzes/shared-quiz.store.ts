// A quiz that stands in another course than its own: the LMS copied the course, and the place kept its quiz. It is shared until
// a teacher detaches it; then the course has one of its own.
import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { coursesEditedBy } from '../courses/member.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { insertDraftQuestions, listDraftQuestions } from './draft-question.store.ts';
import { timeRulesOf } from './time-rules.ts';

/** Where a quiz belongs. */
export interface QuizHome {
  courseId: number;
  courseTitle: string | null;
}

/** The course that a quiz was made in. @throws if there is no such quiz */
export async function getQuizHome(db: Database, quizId: number): Promise<QuizHome> {
  const [home] = await db
    .select({ courseId: courses.id, courseTitle: courses.title })
    .from(quizzes)
    .innerJoin(courses, eq(courses.id, quizzes.courseId))
    .where(eq(quizzes.id, quizId));
  if (!home) throw new Error(`There is no quiz ${quizId}`);
  return home;
}

/** The titles of the other courses in which a quiz stands, so that its teachers know. */
export async function listOtherCourses(db: Database, quizId: number, courseId: number): Promise<(string | null)[]> {
  const rows = await db
    .selectDistinct({ id: courses.id, title: courses.title })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .where(and(eq(placements.quizId, quizId), ne(courses.id, courseId)))
    .orderBy(asc(courses.id));
  return rows.map(({ title }) => title);
}

/** The quiz that this one began as a copy of, by its course; null for one that did not. */
export async function findOrigin(db: Database, quizId: number): Promise<QuizHome | null> {
  const [row] = await db.select({ originId: quizzes.copiedFromId }).from(quizzes).where(eq(quizzes.id, quizId));
  return row?.originId ? getQuizHome(db, row.originId) : null;
}

/** A quiz that a teacher may put at an empty place. */
export interface OfferedQuiz {
  id: number;
  title: string;
  courseTitle: string | null;
}

/**
 * The quizzes of a course, and those of the courses that it is a copy of by the word of the LMS, for a link that says nothing of its
 * content. Those called like the place come first. A history can be written into a link by hand, so nobody is offered a quiz of a
 * course whose quizzes they may not edit.
 *
 * @param personId who is offered them
 */
export async function listOffered(
  db: Database,
  { courseId, title }: { courseId: number; title: string | null },
  personId: number,
): Promise<OfferedQuiz[]> {
  const [course] = await db.select().from(courses).where(eq(courses.id, courseId));
  if (!course) return [];
  const isAncestor = and(
    eq(courses.deploymentId, course.deploymentId),
    eq(courses.contextKind, 'context'),
    inArray(courses.contextId, course.copiedFrom),
    inArray(courses.id, coursesEditedBy(db, personId)),
  );
  return db
    .select({ id: quizzes.id, title: quizzes.title, courseTitle: courses.title })
    .from(quizzes)
    .innerJoin(courses, eq(courses.id, quizzes.courseId))
    .where(or(eq(courses.id, courseId), isAncestor))
    .orderBy(desc(sql`${quizzes.title} = ${title ?? ''}`), asc(quizzes.title), asc(quizzes.id))
    .limit(200);
}

/** Puts an offered quiz at a place that still has none. */
export async function placeOffered(db: Database, placementId: number, quizId: number): Promise<void> {
  await db
    .update(placements)
    .set({ quizId })
    .where(and(eq(placements.id, placementId), isNull(placements.quizId)));
}

/**
 * Makes a copy of a quiz, its draft and what is published now, in another course. Attempts keep the version they were begun with.
 *
 * @returns our key of the copy
 */
export async function copyQuiz(
  tx: Transaction,
  { quizId, courseId, publishedBy }: { quizId: number; courseId: number; publishedBy: number },
  now: Date,
): Promise<number> {
  const [original] = await tx.select().from(quizzes).where(eq(quizzes.id, quizId));
  if (!original) throw new Error(`There is no quiz ${quizId}`);
  const { title, source, sourceFormat, attemptsAllowed, countingAttempt } = original;
  const { behaviour, penalty, mayRedo, marksByHand, structure, review, overallFeedback, revision, sourceRevision } =
    original;
  const draft = {
    ...{ title, source, sourceFormat, attemptsAllowed, countingAttempt },
    ...timeRulesOf(original),
    ...{ behaviour, penalty, mayRedo, marksByHand, structure, review, overallFeedback },
  };
  const [copy] = await tx
    .insert(quizzes)
    .values({ ...draft, revision, sourceRevision, courseId, copiedFromId: quizId, updatedAt: now })
    .returning({ id: quizzes.id });
  if (!copy) throw new Error('An insert gave no row');
  await insertDraftQuestions(tx, copy.id, await listDraftQuestions(tx, quizId), { now });
  const [version] = await tx
    .select()
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizId))
    .orderBy(desc(quizVersions.number))
    .limit(1);
  if (version) {
    const { title, questions, attemptsAllowed, countingAttempt } = version;
    const { behaviour, penalty, mayRedo, marksByHand, structure } = version;
    const settings = {
      ...{ attemptsAllowed, countingAttempt },
      ...timeRulesOf(version),
      ...{ behaviour, penalty, mayRedo, marksByHand, structure },
    };
    const content = { title, questions, ...settings };
    await tx.insert(quizVersions).values({ quizId: copy.id, number: 1, ...content, publishedAt: now, publishedBy });
  }
  return copy.id;
}
