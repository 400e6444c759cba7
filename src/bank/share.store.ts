// With which courses a bank is shared. Whoever shares must be able to edit both courses, on the day it is used and not only on the
// day it was shared: who loses one of them takes their word with them.
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { coursesEditedBy, isEditorOf } from '../courses/member.store.ts';
import type { Database, Transaction } from '../database/database.ts';
import { bankQuestions, bankShares } from '../database/tables/bank.ts';
import { courses, people } from '../database/tables/courses.ts';

/** What a course may use of banks beside its own. */
export interface SharedWith {
  /** Our keys of the courses whose whole bank it may use. */
  courseIds: number[];
  /** And of single questions. */
  questionIds: number[];
}

const isInForce = and(
  isEditorOf(bankShares.sharedBy, bankShares.courseId),
  isEditorOf(bankShares.sharedBy, bankShares.withCourseId),
);

/** What others share with a course by now. */
export async function sharedWith(db: Database, courseId: number): Promise<SharedWith> {
  const rows = await db
    .select({ from: bankShares.courseId, questionId: bankShares.questionId })
    .from(bankShares)
    .where(and(eq(bankShares.withCourseId, courseId), isInForce));
  return {
    courseIds: [...new Set(rows.flatMap(({ from, questionId }) => (questionId === null ? from : [])))],
    questionIds: [...new Set(rows.flatMap(({ questionId }) => questionId ?? []))],
  };
}

/** Which questions a course may use: its own, and what is shared with it. */
export function isUsableIn(
  courseId: number,
  { courseIds, questionIds }: SharedWith,
  from: 'own' | 'shared' | null = null,
) {
  const own = eq(bankQuestions.courseId, courseId);
  const others = [
    ...(courseIds.length > 0 ? [inArray(bankQuestions.courseId, courseIds)] : []),
    ...(questionIds.length > 0 ? [inArray(bankQuestions.id, questionIds)] : []),
  ];
  if (from === 'own') return own;
  const shared = or(...others) ?? sql`false`;
  return from === 'shared' ? shared : or(own, shared);
}

/** A course by its title. */
export interface CourseTitle {
  courseId: number;
  courseTitle: string | null;
}

/** The other courses of a person's own that a course's bank can be shared with. */
export async function listShareable(db: Database, courseId: number, personId: number): Promise<CourseTitle[]> {
  const from = alias(courses, 'from_course');
  return db
    .select({ courseId: courses.id, courseTitle: courses.title })
    .from(courses)
    .innerJoin(from, eq(from.deploymentId, courses.deploymentId))
    .where(
      and(
        eq(from.id, courseId),
        sql`${courses.id} <> ${courseId}`,
        inArray(courses.id, coursesEditedBy(db, personId)),
        inArray(from.id, coursesEditedBy(db, personId)),
      ),
    )
    .orderBy(asc(courses.title), asc(courses.id));
}

/** One share, as the course that shares sees it. */
export interface Share extends CourseTitle {
  id: number;
  sharedBy: string | null;
  /** Whether it holds today. */
  isInForce: boolean;
}

/** With whom a question (null: the whole bank) of a course is shared. */
export async function listShares(db: Database, courseId: number, questionId: number | null): Promise<Share[]> {
  return db
    .select({
      id: bankShares.id,
      courseId: bankShares.withCourseId,
      courseTitle: courses.title,
      sharedBy: people.name,
      isInForce: sql<boolean>`${isInForce}`,
    })
    .from(bankShares)
    .innerJoin(courses, eq(courses.id, bankShares.withCourseId))
    .innerJoin(people, eq(people.id, bankShares.sharedBy))
    .where(
      and(
        eq(bankShares.courseId, courseId),
        questionId === null ? isNull(bankShares.questionId) : eq(bankShares.questionId, questionId),
      ),
    )
    .orderBy(asc(courses.title), asc(bankShares.id));
}

/** Shares; what is shared already stays so. */
export async function insertShare(tx: Transaction, share: typeof bankShares.$inferInsert): Promise<void> {
  await tx.insert(bankShares).values(share).onConflictDoNothing();
}

/** Takes a share of a course back; copies in quizzes stay. Returns whether there was one, and of which question. */
export async function deleteShare(
  tx: Transaction,
  courseId: number,
  shareId: number,
): Promise<{ questionId: number | null } | null> {
  const [gone] = await tx
    .delete(bankShares)
    .where(and(eq(bankShares.id, shareId), eq(bankShares.courseId, courseId)))
    .returning({ questionId: bankShares.questionId });
  return gone ?? null;
}
