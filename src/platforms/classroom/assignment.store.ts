// Assignments that we make at Classroom for teachers. Each stands for one intention of a teacher, whose key is in its link: however often a
// button is pressed, or a try breaks off, there is one.
import { and, eq, isNull, lte } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { classroomAssignments } from '../../database/tables/classroom.ts';
import { courses } from '../../database/tables/courses.ts';

export type Assignment = typeof classroomAssignments.$inferSelect;

/** Longer than Google may take to answer all that is asked while one is made. */
const claimMs = 30_000;

type NewAssignment = Pick<
  typeof classroomAssignments.$inferInsert,
  'key' | 'courseId' | 'madeBy' | 'isDraft' | 'isFinal'
>;

/**
 * Takes it into hand to make an assignment at Google. `first`: nobody has tried yet. `again`: an earlier try may have made it, although we
 * do not know. `taken`: it is made, or somebody is making it now.
 */
export async function claimAssignment(
  db: Database,
  assignment: NewAssignment,
  now: Date,
): Promise<'first' | 'again' | 'taken'> {
  const claim = { ...assignment, madeAt: now, claimedUntil: new Date(now.getTime() + claimMs) };
  const [first] = await db.insert(classroomAssignments).values(claim).onConflictDoNothing().returning();
  if (first) return 'first';
  const [again] = await db
    .update(classroomAssignments)
    .set(claim)
    .where(
      and(
        eq(classroomAssignments.key, assignment.key),
        eq(classroomAssignments.courseId, assignment.courseId),
        isNull(classroomAssignments.itemId),
        lte(classroomAssignments.claimedUntil, now),
      ),
    )
    .returning();
  return again ? 'again' : 'taken';
}

/** Lets go of one that is not made, or perhaps is although no answer came: the next try looks for it. */
export async function releaseAssignment(db: Database, key: string, now: Date): Promise<void> {
  const isUnmade = and(eq(classroomAssignments.key, key), isNull(classroomAssignments.itemId));
  await db.update(classroomAssignments).set({ claimedUntil: now }).where(isUnmade);
}

/** Forgets one that Google refused to make. */
export async function dropAssignment(db: Database, key: string): Promise<void> {
  await db
    .delete(classroomAssignments)
    .where(and(eq(classroomAssignments.key, key), isNull(classroomAssignments.itemId)));
}

/** Notes that it is made. @param made.itemId Google's id of it */
export async function settleAssignment(
  tx: Transaction,
  key: string,
  made: { itemId: string; alternateLink: string | null },
): Promise<void> {
  await tx
    .update(classroomAssignments)
    .set({ ...made, claimedUntil: null })
    .where(eq(classroomAssignments.key, key));
}

/** An assignment of a course, made or being made; null for every other key. @param of.courseId our key */
export async function findAssignment(
  db: Database,
  { courseId, key }: { courseId: number; key: string },
): Promise<Assignment | null> {
  const [row] = await db
    .select()
    .from(classroomAssignments)
    .where(and(eq(classroomAssignments.key, key), eq(classroomAssignments.courseId, courseId)));
  return row ?? null;
}

/** An assignment of a course by Google's id of it; null for what we did not make. @param of.courseId our key */
export async function findMadeAssignment(
  db: Database,
  { courseId, itemId }: { courseId: number; itemId: string },
): Promise<Assignment | null> {
  const [row] = await db
    .select()
    .from(classroomAssignments)
    .where(and(eq(classroomAssignments.courseId, courseId), eq(classroomAssignments.itemId, itemId)));
  return row ?? null;
}

/** Where the link with that key leads, in Google's ids; null for a key that is none, or another client's. @param deploymentId our key */
export async function findLinkedAssignment(
  db: Database,
  { deploymentId, key }: { deploymentId: number; key: string },
): Promise<{ googleCourseId: string; itemId: string } | null> {
  const [row] = await db
    .select({ googleCourseId: courses.contextId, itemId: classroomAssignments.itemId })
    .from(classroomAssignments)
    .innerJoin(courses, eq(courses.id, classroomAssignments.courseId))
    .where(and(eq(classroomAssignments.key, key), eq(courses.deploymentId, deploymentId)));
  return row?.itemId ? { googleCourseId: row.googleCourseId, itemId: row.itemId } : null;
}
