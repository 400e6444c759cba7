// Who is in a course: whom launches have let in and as what, what is theirs to edit, and who may look over whose shoulder.
import { and, asc, eq, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { alias, type AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Database, Transaction } from '../database/database.ts';
import { courses, memberships, mentees, people } from '../database/tables/courses.ts';
import type { CourseRole } from '../lti/roles.ts';
import { mayDo } from './rights.ts';

const whoAnswers = memberships.role.enumValues.filter((role) => mayDo(role, 'answer'));

/**
 * Whom a launch has let into the course; a roster alone opens no door (lti.md 114). Whom the LMS no longer has there keeps their own
 * attempts to read, and of what is others' only what their last launch is still good for: half a day, as long as they stay signed
 * in, by the database's clock. At once would be too soon, for an LMS does not list its own administrators.
 */
export function isMemberOf(personId: number | AnyPgColumn) {
  const { isActive, launchedAt, role } = memberships;
  return and(
    eq(memberships.courseId, courses.id),
    eq(memberships.personId, personId),
    isNotNull(launchedAt),
    or(isActive, inArray(role, whoAnswers), sql`${launchedAt} > now() - interval '12 hours'`),
  );
}

/**
 * The statement that remembers that a person is in a course, with the role of this launch. It may stand in another one, with
 * placeholders for what is said.
 *
 * @param when a table of one row or none that may give what is said: without a row nothing is remembered
 */
export function upsertMembership(
  { courseId, personId, role, launchedAt }: Record<'courseId' | 'personId' | 'role' | 'launchedAt', unknown>,
  when: SQL = sql``,
): SQL {
  return sql`insert into ${memberships} (course_id, person_id, role, launched_at)
    select ${courseId}, ${personId}, ${role}, ${sql.param(launchedAt, memberships.launchedAt)} ${when}
    on conflict (course_id, person_id) do update set
      role = excluded.role, launched_at = excluded.launched_at, is_active = true
    returning person_id`;
}

/** Remembers that a person is in a course, with the role of this launch. */
export async function saveMembership(
  tx: Transaction,
  membership: { courseId: number; personId: number; role: CourseRole },
  now: Date,
): Promise<void> {
  await tx.execute(upsertMembership({ ...membership, launchedAt: now }));
}

/** Whose progress a mentor may see in a course from now on: what the last launch named, and nobody else. */
export async function saveMentees(
  tx: Transaction,
  { courseId, mentorId, subjects }: { courseId: number; mentorId: number; subjects: readonly string[] },
): Promise<void> {
  await tx.delete(mentees).where(and(eq(mentees.courseId, courseId), eq(mentees.mentorId, mentorId)));
  if (subjects.length === 0) return;
  await tx.insert(mentees).values(subjects.map((subject) => ({ courseId, mentorId, subject })));
}

/** Holds a learner's membership until the transaction ends: whoever starts two attempts at once gets one. */
export async function lockMembership(tx: Transaction, courseId: number, personId: number): Promise<void> {
  await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.courseId, courseId), eq(memberships.personId, personId)))
    .for('update');
}

/** Who is or was in a course, by a launch or by the list of the LMS; teachers first, then by name. */
export async function listMembers(db: Database, courseId: number) {
  return db
    .select({
      personId: people.id,
      name: people.name,
      language: people.language,
      isTestUser: people.isTestUser,
      role: memberships.role,
      launchedAt: memberships.launchedAt,
      isActive: memberships.isActive,
      rosterSeenAt: memberships.rosterSeenAt,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.courseId, courseId))
    .orderBy(sql`${memberships.role} <> 'instructor'`, asc(people.name), asc(people.id));
}

/** Somebody of a course, who need not have launched yet. */
export interface Member {
  personId: number;
  name: string | null;
  role: CourseRole;
  /** Whether the LMS still has them in the course, as far as we know. */
  isActive: boolean;
  /** When its list last had them. */
  rosterSeenAt: Date | null;
}

const { role, isActive, rosterSeenAt } = memberships;
const member = { personId: people.id, name: people.name, role, isActive, rosterSeenAt };

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

/** Whether a person may edit the quizzes of a course, as `coursesEditedBy` has it. */
export async function mayEditCourse(db: Database, personId: number, courseId: number): Promise<boolean> {
  const rows = await db
    .select({ id: courses.id })
    .from(courses)
    .where(and(eq(courses.id, courseId), inArray(courses.id, coursesEditedBy(db, personId))));
  return rows.length > 0;
}

const editing = alias(memberships, 'editing');

/** Whether the person of one column may edit the quizzes of the course of another, as `coursesEditedBy` has it; for a condition. */
export function isEditorOf(personId: AnyPgColumn, courseId: AnyPgColumn): SQL {
  const { isActive, launchedAt, role } = editing;
  return sql`exists (select 1 from ${memberships} as ${sql.identifier('editing')} where ${and(
    eq(editing.personId, personId),
    eq(editing.courseId, courseId),
    isNotNull(launchedAt),
    eq(isActive, true),
    inArray(role, editors),
  )})`;
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
