// What a gradebook column has to know of what it shows: how it is recognised, and what it was called and worth with each publication.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { creditPlans } from '../database/tables/credits.ts';
import { quizzes, quizVersions } from '../database/tables/quizzes.ts';
import { planSchema } from '../credits/plan.ts';
import { chooseLanguage, translator } from '../i18n/i18n.ts';
import type { LineItemIdentity } from '../lti/line-item.ts';
import { maximumPoints } from '../quizzes/extent.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import type { ClaimedColumn } from './claimed-column.store.ts';
import type { Outline } from './column-change.ts';
import { creditColumnPoints } from './credit-column.ts';

/** How a quiz's column is recognised among several, together with its `contentId` (AGS 2.0 §3.2.9, §3.2.10). */
export const quizTag = 'quiz';
/** How a credit page's column is; whose course it is, its resource link says. */
export const creditColumn = { resourceId: 'credits', tag: 'credits' } as const;

/** What a column that is proposed before there is a plan is worth. */
const proposedPoints = 100;

export interface ColumnOutline {
  identity: Pick<LineItemIdentity, 'resourceId' | 'tag'>;
  /** The newest last; empty while nothing was published. */
  versions: Outline[];
}

/** As much of a column as says what stands in it. */
type Shown = Pick<ClaimedColumn, 'content' | 'quizId' | 'courseId' | 'title'>;

/** @returns null where nothing stands that has points */
export async function getColumnOutline(db: Database, shown: Shown): Promise<ColumnOutline | null> {
  switch (shown.content) {
    case 'quiz':
      return shown.quizId === null ? null : quizOutline(db, shown.quizId);
    case 'credits':
      return creditOutline(db, shown);
    case 'progress':
      return null;
  }
}

async function quizOutline(db: Database, quizId: number): Promise<ColumnOutline | null> {
  const [quiz] = await db.select({ contentId: quizzes.contentId }).from(quizzes).where(eq(quizzes.id, quizId));
  if (!quiz) return null;
  const numbered = await db
    .select({ id: quizVersions.id })
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizId))
    .orderBy(asc(quizVersions.number));
  const versions: Outline[] = [];
  for (const { id } of numbered) {
    const version = await getVersion(db, id);
    versions.push({ title: version.title, points: maximumPoints(version).valueOf() });
  }
  return { identity: { resourceId: quiz.contentId, tag: quizTag }, versions };
}

/**
 * A credit page is called what its link is called, and that is for the LMS to change; what its column is worth follows the plan. Points
 * that were proposed before there was one are ours, too.
 */
async function creditOutline(db: Database, { courseId, title }: Shown): Promise<ColumnOutline> {
  const plans = await db
    .select({ plan: creditPlans.plan })
    .from(creditPlans)
    .where(eq(creditPlans.courseId, courseId))
    .orderBy(asc(creditPlans.number));
  const called = title ?? translator(chooseLanguage([]))('content.pages.credits');
  const worths = plans.map(({ plan }) => creditColumnPoints(planSchema.parse(plan)).valueOf());
  const versions = worths.length === 0 ? [] : [proposedPoints, ...worths];
  return { identity: creditColumn, versions: versions.map((points) => ({ title: called, points })) };
}
