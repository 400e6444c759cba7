// Assignments that we make ourselves in a course, with a link of ours in them, and the grades of their students.
import { z } from 'zod';
import { callClassroom, readAllPages, type Answered, type ClassroomCall } from './api.ts';

export interface CourseWork {
  id: string;
  title: string;
  /** Points; null where it is not graded. */
  maxPoints: number | null;
  /** Where Classroom shows it to people. */
  alternateLink: string | null;
}

const courseWorkSchema = z.object({
  id: z.string().min(1),
  title: z.string().catch(''),
  maxPoints: z.number().positive().nullable().catch(null),
  alternateLink: z.string().nullable().catch(null),
});

/** A student's work at an assignment. */
export interface Submission {
  id: string;
  userId: string;
  /** Points that the teacher sees; null where there are none. */
  draftGrade: number | null;
  /** Points that count; null until the grade is final. */
  assignedGrade: number | null;
}

const submissionSchema = z.object({
  id: z.string().min(1),
  userId: z.string().min(1),
  draftGrade: z.number().nullable().catch(null),
  assignedGrade: z.number().nullable().catch(null),
});

const submissionsSchema = z.object({
  studentSubmissions: z.array(submissionSchema).default([]),
  nextPageToken: z.string().optional(),
});

/** @param wanted.dueAt until when; must be in the future @see classroom.md §3 */
export function createCourseWork(
  call: ClassroomCall,
  courseId: string,
  wanted: { title: string; url: string; maxPoints: number | null; dueAt: Date | null },
): Promise<Answered<CourseWork>> {
  const { title, url, maxPoints, dueAt } = wanted;
  return callClassroom(call, {
    method: 'POST',
    path: ['courses', courseId, 'courseWork'],
    body: {
      title: title.slice(0, 3000),
      workType: 'ASSIGNMENT',
      state: 'PUBLISHED',
      materials: [{ link: { url } }],
      ...(maxPoints !== null && { maxPoints }),
      ...(dueAt && inUtc(dueAt)),
    },
    schema: courseWorkSchema,
  });
}

export function readCourseWork(call: ClassroomCall, courseId: string, itemId: string): Promise<Answered<CourseWork>> {
  return callClassroom(call, { path: ['courses', courseId, 'courseWork', itemId], schema: courseWorkSchema });
}

/** Only our own client may change what it made. */
export function changeCourseWork(
  call: ClassroomCall,
  { courseId, itemId }: { courseId: string; itemId: string },
  change: { title?: string; maxPoints?: number },
): Promise<Answered<CourseWork>> {
  return callClassroom(call, {
    method: 'PATCH',
    path: ['courses', courseId, 'courseWork', itemId],
    query: { updateMask: Object.keys(change).join(',') },
    body: change,
    schema: courseWorkSchema,
  });
}

/** All submissions of an assignment, or those of one person. @param userId `me` for who asks */
export async function listSubmissions(
  call: ClassroomCall,
  { courseId, itemId, userId }: { courseId: string; itemId: string; userId?: string },
): Promise<Answered<Submission[]>> {
  const read = await readAllPages(call, {
    path: ['courses', courseId, 'courseWork', itemId, 'studentSubmissions'],
    query: { userId },
    schema: submissionsSchema,
  });
  if (read.kind !== 'read') return read;
  return { kind: 'read', value: read.value.flatMap(({ studentSubmissions }) => studentSubmissions) };
}

/** Gives a grade that is final at once, to hundredths of a point; null takes it back. */
export function gradeSubmission(
  call: ClassroomCall,
  { courseId, itemId, submissionId }: { courseId: string; itemId: string; submissionId: string },
  points: number | null,
): Promise<Answered<Submission>> {
  return callClassroom(call, {
    method: 'PATCH',
    path: ['courses', courseId, 'courseWork', itemId, 'studentSubmissions', submissionId],
    query: { updateMask: 'draftGrade,assignedGrade' },
    body: points === null ? {} : { draftGrade: points, assignedGrade: points },
    schema: submissionSchema,
  });
}

function inUtc(moment: Date) {
  return {
    dueDate: { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate() },
    dueTime: { hours: moment.getUTCHours(), minutes: moment.getUTCMinutes() },
  };
}
