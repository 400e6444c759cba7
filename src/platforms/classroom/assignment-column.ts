// An assignment that we made as a gradebook column. A teacher's own change of a grade shows in it.
import { changeCourseWork, readCourseWork } from '../../classroom/course-work.ts';
import { scope } from '../../classroom/scopes.ts';
import { gradeSubmission, listSubmissions } from '../../classroom/student-submissions.ts';
import type { Database } from '../../database/database.ts';
import { findMadeAssignment } from './assignment.store.ts';
import type { AssignmentPlace } from './column-address.ts';
import { notThere, type AsTeacher, type GradeColumn } from './grade-column.ts';

/**
 * Classroom has work of everybody whom the assignment is for, whether or not they were ever here.
 *
 * @param of.courseId our key of the course
 * @see classroom.md §3
 */
export function assignmentColumn(
  { db, courseId }: { db: Database; courseId: number },
  place: AssignmentPlace,
  asTeacher: AsTeacher,
): GradeColumn {
  const submissions = (userId: string | null) =>
    asTeacher(scope.courseWorkOfStudents, (call) => listSubmissions(call, place, { userId }));

  return {
    read: () => asTeacher(scope.courseWorkOfStudents, (call) => readCourseWork(call, place)),
    change: (change) => asTeacher(scope.courseWorkOfStudents, (call) => changeCourseWork(call, place, change)),
    async pointsOf(subject) {
      const listed = await submissions(subject);
      if (listed.kind !== 'read') return listed;
      const submission = listed.value.find(({ userId }) => userId === subject);
      return { kind: 'read', value: submission?.points ?? null };
    },
    async points() {
      const listed = await submissions(null);
      if (listed.kind !== 'read') return listed;
      const graded = listed.value.flatMap(({ userId, points }): [string, number][] =>
        points === null ? [] : [[userId, points]],
      );
      return { kind: 'read', value: new Map(graded) };
    },
    async send(subject, points) {
      const assignment = await findMadeAssignment(db, { courseId, itemId: place.itemId });
      if (!assignment) return notThere;
      const listed = await submissions(subject);
      if (listed.kind !== 'read') return listed;
      const submission = listed.value.find(({ userId }) => userId === subject);
      if (!submission) return notThere;
      const grade = { points, isFinal: assignment.isFinal };
      return asTeacher(scope.courseWorkOfStudents, (call) =>
        gradeSubmission(call, { ...place, submissionId: submission.id }, grade),
      );
    },
  };
}
