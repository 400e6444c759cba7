// Assignments that we make ourselves in a course, with a link of ours in them: made, found again, read, and changed.
import { z } from 'zod';
import { callClassroom, type Answered, type ClassroomCall } from './api.ts';
import type { ClassroomFailure } from './classroom-failure.ts';

export interface CourseWorkPlace {
  courseId: string;
  itemId: string;
}

export interface CourseWork {
  id: string;
  title: string;
  /** Points; null where it is not graded. */
  maxPoints: number | null;
  /** Until when it should be handed in; null where nobody said. */
  dueAt: Date | null;
  /** Where Classroom shows it to people; null where it does not say. */
  alternateLink: string | null;
}

/** What a new assignment is to be. `maxPoints`: a whole number above 0, or null for none; `dueAt`: in the future. */
export interface NewCourseWork {
  title: string;
  /** At most 2024 characters. */
  url: string;
  maxPoints: number | null;
  dueAt: Date | null;
  /** Seen by the teachers alone, until one of them publishes it. */
  isDraft: boolean;
}

const longestTitle = 3000;

/** Google leaves out what is zero. */
const part = z.number().int().catch(0);
const dueSchema = z.object({
  dueDate: z.object({ year: part, month: part, day: part }),
  dueTime: z.object({ hours: part, minutes: part }).catch({ hours: 0, minutes: 0 }),
});

const courseWorkSchema = z.looseObject({
  id: z.string().min(1),
  title: z.string().catch(''),
  state: z.string().catch(''),
  maxPoints: z.number().positive().nullable().catch(null),
  alternateLink: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .catch(null),
});

const listSchema = z.object({
  courseWork: z
    .array(
      courseWorkSchema.extend({
        materials: z.array(z.object({ link: z.object({ url: z.string() }).optional() })).catch([]),
      }),
    )
    .default([]),
});

/**
 * Makes an assignment in the name of a teacher of the course. It is our client's: nobody else's can grade it.
 *
 * @see classroom.md §3; `courses.courseWork.create`
 */
export async function createCourseWork(
  call: ClassroomCall,
  courseId: string,
  { title, url, maxPoints, dueAt, isDraft }: NewCourseWork,
): Promise<Answered<CourseWork>> {
  const made = await callClassroom(call, {
    method: 'POST',
    path: workOf(courseId),
    body: {
      title: title.slice(0, longestTitle),
      workType: 'ASSIGNMENT',
      state: isDraft ? 'DRAFT' : 'PUBLISHED',
      materials: [{ link: { url } }],
      ...(maxPoints !== null && { maxPoints }),
      ...(dueAt && inUtc(dueAt)),
    },
    schema: courseWorkSchema,
  });
  return made.kind === 'read' ? { kind: 'read', value: courseWorkOf(made.value) } : made;
}

/**
 * The assignment of a course that bears this very link; null where there is none. Looked for among those that were changed last, for
 * one whose making may have succeeded although no answer came.
 */
export async function findCourseWork(
  call: ClassroomCall,
  courseId: string,
  url: string,
): Promise<Answered<CourseWork | null>> {
  const listed = await callClassroom(call, {
    path: workOf(courseId),
    // What was changed last comes first; each may be as long as a lesson.
    query: { courseWorkStates: ['PUBLISHED', 'DRAFT'], pageSize: '20' },
    schema: listSchema,
  });
  if (listed.kind !== 'read') return listed;
  const found = listed.value.courseWork.find(({ materials }) => materials.some(({ link }) => link?.url === url));
  return { kind: 'read', value: found ? courseWorkOf(found) : null };
}

/** An assignment as it is now, for who may see it. Refuses as `not-there` one that was deleted, which its teachers are still shown. */
export async function readCourseWork(
  call: ClassroomCall,
  { courseId, itemId }: CourseWorkPlace,
): Promise<Answered<CourseWork>> {
  const read = await callClassroom(call, { path: [...workOf(courseId), itemId], schema: courseWorkSchema });
  if (read.kind !== 'read') return read;
  return read.value.state === 'DELETED' ? deleted : { kind: 'read', value: courseWorkOf(read.value) };
}

/** Renames an assignment of ours, or changes what it is worth: `maxPoints` a whole number above 0. What is left out stays. */
export async function changeCourseWork(
  call: ClassroomCall,
  { courseId, itemId }: CourseWorkPlace,
  change: { title?: string; maxPoints?: number },
): Promise<Answered<CourseWork>> {
  const changed = await callClassroom(call, {
    method: 'PATCH',
    path: [...workOf(courseId), itemId],
    query: { updateMask: Object.keys(change).join(',') },
    body: change,
    schema: courseWorkSchema,
  });
  return changed.kind === 'read' ? { kind: 'read', value: courseWorkOf(changed.value) } : changed;
}

/** The path of a course's assignments in the API. */
export function workOf(courseId: string): string[] {
  return ['courses', courseId, 'courseWork'];
}

const deleted: ClassroomFailure = {
  ...{ kind: 'refused', code: 'not-there', status: 404, fault: null, retryAfterSeconds: null },
  detail: 'it was deleted',
};

function courseWorkOf(said: z.output<typeof courseWorkSchema>): CourseWork {
  const { id, title, maxPoints, alternateLink } = said;
  const due = dueSchema.safeParse(said).data;
  return { id, title, maxPoints, alternateLink, dueAt: due ? momentOf(due) : null };
}

function inUtc(moment: Date): z.output<typeof dueSchema> {
  return {
    dueDate: { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate() },
    dueTime: { hours: moment.getUTCHours(), minutes: moment.getUTCMinutes() },
  };
}

function momentOf({ dueDate: { year, month, day }, dueTime: { hours, minutes } }: z.output<typeof dueSchema>) {
  return new Date(Date.UTC(year, month - 1, day, hours, minutes));
}
