// What a link that a teacher pasted into a post of Google Classroom leads to, so that the activity that takes its place is the same.
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../database/database.ts';
import { placements } from '../../database/tables/courses.ts';
import { quizzes } from '../../database/tables/quizzes.ts';
import { contentInPath, type ContentIdentity } from '../content-identity.ts';
import { contentInAddress } from './attachment-link.ts';

/**
 * The content behind an address of ours, as an attachment bears it, as a link of an LMS does, or as the browser shows it; null for any
 * other, and for a page of another course than this one.
 *
 * @param of.courseId our key of the course in which the link stands
 */
export async function linkedContent(
  tx: Transaction,
  { address, publicUrl, courseId }: { address: string; publicUrl: string; courseId: number },
): Promise<ContentIdentity | null> {
  if (!URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  if (origin !== new URL(publicUrl).origin) return null;
  const named = contentInAddress(address) ?? contentInPath(pathname);
  if (named) return named;
  const [, coursePage] = new RegExp(`^/courses/${courseId}/(credits|progress)(/|$)`).exec(pathname) ?? [];
  if (coursePage === 'credits' || coursePage === 'progress') return { kind: coursePage };
  const [, placementId] = /^\/placements\/(\d{1,9})(?:\/|$)/.exec(pathname) ?? [];
  return placementId === undefined ? null : placedContent(tx, { placementId: Number(placementId), courseId });
}

async function placedContent(
  tx: Transaction,
  { placementId, courseId }: { placementId: number; courseId: number },
): Promise<ContentIdentity | null> {
  const [row] = await tx
    .select({ content: placements.content, contentId: quizzes.contentId })
    .from(placements)
    .leftJoin(quizzes, eq(quizzes.id, placements.quizId))
    .where(and(eq(placements.id, placementId), eq(placements.courseId, courseId)));
  if (!row) return null;
  if (row.content !== 'quiz') return { kind: row.content };
  return row.contentId === null ? null : { kind: 'quiz', contentId: row.contentId };
}
