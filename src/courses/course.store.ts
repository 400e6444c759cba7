// People, courses, memberships and placements. Whoever asks for a placement says for whom: one that the person is no member of
// is as good as none.
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses, memberships, people, placements } from '../database/tables/courses.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';

/** What a person may do in a course. */
export type CourseRole = (typeof memberships.$inferSelect)['role'];

/** A place where a quiz stands, as one of its members sees it. */
export interface PlacementOfMember {
  id: number;
  title: string | null;
  quizId: number | null;
  lineItemUrl: string | null;
  courseId: number;
  courseTitle: string | null;
  role: CourseRole;
}

/** Remembers who launched; the language of the LMS gives way to the one a person chose here. Returns our key. */
export async function savePerson(
  tx: Transaction,
  person: { deploymentId: number; subject: string; name: string | null; language: string; isTestUser: boolean },
  now: Date,
): Promise<number> {
  const [row] = await tx
    .insert(people)
    .values({ ...person, lastLaunchAt: now })
    .onConflictDoUpdate({
      target: [people.deploymentId, people.subject],
      set: {
        name: person.name,
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

/** Remembers a course and what it is called now. Returns our key. */
export async function saveCourse(tx: Transaction, course: typeof courses.$inferInsert): Promise<number> {
  const [row] = await tx
    .insert(courses)
    .values(course)
    .onConflictDoUpdate({
      target: [courses.deploymentId, courses.contextKind, courses.contextId],
      set: { label: course.label ?? null, title: course.title ?? null },
    })
    .returning({ id: courses.id });
  return idOf(row);
}

/** Remembers that a person is in a course, with the role of this launch. */
export async function saveMembership(tx: Transaction, membership: typeof memberships.$inferInsert): Promise<void> {
  await tx
    .insert(memberships)
    .values(membership)
    .onConflictDoUpdate({ target: [memberships.courseId, memberships.personId], set: { role: membership.role } });
}

/** Remembers a resource link, with the gradebook column and scopes of this launch; its quiz stays. Returns our key. */
export async function savePlacement(
  tx: Transaction,
  placement: Omit<typeof placements.$inferInsert, 'quizId'>,
): Promise<number> {
  const { title = null, lineItemUrl = null, gradebookScopes } = placement;
  const [row] = await tx
    .insert(placements)
    .values(placement)
    .onConflictDoUpdate({
      target: [placements.courseId, placements.resourceLinkId],
      set: { title, lineItemUrl, gradebookScopes },
    })
    .returning({ id: placements.id });
  return idOf(row);
}

/** A placement of a course the person is a member of; null for every other one. */
export async function findPlacementFor(
  db: Database,
  personId: number,
  placementId: number,
): Promise<PlacementOfMember | null> {
  const [row] = await db
    .select({
      id: placements.id,
      title: placements.title,
      quizId: placements.quizId,
      lineItemUrl: placements.lineItemUrl,
      courseId: courses.id,
      courseTitle: courses.title,
      role: memberships.role,
    })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(memberships, and(eq(memberships.courseId, courses.id), eq(memberships.personId, personId)))
    .where(eq(placements.id, placementId));
  return row ?? null;
}

/** A course the person teaches; null for every other one. */
export async function findCourseForInstructor(db: Database, personId: number, courseId: number) {
  const [row] = await db
    .select({ id: courses.id, title: courses.title, label: courses.label })
    .from(courses)
    .innerJoin(memberships, and(eq(memberships.courseId, courses.id), eq(memberships.personId, personId)))
    .where(and(eq(courses.id, courseId), eq(memberships.role, 'instructor')));
  return row ?? null;
}

/** The places of a course, each with the newest published version of its quiz (0 for a draft, null without a quiz). */
export async function listPlacements(db: Database, courseId: number) {
  return db
    .select({
      id: placements.id,
      title: placements.title,
      quizTitle: quizzes.title,
      publishedNumber: sql<number | null>`case when ${placements.quizId} is not null then coalesce((
        select max(${quizVersions.number}) from ${quizVersions} where ${quizVersions.quizId} = ${placements.quizId}), 0) end`,
    })
    .from(placements)
    .leftJoin(quizzes, eq(quizzes.id, placements.quizId))
    .where(eq(placements.courseId, courseId))
    .orderBy(asc(placements.id));
}

/** Who has been in a course, teachers first, then by name. */
export async function listMembers(db: Database, courseId: number) {
  return db
    .select({ personId: people.id, name: people.name, role: memberships.role, lastLaunchAt: people.lastLaunchAt })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.courseId, courseId))
    .orderBy(sql`${memberships.role} <> 'instructor'`, asc(people.name), asc(people.id));
}

/** Holds a placement until the transaction ends, and says which quiz stands there by now. */
export async function lockPlacementQuiz(tx: Transaction, placementId: number): Promise<number | null> {
  const [row] = await tx
    .select({ quizId: placements.quizId })
    .from(placements)
    .where(eq(placements.id, placementId))
    .for('update');
  return row?.quizId ?? null;
}

/** Holds a learner's membership until the transaction ends: whoever starts two attempts at once gets one. */
export async function lockMembership(tx: Transaction, courseId: number, personId: number): Promise<void> {
  await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.courseId, courseId), eq(memberships.personId, personId)))
    .for('update');
}

/** Puts a quiz at a placement. */
export async function placeQuiz(tx: Transaction, placementId: number, quizId: number): Promise<void> {
  await tx.update(placements).set({ quizId }).where(eq(placements.id, placementId));
}

/** The language a person chose here; from now on the LMS's no longer counts. */
export async function chooseLanguageOf(db: Database, personId: number, language: string): Promise<void> {
  await db.update(people).set({ language, languageChosen: true }).where(eq(people.id, personId));
}

function idOf(row: { id: number } | undefined): number {
  if (!row) throw new Error('An upsert gave no row');
  return row.id;
}
