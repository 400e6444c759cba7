// A course of Google Classroom, as an opening that Google has vouched for makes it known.
import { and, eq } from 'drizzle-orm';
import type { GoogleCourse } from '../../classroom/courses.ts';
import { saveCourse } from '../../courses/course.store.ts';
import type { Transaction } from '../../database/database.ts';
import { courses } from '../../database/tables/courses.ts';
import { rosterAddress } from '../../platforms/classroom/column-address.ts';

/**
 * What a course is called only its teachers may read; who may not changes nothing of it. Returns our key.
 *
 * @param of.googleCourseId Google's id of it
 * @param of.course null where this person may not read what it is called
 * @param of.apiUrl the root of the API, without a slash at the end
 * @param of.copiedFrom Google's ids of the courses that it is a copy of, the nearest first
 */
export async function rememberCourse(
  tx: Transaction,
  of: {
    deploymentId: number;
    googleCourseId: string;
    course: GoogleCourse | null;
    apiUrl: string;
    copiedFrom: readonly string[];
  },
): Promise<number> {
  const { deploymentId, googleCourseId: contextId, course, apiUrl, copiedFrom } = of;
  const [known] = await tx
    .select({ title: courses.title, label: courses.label })
    .from(courses)
    .where(and(eq(courses.deploymentId, deploymentId), eq(courses.contextId, contextId)));
  return saveCourse(tx, {
    ...{ deploymentId, contextKind: 'context', contextId },
    title: course?.name ?? known?.title ?? null,
    label: course ? course.section : (known?.label ?? null),
    rosterUrl: rosterAddress(apiUrl, contextId),
    copiedFrom: [...new Set(copiedFrom)].filter((id) => id !== contextId),
  });
}
