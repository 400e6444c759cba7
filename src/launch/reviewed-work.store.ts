// Whose work at which place a gradebook asks to see.
import { and, eq } from 'drizzle-orm';
import type { PlacedContent } from '../courses/placement.store.ts';
import type { Transaction } from '../database/database.ts';
import { memberships, people, placements } from '../database/tables/courses.ts';

/**
 * The place in this course and the person of this course that a submission review names; null if either has never been here: who
 * is only in another course of the deployment has not. The place is the resource link where the LMS names one, else the one whose gradebook column it is.
 */
export async function findReviewed(
  tx: Transaction,
  {
    courseId,
    deploymentId,
    subject,
    resourceLinkId,
    lineItemUrl,
  }: {
    courseId: number;
    deploymentId: number;
    subject: string;
    resourceLinkId: string | null;
    lineItemUrl: string | null;
  },
): Promise<{ placementId: number; content: PlacedContent; learnerId: number } | null> {
  const isNamed =
    resourceLinkId === null
      ? lineItemUrl !== null && eq(placements.lineItemUrl, lineItemUrl)
      : eq(placements.resourceLinkId, resourceLinkId);
  if (isNamed === false) return null;
  const [placement] = await tx
    .select({ placementId: placements.id, content: placements.content })
    .from(placements)
    .where(and(eq(placements.courseId, courseId), isNamed));
  const [learner] = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(memberships, and(eq(memberships.personId, people.id), eq(memberships.courseId, courseId)))
    .where(and(eq(people.deploymentId, deploymentId), eq(people.subject, subject)));
  return placement && learner ? { ...placement, learnerId: learner.id } : null;
}
