// One person of a course, what is theirs to edit, and who may look over whose shoulder there.
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { courses, memberships, mentees, people } from '../database/tables/courses.ts';
import type { CourseRole } from '../lti/roles.ts';
import { mayDo } from './rights.ts';

/** Somebody of a course, who need not have launched yet. */
export interface Member {
  personId: number;
  name: string | null;
  role: CourseRole;
}

const member = { personId: people.id, name: people.name, role: memberships.role };

/** A member of a course; null for everybody else. */
export async function findMember(db: Database, courseId: number, personId: number): Promise<Member | null> {
  const [row] = await db
    .select(member)
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.courseId, courseId), eq(memberships.personId, personId)));
  return row ?? null;
}

const editors = memberships.role.enumValues.filter((role) => mayDo(role, 'edit-quizzes'));

/** Our keys of the courses whose quizzes a person may edit, by launches, as long as the LMS has them there: to select from with `in`. */
export function coursesEditedBy(db: Database, personId: number) {
  return db
    .select({ courseId: memberships.courseId })
    .from(memberships)
    .where(
      and(
        eq(memberships.personId, personId),
        isNotNull(memberships.launchedAt),
        eq(memberships.isActive, true),
        inArray(memberships.role, editors),
      ),
    );
}

/**
 * The members of a course whom a mentor's last launch into it named, by name. Who was named but has not been here yet, neither by
 * a launch nor on a roster, is not among them.
 */
export async function listMentees(db: Database, courseId: number, mentorId: number): Promise<Member[]> {
  return db
    .select(member)
    .from(mentees)
    .innerJoin(courses, eq(courses.id, mentees.courseId))
    .innerJoin(people, and(eq(people.deploymentId, courses.deploymentId), eq(people.subject, mentees.subject)))
    .innerJoin(memberships, and(eq(memberships.courseId, mentees.courseId), eq(memberships.personId, people.id)))
    .where(and(eq(mentees.courseId, courseId), eq(mentees.mentorId, mentorId)))
    .orderBy(asc(people.name), asc(people.id));
}
