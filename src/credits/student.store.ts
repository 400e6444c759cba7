// The students of a course whose work counts: everybody who may be graded there, and who is no preview of the LMS.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { mayDo } from '../courses/rights.ts';
import type { Database } from '../database/database.ts';
import { memberships, people } from '../database/tables/courses.ts';

/** A student as lists have them. */
export interface Student {
  personId: number;
  name: string | null;
  language: string;
  /** Whether the LMS still has them in the course, as far as we know. */
  isActive: boolean;
}

/** Whose work counts in credits. */
export const gradedRoles = memberships.role.enumValues.filter((role) => mayDo(role, 'be-graded'));

/** Whether a membership, joined with its person, is a student's of the course; for a condition. */
export function isStudentOf(courseId: number) {
  return and(eq(memberships.courseId, courseId), inArray(memberships.role, gradedRoles), eq(people.isTestUser, false));
}

/** By name. @param personIds undefined: everybody */
export async function listStudents(db: Database, courseId: number, personIds?: readonly number[]): Promise<Student[]> {
  if (personIds?.length === 0) return [];
  return db
    .select({ personId: people.id, name: people.name, language: people.language, isActive: memberships.isActive })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(isStudentOf(courseId), personIds ? inArray(people.id, [...personIds]) : undefined))
    .orderBy(asc(people.name), asc(people.id));
}
