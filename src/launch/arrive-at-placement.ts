// Somebody comes to a place of a course, by whatever way: what stands there is remembered, found or taken over, and says where they go.
import type { Transaction } from '../database/database.ts';
import { findPlacementAt, isPlacementAsSaid, savePlacement, type KnownPlacement } from '../courses/placement.store.ts';
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

/**
 * A place that has a quiz keeps it, whatever its link says now: there may be attempts at it. What is known of a place already is not
 * written.
 */
export async function arriveAtPlacement(
  tx: Transaction,
  { role, ...who }: Comer,
  place: Place,
  now: Date,
): Promise<{ placementId: number; landing: Landing }> {
  const { courseId } = who;
  const { content, history } = place;
  const said = { ...placeSaid(place), courseId };
  const known = await findPlacementAt(tx, courseId, place.resourceLinkId);
  const saved = known && isPlacementAsSaid(known, said) ? known : await savePlacement(tx, said);
  const { placementId, quizId, content: stands } = saved;
  // Nothing was wanted of a column that did not exist.
  if (content?.kind === 'credits' && stands === 'credits' && known?.content !== 'credits') {
    await creditPlanPublished(tx, courseId, now);
  }
  const isForeign =
    stands === 'quiz' && quizId === null && (await adoptContent(tx, { ...who, placementId, content, history }));
  return { placementId, landing: landingAt(saved, { ...who, role }, content, isForeign) };
}

/** What a platform says of a place, as courses keep it. */
export function placeSaid({
  content,
  resourceLinkId,
  title,
  lineItemUrl,
  lineItemsUrl,
  gradebookScopes,
  dueAt,
}: Place) {
  const column = { lineItemUrl, lineItemsUrl, gradebookScopes };
  return { resourceLinkId, title, dueAt, ...column, content: content?.kind ?? null };
}

/** Where somebody goes who comes to a place. @param isForeign whether its link names a quiz that may not be used there */
export function landingAt(
  { placementId, quizId, content: stands }: Pick<KnownPlacement, 'placementId' | 'quizId' | 'content'>,
  { courseId, personId, role }: Omit<Comer, 'deploymentId'>,
  content: ContentIdentity | null,
  isForeign = false,
): Landing {
  if (role === 'mentor') return { kind: 'mentees', courseId };
  const page = quizId === null ? stands : content?.kind;
  if (page === 'progress' || page === 'credits') return { kind: page, courseId, personId, role };
  return { kind: 'quiz', placementId, role, isForeign };
}
