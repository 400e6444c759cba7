// Somebody comes to a place of a course, by whatever way: what stands there is remembered, found or taken over, and says where they go.
import type { Transaction } from '../database/database.ts';
import { findContentAt, savePlacement } from '../courses/placement.store.ts';
import { creditPlanPublished } from '../grades/want-credit-scores.ts';
import type { CourseRole } from '../lti/roles.ts';
import { adoptContent } from './adopt-content.ts';
import type { ContentIdentity } from './content-identity.ts';
import type { History } from './copy-history.ts';
import type { Landing } from './landing.ts';

/** Who comes, and into which course. Numbers are our keys. */
export interface Comer {
  deploymentId: number;
  courseId: number;
  personId: number;
  role: CourseRole;
}

/** A place as its platform names it, and what it says of it. */
export interface Place {
  resourceLinkId: string;
  title: string | null;
  /** What its link says that it is for; null where it says nothing. */
  content: ContentIdentity | null;
  history: History;
  lineItemUrl: string | null;
  lineItemsUrl: string | null;
  /** What we may do with its column, in the terms of AGS. */
  gradebookScopes: string[];
  dueAt: Date | null;
}

/** A place that has a quiz keeps it, whatever its link says now: there may be attempts at it. */
export async function arriveAtPlacement(
  tx: Transaction,
  { role, ...who }: Comer,
  { content, history, ...place }: Place,
  now: Date,
): Promise<{ placementId: number; landing: Landing }> {
  const { courseId, personId } = who;
  const isCreditPage = content?.kind === 'credits';
  const before = isCreditPage ? await findContentAt(tx, courseId, place.resourceLinkId) : null;
  const {
    placementId,
    quizId,
    content: stands,
  } = await savePlacement(tx, { ...place, courseId, content: content?.kind ?? null });
  // Nothing was wanted of a column that did not exist.
  if (isCreditPage && stands === 'credits' && before !== 'credits') await creditPlanPublished(tx, courseId, now);
  const isForeign =
    stands === 'quiz' && quizId === null && (await adoptContent(tx, { ...who, placementId, content, history }));
  if (role === 'mentor') return { placementId, landing: { kind: 'mentees', courseId } };
  const page = quizId === null ? stands : content?.kind;
  if (page === 'progress' || page === 'credits') {
    return { placementId, landing: { kind: page, courseId, personId, role } };
  }
  return { placementId, landing: { kind: 'quiz', placementId, role, isForeign } };
}
