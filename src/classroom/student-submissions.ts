// The work of students at assignments that we made, and its grades.
import { z } from 'zod';
import { callClassroom, readAllPages, type Answered, type ClassroomCall } from './api.ts';
import { workOf, type CourseWorkPlace } from './course-work.ts';

/** A student's work at an assignment; there is one for each student whom it is for, opened or not. */
export interface Submission {
  id: string;
  userId: string;
  /**
   * Points as the teachers see them; null where there are none. What a teacher has changed is in it before it is returned, and a final
   * grade is one too.
   */
  points: number | null;
}

const grade = z.number().nullable().catch(null);
const submissionSchema = z
  .object({ id: z.string().min(1), userId: z.string().min(1), draftGrade: grade, assignedGrade: grade })
  .transform(({ id, userId, draftGrade, assignedGrade }): Submission => ({
    ...{ id, userId },
    points: draftGrade ?? assignedGrade,
  }));

const submissionsSchema = z.object({
  studentSubmissions: z.array(submissionSchema).default([]),
  nextPageToken: z.string().optional(),
});

/**
 * The work of everybody whom an assignment is for, or of one person. To a student only their own is told; who is not in the course is
 * refused, and who was invited and has not come is in no list.
 *
 * @param whose.userId `me` for who asks; null for everybody
 * @see classroom.md §3; `courses.courseWork.studentSubmissions.list`
 */
export async function listSubmissions(
  call: ClassroomCall,
  { courseId, itemId }: CourseWorkPlace,
  { userId }: { userId: string | null },
): Promise<Answered<Submission[]>> {
  const read = await readAllPages(call, {
    path: submissionsOf({ courseId, itemId }),
    query: { userId, pageSize: '30' },
    schema: submissionsSchema,
  });
  if (read.kind !== 'read') return read;
  return { kind: 'read', value: read.value.flatMap(({ studentSubmissions }) => studentSubmissions) };
}

/**
 * Grades a student's work, to hundredths of a point; null takes back what is there. Only the client that made the assignment may, in the
 * name of a teacher.
 *
 * @param grade.isFinal whether it counts at once; otherwise the teachers see it, and return it
 */
export function gradeSubmission(
  call: ClassroomCall,
  { courseId, itemId, submissionId }: CourseWorkPlace & { submissionId: string },
  { points, isFinal }: { points: number | null; isFinal: boolean },
): Promise<Answered<Submission>> {
  const grades = isFinal ? ['draftGrade', 'assignedGrade'] : ['draftGrade'];
  return callClassroom(call, {
    method: 'PATCH',
    path: [...submissionsOf({ courseId, itemId }), submissionId],
    query: { updateMask: grades.join(',') },
    body: points === null ? {} : Object.fromEntries(grades.map((name) => [name, points])),
    schema: submissionSchema,
  });
}

function submissionsOf({ courseId, itemId }: CourseWorkPlace): string[] {
  return [...workOf(courseId), itemId, 'studentSubmissions'];
}
