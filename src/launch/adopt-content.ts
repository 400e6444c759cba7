// What stands at a place that has no quiz yet: the one that its link names, or the one of the link it was copied from. Whoever can
// edit a link can write names and histories into it by hand, so neither is permission by itself; but a name cannot be guessed.
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { courses, placements } from '../database/tables/courses.ts';
import { quizzes } from '../database/tables/quizzes.ts';
import { coursesEditedBy } from '../courses/member.store.ts';
import type { ContentIdentity } from './content-identity.ts';
import type { History } from './copy-history.ts';

/** A quiz that a link means, and the course it is taken from. */
interface Meant {
  quizId: number;
  courseId: number;
}

/** A place that somebody launched, and what the LMS says of it. */
interface Arrived {
  deploymentId: number;
  courseId: number;
  personId: number;
  placementId: number;
  content: ContentIdentity | null;
  history: History;
}

/**
 * Puts a quiz at a place that has none yet. It may be one that was made in this course or already stands in it; one that the link
 * names, of a course that this is a copy of by what the LMS says; or one of another course of this LMS whose quizzes the launching
 * person may edit. The quiz stays the other course's: it is shared until a teacher detaches it.
 *
 * @returns whether the link names a quiz that may not be used here. One that does not exist is answered alike: nobody learns
 *   which there are
 */
export async function adoptContent(tx: Transaction, arrived: Arrived): Promise<boolean> {
  const { content, personId, placementId } = arrived;
  if (content && content.kind !== 'quiz') return false;
  const meant = await (content ? findNamed(tx, arrived, content.contentId) : findBefore(tx, arrived));
  if (!meant) return content !== null;
  const isAllowed = (await isAtHand(tx, arrived, meant)) || (await mayEdit(tx, personId, meant.courseId));
  if (!isAllowed) return content !== null;
  await tx
    .update(placements)
    .set({ quizId: meant.quizId })
    .where(and(eq(placements.id, placementId), isNull(placements.quizId)));
  return false;
}

/** The quiz of that name in this deployment: the same name elsewhere is somebody else's. */
async function findNamed(tx: Transaction, { deploymentId }: Arrived, contentId: string): Promise<Meant | undefined> {
  const [meant] = await tx
    .select({ quizId: quizzes.id, courseId: quizzes.courseId })
    .from(quizzes)
    .innerJoin(courses, eq(courses.id, quizzes.courseId))
    .where(and(eq(courses.deploymentId, deploymentId), eq(quizzes.contentId, contentId)));
  return meant;
}

/** The quiz at the link that this one was copied from, in a course that this one was copied from. */
async function findBefore(tx: Transaction, arrived: Arrived): Promise<Meant | undefined> {
  const { resourceLinkIds } = arrived.history;
  const earlier = await tx
    .select({ quizId: quizzes.id, courseId: courses.id, resourceLinkId: placements.resourceLinkId })
    .from(placements)
    .innerJoin(courses, eq(courses.id, placements.courseId))
    .innerJoin(quizzes, eq(quizzes.id, placements.quizId))
    .where(and(isAncestor(arrived), inArray(placements.resourceLinkId, resourceLinkIds)));
  // The history names the nearest ancestor first.
  return earlier.sort(
    (one, other) => resourceLinkIds.indexOf(one.resourceLinkId) - resourceLinkIds.indexOf(other.resourceLinkId),
  )[0];
}

/**
 * Whether a quiz was made in this course or stands there, or, for a link that names it, in a course that this one is a copy of: a
 * course between the two may be gone from the LMS, which then names no more than that one.
 */
async function isAtHand(tx: Transaction, arrived: Arrived, { quizId }: Meant): Promise<boolean> {
  const isNamed = arrived.content !== null;
  const [found] = await tx
    .select({ id: quizzes.id })
    .from(quizzes)
    .leftJoin(placements, eq(placements.quizId, quizzes.id))
    .innerJoin(courses, or(eq(courses.id, quizzes.courseId), eq(courses.id, placements.courseId)))
    .where(and(eq(quizzes.id, quizId), or(eq(courses.id, arrived.courseId), isNamed ? isAncestor(arrived) : undefined)))
    .limit(1);
  return found !== undefined;
}

/** The courses that this one is a copy of. One that is known by its only link has an id of another kind. */
function isAncestor({ deploymentId, history }: Arrived) {
  return and(
    eq(courses.deploymentId, deploymentId),
    eq(courses.contextKind, 'context'),
    inArray(courses.contextId, history.contextIds),
  );
}

async function mayEdit(tx: Transaction, personId: number, courseId: number): Promise<boolean> {
  const [course] = await tx
    .select({ id: courses.id })
    .from(courses)
    .where(and(eq(courses.id, courseId), inArray(courses.id, coursesEditedBy(tx, personId))));
  return course !== undefined;
}
