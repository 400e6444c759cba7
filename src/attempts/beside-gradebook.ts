// A row of the table of results beside what the gradebook was found to show of the same learner.
import { gradeDifference, type GradeDifference, type PointsOf } from '../grades/compare-grade.ts';
import type { GradeAction, TeacherGrade } from '../grades/teacher-grade.ts';

/** How a grade stands in a row. */
export interface GradeInRow extends TeacherGrade {
  /** Null where nobody has compared, and where the state says it already. */
  difference: Exclude<GradeDifference, 'same'> | null;
}

/** The same grade, by what we know of it without asking the gradebook. */
export function notCompared(grade: TeacherGrade): GradeInRow {
  return { ...grade, difference: null };
}

/**
 * The same grade with what was read just now. A score that is not there yet differs from nothing, one that is never sent is missed
 * by nobody, and what somebody else entered where we have nothing is not ours to change.
 *
 * @param there what the gradebook shows; null: no points
 */
export function beside(grade: TeacherGrade, there: PointsOf | null): GradeInRow {
  const difference = isTold(grade) ? 'same' : gradeDifference(grade.wanted, there);
  if (difference === 'same') return { ...grade, there, difference: null };
  const offer: GradeAction | null = grade.wanted ? 'send-ours' : null;
  return { ...grade, there, difference, action: grade.action ?? offer };
}

/** Whether a teacher should look at it. */
export function isNoteworthy({ trouble, difference }: GradeInRow): boolean {
  return trouble !== null || difference !== null;
}

function isTold({ status }: TeacherGrade): boolean {
  switch (status.state) {
    case 'on-its-way':
    case 'waiting':
    case 'overridden':
    case 'superseded':
    case 'taken-back':
      return true;
    case 'not-gradable':
    case 'no-column':
    case 'delivered':
    case 'refused':
      return false;
  }
}
