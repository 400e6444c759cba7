// What follows in gradebooks when a course's credit plan is published: the credit page's column shows what the new plan makes of everybody's
// results. Credits stay as they were given.
import { listStudents } from '../credits/student.store.ts';
import type { Transaction } from '../database/database.ts';
import { wantCreditScores } from './want-credit-scores.ts';

/** Sets the cells of all students, in the transaction of the publication. */
export async function planPublished(tx: Transaction, courseId: number, now: Date): Promise<void> {
  const students = await listStudents(tx, courseId);
  const personIds = students.map(({ personId }) => personId);
  await wantCreditScores(tx, { courseId, personIds }, now);
}
