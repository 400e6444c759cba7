// People and courses, as launches make them known. Whoever asks for a course says for whom: one that the person is no member of is
// as good as none.
import { eq, sql } from 'drizzle-orm';
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

/** Remembers who launched; the language of the LMS gives way to the one a person chose here. Returns our key. */
export async function savePerson(
  tx: Transaction,
  person: {
    deploymentId: number;
    subject: string | null;
    name: string | null;
    /** Null where the launch does not say; empty where it says that there is none. */
    sourcedId: string | null;
    language: string;
    isTestUser: boolean;
  },
  now: Date,
): Promise<number> {
  const [row] = await tx
    .insert(people)
    .values({ ...person, lastLaunchAt: now })
    .onConflictDoUpdate({
      target: [people.deploymentId, people.subject],
      set: {
        name: person.name,
        sourcedId: sql`coalesce(excluded.sourced_id, ${people.sourcedId})`,
        isTestUser: person.isTestUser,
        language: sql`case when ${people.languageChosen} then ${people.language} else excluded.language end`,
        lastLaunchAt: now,
      },
    })
    .returning({ id: people.id });
  return idOf(row);
}

/** What the house knows of a person. @throws if there is none of that id */
export async function getPerson(db: Database, personId: number) {
  const [row] = await db.select().from(people).where(eq(people.id, personId));
  if (!row) throw new Error(`There is no person ${personId}`);
  return row;
}

/**
 * Remembers a course and what it is called now. Where its roster is, and of what it is a copy, not every launch says: what an
 * earlier one said stands. Returns our key.
 */
export async function saveCourse(tx: Transaction, course: typeof courses.$inferInsert): Promise<number> {
  const [row] = await tx
    .insert(courses)
    .values(course)
    .onConflictDoUpdate({
      target: [courses.deploymentId, courses.contextKind, courses.contextId],
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
