// People and courses, as launches make them known. Whoever asks for a course says for whom: one that the person is no member of is
// as good as none.
import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses, memberships, people } from '../database/tables/courses.ts';
import type { CourseRole } from '../lti/roles.ts';
import { isMemberOf } from './member.store.ts';

/** A course as one of its members sees it. */
export interface CourseOfMember {
  id: number;
  deploymentId: number;
  title: string | null;
  label: string | null;
  role: CourseRole;
}

/** What a launch says of who comes. */
export interface LaunchingPerson {
  deploymentId: number;
  subject: string | null;
  name: string | null;
  /** Null where the launch does not say; empty where it says that there is none. */
  sourcedId: string | null;
  language: string;
  isTestUser: boolean;
}

/**
 * The statement that remembers who launched, and gives our key of them as `id`; the language of the LMS gives way to the one a
 * person chose here. It may stand in another one, with placeholders for what is said.
 *
 * @param when a table of one row or none, such as `from spent`: without a row nobody is remembered
 */
export function upsertPerson(person: Record<keyof LaunchingPerson | 'lastLaunchAt', unknown>, when: SQL = sql``): SQL {
  const said = { ...person, lastLaunchAt: sql.param(person.lastLaunchAt, people.lastLaunchAt) };
  return sql`insert into ${people} (deployment_id, subject, name, sourced_id, language, is_test_user, last_launch_at)
    select ${said.deploymentId}, ${said.subject}, ${said.name}, ${said.sourcedId}, ${said.language}, ${said.isTestUser},
      ${said.lastLaunchAt} ${when}
    on conflict (deployment_id, subject) do update set
      name = excluded.name,
      sourced_id = coalesce(excluded.sourced_id, ${people.sourcedId}),
      is_test_user = excluded.is_test_user,
      language = case when ${people.languageChosen} then ${people.language} else excluded.language end,
      last_launch_at = excluded.last_launch_at
    returning id`;
}

/** Remembers who launched. Returns our key. */
export async function savePerson(tx: Transaction, person: LaunchingPerson, now: Date): Promise<number> {
  const saved = tx.$with('saved', { id: people.id }).as(upsertPerson({ ...person, lastLaunchAt: now }));
  const [row] = await tx.with(saved).select().from(saved);
  return idOf(row);
}

/** What the house knows of a person. @throws if there is none of that id */
export async function getPerson(db: Database, personId: number) {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  if (!row) throw new Error(`There is no person ${personId}`);
  return row;
}

/** What a launch says of a course. */
export type LaunchedCourse = typeof courses.$inferInsert;

/** What of a course a launch may say otherwise, as columns to select. */
export const launchedCourse = {
  id: courses.id,
  label: courses.label,
  title: courses.title,
  rosterUrl: courses.rosterUrl,
  copiedFrom: courses.copiedFrom,
};

/** Whether all that a launch says of a course is known. Where its roster is, and of what it is a copy, not every launch says. */
export function isCourseAsSaid(
  known: { label: string | null; title: string | null; rosterUrl: string | null; copiedFrom: string[] },
  { label = null, title = null, rosterUrl = null, copiedFrom = [] }: LaunchedCourse,
): boolean {
  return (
    known.label === label &&
    known.title === title &&
    (rosterUrl === null || known.rosterUrl === rosterUrl) &&
    (copiedFrom.length === 0 || isDeepStrictEqual(known.copiedFrom, copiedFrom))
  );
}

/**
 * Remembers a course and what it is called now; what is known already is not written, for a row that is written keeps everybody else
 * of the course waiting. Where its roster is, and of what it is a copy, not every launch says: what an earlier one said stands.
 * Returns our key.
 */
export async function saveCourse(tx: Transaction, course: LaunchedCourse): Promise<number> {
  const { deploymentId, contextKind, contextId } = courses;
  const [known] = await tx
    .select(launchedCourse)
    .from(courses)
    .where(
      and(eq(deploymentId, course.deploymentId), eq(contextKind, course.contextKind), eq(contextId, course.contextId)),
    );
  if (known && isCourseAsSaid(known, course)) return known.id;
  const [row] = await tx
    .insert(courses)
    .values(course)
    .onConflictDoUpdate({
      target: [deploymentId, contextKind, contextId],
      set: {
        label: course.label ?? null,
        title: course.title ?? null,
        rosterUrl: sql`coalesce(excluded.roster_url, ${courses.rosterUrl})`,
        ...(course.copiedFrom?.length ? { copiedFrom: course.copiedFrom } : {}),
      },
    })
    .returning({ id: courses.id });
  return idOf(row);
}

/** A course that the person has come into by a launch; null for every other one. */
export async function findCourseFor(db: Database, personId: number, courseId: number): Promise<CourseOfMember | null> {
  const { id, deploymentId, title, label } = courses;
  const [row] = await db
    .select({ id, deploymentId, title, label, role: memberships.role })
    .from(courses)
    .innerJoin(memberships, isMemberOf(personId))
    .where(eq(courses.id, courseId));
  return row ?? null;
}

/** The language a person chose here; from now on the LMS's no longer counts. */
export async function chooseLanguageOf(db: Database, personId: number, language: string): Promise<void> {
  await db.update(people).set({ language, languageChosen: true }).where(eq(people.id, personId));
}

/** Whether a person wants larger letters on all our pages. */
export async function choosePrintOf(db: Database, personId: number, isLargePrint: boolean): Promise<void> {
  await db.update(people).set({ isLargePrint }).where(eq(people.id, personId));
}

function idOf(row: { id: number } | undefined): number {
  if (!row) throw new Error('An upsert gave no row');
  return row.id;
}
