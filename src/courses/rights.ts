// Who may do what in a course: the one table, for every route and every page. The README shows the same table to people.
import type { CourseRole } from '../lti/roles.ts';

/** Everything that somebody may or may not do in a course. */
export const rights = [
  /** Write, publish and detach quizzes; choose what an activity holds. */
  'edit-quizzes',
  /** See a quiz with its key, as its authors do. */
  'preview-quizzes',
  /** See everybody's attempts and points, the people of the course, and where grades are. */
  'see-results',
  /** Send grades again, make a gradebook column, refresh the list of people. */
  'run-course',
  /** Mark what no machine can. */
  'mark-answers',
  /** Regrade, send zeros, give a learner more time. */
  'decide-grades',
  /** Take a quiz, and see one's own attempts and progress. */
  'answer',
  /** Have the score of a quiz sent to the gradebook. */
  'be-graded',
  /** See the progress of the students one is named for. */
  'see-mentees',
] as const;

export type Right = (typeof rights)[number];

const table: Record<CourseRole, readonly Right[]> = {
  instructor: ['edit-quizzes', 'preview-quizzes', 'see-results', 'run-course', 'mark-answers', 'decide-grades'],
  assistant: ['preview-quizzes', 'see-results', 'run-course', 'mark-answers'],
  author: ['edit-quizzes', 'preview-quizzes'],
  learner: ['answer', 'be-graded'],
  mentor: ['see-mentees'],
  guest: ['answer'],
};

/** Whether a role has a right. */
export function mayDo(role: CourseRole, right: Right): boolean {
  return table[role].includes(right);
}
