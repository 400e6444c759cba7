// One course's line in the record book of a student.
import type { OwnCredits } from '../student/own-credits.ts';
import { inForce as awardInForce } from '../ledger.ts';
import type { BookCourse } from './record-book.ts';

type GradeFields = Pick<BookCourse, 'grade' | 'isGradeConfirmed'>;

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
    ...gradeIn(credits),
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
 * something learnt elsewhere; else what the results come to, which is confirmed once all credits rest on it.
 */
function gradeIn({ components, evaluation: { grade } }: OwnCredits['credits']): GradeFields {
  if (components.some(({ standing }) => standing === 'recognised')) return { grade: null, isGradeConfirmed: false };
  const lost = components.find(({ standing }) => standing === 'lost');
  if (!lost) {
    const isGradeConfirmed = grade !== null && components.every(({ standing }) => standing === 'confirmed');
    return { grade: grade && { grade: grade.grade, gradePoints: grade.gradePoints }, isGradeConfirmed };
  }
  const evidence = awardInForce(lost.account)?.evidence;
  if (!evidence?.grade) return { grade: null, isGradeConfirmed: false };
  return { grade: { grade: evidence.grade, gradePoints: evidence.gradePoints }, isGradeConfirmed: true };
}
