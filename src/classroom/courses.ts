// Courses of Classroom, and who is in them.
import { z } from 'zod';
import { callClassroom, readAllPages, type Answered, type ClassroomCall } from './api.ts';

export interface GoogleCourse {
  id: string;
  name: string;
  /** Such as the group; null where there is none. */
  section: string | null;
}

const courseSchema = z.object({
  id: z.string().min(1),
  name: z.string().catch(''),
  section: z.string().min(1).nullable().catch(null),
});

/** What a course is called. Refuses as `not-there` who is not in it. */
export function readCourse(call: ClassroomCall, courseId: string): Promise<Answered<GoogleCourse>> {
  return callClassroom(call, { path: ['courses', courseId], schema: courseSchema });
}

const coursesSchema = z.object({ courses: z.array(courseSchema).default([]), nextPageToken: z.string().optional() });

/** The courses that who asks teaches. @param which.withArchived whether those that are over count too @see `courses.list` */
export async function listTaughtCourses(
  call: ClassroomCall,
  { withArchived }: { withArchived: boolean },
): Promise<Answered<GoogleCourse[]>> {
  const read = await readAllPages(call, {
    path: ['courses'],
    query: { teacherId: 'me', courseStates: withArchived ? ['ACTIVE', 'ARCHIVED'] : ['ACTIVE'], pageSize: '100' },
    schema: coursesSchema,
  });
  return read.kind === 'read' ? { kind: 'read', value: read.value.flatMap(({ courses }) => courses) } : read;
}

/** Somebody in a course. */
export interface GoogleMember {
  userId: string;
  role: 'teacher' | 'student';
  name: string | null;
  givenName: string | null;
  familyName: string | null;
  /** Null without the right to see it. */
  email: string | null;
}

const words = z.string().trim().min(1).nullable().catch(null);
const memberSchema = z.object({
  userId: z.string().min(1),
  profile: z
    .object({
      name: z.object({ fullName: words, givenName: words, familyName: words }).partial().catch({}),
      emailAddress: words,
    })
    .partial()
    .catch({}),
});

const membersSchema = z.object({
  students: z.array(memberSchema).default([]),
  teachers: z.array(memberSchema).default([]),
  nextPageToken: z.string().optional(),
});

/** Everybody in a course, or nobody. Who was invited and has not come is not in it. */
export async function listMembers(call: ClassroomCall, courseId: string): Promise<Answered<GoogleMember[]>> {
  const members: GoogleMember[] = [];
  for (const [list, role] of [
    ['teachers', 'teacher'],
    ['students', 'student'],
  ] as const) {
    const query = { pageSize: '100' };
    const read = await readAllPages(call, { path: ['courses', courseId, list], query, schema: membersSchema });
    if (read.kind !== 'read') return read;
    for (const { userId, profile } of read.value.flatMap((page) => page[list])) {
      const { fullName = null, givenName = null, familyName = null } = profile.name ?? {};
      members.push({ userId, role, name: fullName, givenName, familyName, email: profile.emailAddress ?? null });
    }
  }
  return { kind: 'read', value: members };
}
