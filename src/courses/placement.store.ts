// Placements: resource links of a course, and what stands there. Whoever asks for one says for whom: one of a course that the
// person is no member of is as good as none.
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { courses, memberships, placements } from '../database/tables/courses.ts';
import { gradebookColumns } from '../database/tables/grades.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import type { CourseRole } from '../lti/roles.ts';
import { isMemberOf } from './member.store.ts';

/** What can stand at a place. */
export type PlacedContent = (typeof placements.$inferSelect)['content'];

/** A place where a quiz stands, or a page of the course, as one of its members sees it. */
export interface PlacementOfMember {
  id: number;
  title: string | null;
  content: PlacedContent;
  quizId: number | null;
  lineItemUrl: string | null;
  /** Until when it should be handed in, if anybody said so. */
  dueAt: Date | null;
  courseId: number;
  courseTitle: string | null;
  role: CourseRole;
}

/** What a launch says of a resource link. `content`: what the link says that it is for; null where it says nothing. */
export type LaunchedPlacement = Omit<typeof placements.$inferInsert, 'quizId' | 'content'> & {
  content: PlacedContent | null;
};

/** The column that we made ourselves for a place; it stands where a launch names none (grades/settle-column.ts). */
const ownColumn = sql<string | null>`(select ${gradebookColumns.lineItemUrl} from ${gradebookColumns}
  where ${gradebookColumns.placementId} = ${placements.id})`;

/** What is known of a place that a launch may say otherwise, and what stands there, as columns to select. */
export const launchedPlacement = {
  placementId: placements.id,
  quizId: placements.quizId,
  content: placements.content,
  title: placements.title,
  lineItemUrl: placements.lineItemUrl,
  ownColumn,
  lineItemsUrl: placements.lineItemsUrl,
  dueAt: placements.dueAt,
  gradebookScopes: placements.gradebookScopes,
};

/** A place as `launchedPlacement` selects it. */
export type KnownPlacement = Pick<
  typeof placements.$inferSelect,
  'quizId' | 'content' | 'title' | 'lineItemUrl' | 'lineItemsUrl' | 'dueAt' | 'gradebookScopes'
> & { placementId: number; ownColumn: string | null };

/** A resource link of a course; null where nothing is known of it yet. */
export async function findPlacementAt(
  db: Database,
  courseId: number,
  resourceLinkId: string,
): Promise<KnownPlacement | null> {
  const [row] = await db
    .select(launchedPlacement)
    .from(placements)
    .where(and(eq(placements.courseId, courseId), eq(placements.resourceLinkId, resourceLinkId)));
  return row ?? null;
}

/** Whether all that a launch says of a place is known. */
export function isPlacementAsSaid(
  known: KnownPlacement,
  { content, title = null, lineItemUrl, lineItemsUrl = null, dueAt = null, gradebookScopes }: LaunchedPlacement,
): boolean {
  return (
    known.title === title &&
    known.lineItemUrl === (lineItemUrl ?? known.ownColumn) &&
    known.lineItemsUrl === lineItemsUrl &&
    known.dueAt?.getTime() === dueAt?.getTime() &&
    isDeepStrictEqual(known.gradebookScopes, gradebookScopes) &&
    (content === null || known.quizId !== null || known.content === content)
  );
}

/**
 * Remembers a resource link, with the gradebook and the scopes of this launch. What stands there stays, unless there is no quiz and the
 * link means another page now. A column that we made ourselves stays too where the launch names none.
 *
 * @returns our key, and what stands there
 */
export async function savePlacement(
  tx: Transaction,
  { content, ...placement }: LaunchedPlacement,
): Promise<Pick<KnownPlacement, 'placementId' | 'quizId' | 'content'>> {
  const { title = null, lineItemUrl = null, lineItemsUrl = null, dueAt = null, gradebookScopes } = placement;
  const [row] = await tx
    .insert(placements)
    .values({ ...placement, content: content ?? 'quiz' })
    .onConflictDoUpdate({
      target: [placements.courseId, placements.resourceLinkId],
      set: {
        ...{ title, lineItemUrl: lineItemUrl ?? ownColumn, lineItemsUrl, dueAt, gradebookScopes },
        ...(content && {
          content: sql`case when ${placements.quizId} is null then excluded.content else ${placements.content} end`,
        }),
      },
    })
    .returning({ placementId: placements.id, quizId: placements.quizId, content: placements.content });
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
      content: placements.content,
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

/**
 * Keeps a placement from being held by `lockPlacementQuiz` until the transaction ends, and waits for whoever holds it so: what was
 * decided for everybody there is either seen afterwards, or sees what is done here. Learners do not wait for each other.
 */
export async function sharePlacement(tx: Transaction, placementId: number): Promise<void> {
  await tx.select({ id: placements.id }).from(placements).where(eq(placements.id, placementId)).for('share');
}

/** Puts a quiz at a placement. */
export async function placeQuiz(tx: Transaction, placementId: number, quizId: number): Promise<void> {
  await tx.update(placements).set({ quizId }).where(eq(placements.id, placementId));
}
