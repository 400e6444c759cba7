// What a sheet needs beyond credits: who its students are to the institution, who teaches them, and which marks were retakes. A round of
// two queries, for any number of students.
import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { memberships, people } from '../../database/tables/courses.ts';
import { creditMarks, rosterNumbers } from '../../database/tables/credits.ts';
import { isStudentOf } from '../student.store.ts';
import type { SheetStudent } from './qaydnoma.ts';

/** The people of a sheet. */
export interface SheetPeople {
  students: SheetStudent[];
  /** Names of those who teach the course now. */
  teachers: string[];
}

/** Students and teachers of a course, by name. */
export async function loadSheetPeople(db: Database, courseId: number): Promise<SheetPeople> {
  const rows = await db
    .select({
      personId: people.id,
      name: people.name,
      sourcedId: people.sourcedId,
      rosterNumber: rosterNumbers.studentIdNumber,
      rosterName: sql<string>`coalesce(${rosterNumbers.fullName}, '')`,
      groupName: sql<string>`coalesce(${rosterNumbers.groupName}, '')`,
      isActive: memberships.isActive,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .leftJoin(rosterNumbers, and(eq(rosterNumbers.courseId, courseId), eq(rosterNumbers.personId, people.id)))
    .where(or(isStudentOf(courseId), and(eq(memberships.courseId, courseId), eq(memberships.role, 'instructor'))))
    .orderBy(asc(people.name), asc(people.id));
  return {
    students: rows.flatMap(({ role, ...student }) => (role === 'instructor' ? [] : [student])),
    teachers: rows.flatMap(({ role, isActive, name }) => (role === 'instructor' && isActive && name ? [name] : [])),
  };
}

/** In which sitting each mark of a course was given that was a retake, by its source (`mark:7`). */
export async function listRetakes(db: Database, courseId: number): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: creditMarks.id, sitting: creditMarks.sitting })
    .from(creditMarks)
    .where(and(eq(creditMarks.courseId, courseId), gt(creditMarks.sitting, 1)));
  return new Map(rows.map(({ id, sitting }) => [`mark:${id}`, sitting]));
}
