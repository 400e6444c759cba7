// What the credit page's column in the LMS's gradebook should show of some students: their points in the whole course, or their confirmed
// credits, as the plan says.
import { and, eq } from 'drizzle-orm';
import { loadCourseCredits } from '../credits/course-credits.ts';
import { listStudents } from '../credits/student.store.ts';
import type { Transaction } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { translator } from '../i18n/i18n.ts';
import { creditScore } from './credit-column.ts';
import { takeBackScore, wantScore } from './gradebook-cell.store.ts';
import { reviseCreditColumns } from './gradebook-column.store.ts';

/**
 * Sets the cells by what is true in this transaction. A student of whom nothing was assessed has none.
 *
 * @param of.personIds undefined: everybody's
 */
export async function wantCreditScores(
  tx: Transaction,
  { courseId, personIds }: { courseId: number; personIds?: readonly number[] },
  now: Date,
): Promise<void> {
  const pages = await tx
    .select({ placementId: placements.id })
    .from(placements)
    .where(and(eq(placements.courseId, courseId), eq(placements.content, 'credits')));
  if (pages.length === 0) return;
  const students = await listStudents(tx, courseId, personIds);
  const credits = await loadCourseCredits(tx, courseId, personIds);
  if (!credits) return;
  for (const { personId, language } of students) {
    const score = creditScore(credits.of(personId), credits.inForce.plan);
    const t = translator(language);
    const comment = t('grades.comment.credits');
    for (const { placementId } of pages) {
      const cell = { placementId, personId };
      if (score) await wantScore(tx, cell, { ...score, scoredAt: now, comment }, { now, basis: 'credits' });
      else await takeBackScore(tx, cell, now, 'credits');
    }
  }
}

/** What follows when a course's plan is published: its credit pages' columns, and everybody's scores in them. */
export async function creditPlanPublished(tx: Transaction, courseId: number, now: Date): Promise<void> {
  await reviseCreditColumns(tx, courseId, now);
  await wantCreditScores(tx, { courseId }, now);
}
