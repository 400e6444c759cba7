// What the credit page's column in the LMS's gradebook should show of some students: their points in the whole course, or their confirmed
// credits, as the plan says.
import { and, eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { loadCourseCredits, type CourseCredits } from '../credits/course-credits.ts';
import { listStudents } from '../credits/student.store.ts';
import type { Transaction } from '../database/database.ts';
import { placements } from '../database/tables/courses.ts';
import { translator } from '../i18n/i18n.ts';
import { takeBackScore, wantScore } from './gradebook-cell.store.ts';

/** Sets the cells by what is true in this transaction. A student of whom nothing was assessed has none. */
export async function wantCreditScores(
  tx: Transaction,
  { courseId, personIds }: { courseId: number; personIds: readonly number[] },
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
    const score = scoreOf(credits, personId);
    const comment = translator(language)('grades.comment.credits');
    for (const { placementId } of pages) {
      const cell = { placementId, personId };
      if (score) await wantScore(tx, cell, { ...score, scoredAt: now, comment }, { now, basis: 'credits' });
      else await takeBackScore(tx, cell, now, 'credits');
    }
  }
}

function scoreOf({ inForce: { plan }, of }: CourseCredits, personId: number) {
  const { evaluation, sums } = of(personId);
  if (evaluation.activities.every(({ points }) => points === null) && sums.confirmed === 0) return null;
  return plan.gradebookColumn === 'credits'
    ? { points: new Fraction(sums.confirmed, 100), maximumPoints: new Fraction(plan.units, 100) }
    : { points: evaluation.points, maximumPoints: evaluation.maximumPoints };
}
