// Student id numbers that a teacher confirmed for people of a course.
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Transaction } from '../../database/database.ts';
import { courses } from '../../database/tables/courses.ts';
import { rosterNumbers } from '../../database/tables/credits.ts';

/** A number, and whose it is. */
export interface RosterNumber {
  personId: number;
  studentIdNumber: string;
  fullName: string;
  groupName: string;
}

/**
 * Keeps numbers, each for one person and each person with one, in the place of what these people had and of whoever had these numbers.
 * Of two who do so at once the later one is right.
 */
export async function replaceRosterNumbers(
  tx: Transaction,
  { courseId, givenBy, numbers }: { courseId: number; givenBy: number; numbers: readonly RosterNumber[] },
  now: Date,
): Promise<void> {
  if (numbers.length === 0) return;
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('no key update');
  const people = numbers.map(({ personId }) => personId);
  const texts = numbers.map(({ studentIdNumber }) => studentIdNumber);
  await tx
    .delete(rosterNumbers)
    .where(
      and(
        eq(rosterNumbers.courseId, courseId),
        or(inArray(rosterNumbers.personId, people), inArray(rosterNumbers.studentIdNumber, texts)),
      ),
    );
  await tx.insert(rosterNumbers).values(numbers.map((number) => ({ courseId, givenBy, givenAt: now, ...number })));
}

/** Takes the number of one person of a course back. */
export async function deleteRosterNumber(tx: Transaction, courseId: number, personId: number): Promise<void> {
  await tx.delete(rosterNumbers).where(and(eq(rosterNumbers.courseId, courseId), eq(rosterNumbers.personId, personId)));
}
