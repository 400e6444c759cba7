// People, courses, memberships and placements. Whoever asks for a placement says for whom: one that the person is no member of
// is as good as none.
import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { courses, memberships, mentees, people, placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import type { CourseRole } from '../lti/roles.ts';
import { mayDo } from './rights.ts';

/** A course as one of its members sees it. */
export interface CourseOfMember {
  id: number;
  deploymentId: number;
  title: string | null;
  label: string | null;
  role: CourseRole;
}

/** A place where a quiz stands, as one of its members sees it. */
export interface PlacementOfMember {
  id: number;
  title: string | null;
  quizId: number | null;
  lineItemUrl: string | null;
  /** Until when it should be handed in, if anybody said so. */
  dueAt: Date | null;
  courseId: number;
  courseTitle: string | null;
  role: CourseRole;
}

/** Remembers who launched; the language of the LMS gives way to the one a person chose here. Returns our key. */
export async function savePerson(
  tx: Transaction,
  person: { deploymentId: number; subject: string | null; name: string | null; language: string; isTestUser: boolean },
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

/** Remembers that a person is in a course, with the role of this launch. */
export async function saveMembership(
  tx: Transaction,
  membership: { courseId: number; personId: number; role: CourseRole },
  now: Date,
): Promise<void> {
  const launched = { role: membership.role, launchedAt: now, isActive: true };
  await tx
    .insert(memberships)
    .values({ ...membership, ...launched })
    .onConflictDoUpdate({ target: [memberships.courseId, memberships.personId], set: launched });
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

/**
 * Remembers a resource link, with the gradebook and the scopes of this launch; what stands there stays. A column that we made
 * ourselves stays too where the launch names none (grades/settle-column.ts).
 *
 * @returns our key, and the quiz that stands there
 */
export async function savePlacement(
  tx: Transaction,
  placement: Omit<typeof placements.$inferInsert, 'quizId'>,
): Promise<{ placementId: number; quizId: number | null }> {
  const { title = null, lineItemUrl = null, lineItemsUrl = null, dueAt = null, gradebookScopes } = placement;
  const ourColumn = sql`(select ${gradebookColumns.lineItemUrl} from ${gradebookColumns}
    where ${gradebookColumns.placementId} = ${placements.id})`;
  const [row] = await tx
    .insert(placements)
    .values(placement)
    .onConflictDoUpdate({
      target: [placements.courseId, placements.resourceLinkId],
      set: { title, lineItemUrl: lineItemUrl ?? ourColumn, lineItemsUrl, dueAt, gradebookScopes },
    })
    .returning({ placementId: placements.id, quizId: placements.quizId });
  if (!row) throw new Error('An upsert gave no row');
  return row;
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
      dueAt: placements.dueAt,
      courseId: courses.id,
      courseTitle: courses.title,
      role: memberships.role,
    })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(memberships, isMemberOf(personId))
    .where(eq(placements.id, placementId));
  return row ?? null;
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

const whoAnswers = memberships.role.enumValues.filter((role) => mayDo(role, 'answer'));

/**
 * Whom a launch has let into the course; a roster alone opens no door (lti.md 114). Whom the LMS no longer has there keeps their own
 * attempts to read, and of what is others' only what their last launch is still good for: half a day, as long as they stay signed
 * in, by the database's clock. At once would be too soon, for an LMS does not list its own administrators.
 */
function isMemberOf(personId: number) {
  const { isActive, launchedAt, role } = memberships;
  return and(
    eq(memberships.courseId, courses.id),
    eq(memberships.personId, personId),
    isNotNull(launchedAt),
    or(isActive, inArray(role, whoAnswers), sql`${launchedAt} > now() - interval '12 hours'`),
  );
}

/** The places of a course: the quiz's newest version (0: a draft, null: no quiz), and how many handed it in. */
export async function listPlacements(db: Database, courseId: number) {
  return db
    .select({
      id: placements.id,
      title: placements.title,
      content: placements.content,
      quizTitle: quizzes.title,
      publishedNumber: sql<number | null>`case when ${placements.quizId} is not null then coalesce((
        select max(${quizVersions.number}) from ${quizVersions} where ${quizVersions.quizId} = ${placements.quizId}), 0) end`,
      handedInCount: sql`(select count(distinct ${attempts.personId}) from ${attempts}
        where ${attempts.placementId} = ${placements.id} and ${attempts.submittedAt} is not null)`.mapWith(Number),
    })
    .from(placements)
    .leftJoin(quizzes, eq(quizzes.id, placements.quizId))
    .where(eq(placements.courseId, courseId))
    .orderBy(asc(placements.id));
}

/** Who is or was in a course, by a launch or by the list of the LMS; teachers first, then by name. */
export async function listMembers(db: Database, courseId: number) {
  return db
    .select({
      personId: people.id,
      name: people.name,
      isTestUser: people.isTestUser,
      role: memberships.role,
      launchedAt: memberships.launchedAt,
      isActive: memberships.isActive,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.courseId, courseId))
    .orderBy(sql`${memberships.role} <> 'instructor'`, asc(people.name), asc(people.id));
}

/**
 * Holds a placement until the transaction ends, and says which quiz stands there by now. What refers to it may still be written:
 * two teachers who publish one quiz from two placements must not wait for each other in a circle.
 */
export async function lockPlacementQuiz(tx: Transaction, placementId: number): Promise<number | null> {
  const [row] = await tx
    .select({ quizId: placements.quizId })
    .from(placements)
    .where(eq(placements.id, placementId))
    .for('no key update');
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
