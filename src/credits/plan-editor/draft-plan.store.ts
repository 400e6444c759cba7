// The draft of a course's plan. Two who edit it at once are told apart by its revision.
import { desc, eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { courses, people } from '../../database/tables/courses.ts';
import { creditPlanDrafts, creditPlans } from '../../database/tables/credits.ts';
import { draftPlanSchema, type DraftPlan } from './draft-plan.ts';

/** A draft as it is stored, and whose hand was on it last. */
export interface StoredDraft {
  draft: DraftPlan;
  /** From 1; 0 stands for no draft. */
  revision: number;
  changedBy: string | null;
  changedAt: Date;
}

/** The draft of a course; null while there is none. */
export async function findDraft(db: Database, courseId: number): Promise<StoredDraft | null> {
  const [row] = await db
    .select({
      plan: creditPlanDrafts.plan,
      revision: creditPlanDrafts.revision,
      changedBy: people.name,
      changedAt: creditPlanDrafts.changedAt,
    })
    .from(creditPlanDrafts)
    .innerJoin(people, eq(people.id, creditPlanDrafts.changedBy))
    .where(eq(creditPlanDrafts.courseId, courseId));
  return row ? { ...row, draft: draftPlanSchema.parse(row.plan) } : null;
}

/** Lets nobody else change draft, rules or plan of a course until the transaction ends. */
export async function lockPlan(tx: Transaction, courseId: number): Promise<void> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('no key update');
}

/** Keeps a draft, under a lock of `lockPlan`. Returns its revision. */
export async function saveDraft(
  tx: Transaction,
  { courseId, personId, draft }: { courseId: number; personId: number; draft: DraftPlan },
  now: Date,
): Promise<number> {
  const changed = { plan: draft, changedBy: personId, changedAt: now };
  const [row] = await tx
    .insert(creditPlanDrafts)
    .values({ courseId, ...changed })
    .onConflictDoUpdate({
      target: creditPlanDrafts.courseId,
      set: { ...changed, revision: sql`${creditPlanDrafts.revision} + 1` },
    })
    .returning({ revision: creditPlanDrafts.revision });
  if (!row) throw new Error('An upsert gave no row');
  return row.revision;
}

/** One line of the list of a course's published plans. */
export interface PlanVersion {
  id: number;
  number: number;
  publishedAt: Date;
  publishedBy: string | null;
}

/** A course's published plans, the newest first. */
export async function listPlanVersions(db: Database, courseId: number): Promise<PlanVersion[]> {
  return db
    .select({
      id: creditPlans.id,
      number: creditPlans.number,
      publishedAt: creditPlans.publishedAt,
      publishedBy: people.name,
    })
    .from(creditPlans)
    .innerJoin(people, eq(people.id, creditPlans.publishedBy))
    .where(eq(creditPlans.courseId, courseId))
    .orderBy(desc(creditPlans.number));
}
