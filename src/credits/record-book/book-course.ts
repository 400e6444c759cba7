// One course's line in the record book of a student.
import type { OwnCredits } from '../student/own-credits.ts';
import { inForce as awardInForce } from '../ledger.ts';
import type { BookCourse } from './record-book.ts';

/** What a course comes to for its student, as far as they may know. */
export function bookCourseOf({ inForce: { courseId, title, plan, policy }, credits }: OwnCredits): BookCourse {
  const { evaluation, sums, hidden, accounts } = credits;
  const awards = [...accounts.values()].flatMap((account) => awardInForce(account) ?? []);
  return {
    ...{ courseId, title, subjectCode: plan.subjectCode, educationYear: plan.educationYear, semester: plan.semester },
    ...{ plannedUnits: plan.units, confirmedUnits: sums.confirmed, provisionalUnits: sums.provisional },
    points: evaluation.points.toFraction(),
    maximumPoints: evaluation.maximumPoints.toFraction(),
    isPartHidden: hidden.size > 0,
    grade: gradeIn(credits),
    scale: {
      grades: policy.bands.map(({ grade, gradePoints }) => ({ grade, gradePoints })),
      threshold: policy.gpa.threshold,
      digits: policy.gpa.digits,
    },
    entryIds: awards.map(({ id }) => id),
  };
}

/**
 * The grade of a course: as it was confirmed where a newer plan does not give it any more, and none where the credits were recognised for
 * something learnt elsewhere; else what the results come to.
 */
function gradeIn({ components, evaluation: { grade } }: OwnCredits['credits']): BookCourse['grade'] {
  if (components.some(({ standing }) => standing === 'recognised')) return null;
  const lost = components.find(({ standing }) => standing === 'lost');
  if (!lost) return grade && { grade: grade.grade, gradePoints: grade.gradePoints };
  const evidence = awardInForce(lost.account)?.evidence;
  return evidence?.grade ? { grade: evidence.grade, gradePoints: evidence.gradePoints } : null;
}
