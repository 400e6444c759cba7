// Rules and plans of a course as they were published. The newest plan is in force; older ones stay for what was given under them.
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses } from '../database/tables/courses.ts';
import { creditComponents, creditPlans, creditPolicies } from '../database/tables/credits.ts';
import { componentsOf, planSchema, type CreditPlan } from './plan.ts';
import { policySchema, type CreditPolicy } from './policy.ts';

/** A plan as it was published, with its rules. */
export interface PublishedPlan {
  id: number;
  courseId: number;
  /** 1 for the first of its course, then 2, 3 … */
  number: number;
  /** Of the course; empty where the LMS says none. */
  title: string;
  plan: CreditPlan;
  policyId: number;
  policyNumber: number;
  policy: CreditPolicy;
  publishedAt: Date;
}

/** The plan in force in a course; null while none was published. */
export async function findPlan(db: Database, courseId: number): Promise<PublishedPlan | null> {
  const [row] = await selectPlans(db)
    .where(eq(creditPlans.courseId, courseId))
    .orderBy(desc(creditPlans.number))
    .limit(1);
  return row ? parsed(row) : null;
}

/** Plans in force of several courses at once, by our key of the course. */
export async function findPlans(db: Database, courseIds: readonly number[]): Promise<Map<number, PublishedPlan>> {
  if (courseIds.length === 0) return new Map();
  const rows = await selectPlans(db)
    .where(inArray(creditPlans.courseId, [...courseIds]))
    .orderBy(creditPlans.number);
  return new Map(rows.map((row) => [row.courseId, parsed(row)]));
}

/** Some plans of a course by key, whether in force or not. */
export async function getPlans(
  db: Database,
  courseId: number,
  planIds: readonly number[],
): Promise<Map<number, PublishedPlan>> {
  if (planIds.length === 0) return new Map();
  const rows = await selectPlans(db).where(
    and(eq(creditPlans.courseId, courseId), inArray(creditPlans.id, [...planIds])),
  );
  return new Map(rows.map((row) => [row.id, parsed(row)]));
}

/** Keeps new rules for a course. Returns our key of them. */
export async function insertPolicy(
  tx: Transaction,
  { courseId, madeBy, rules }: { courseId: number; madeBy: number; rules: CreditPolicy },
  now: Date,
): Promise<number> {
  const number = sql<number>`(select coalesce(max(${creditPolicies.number}), 0) + 1 from ${creditPolicies}
    where ${creditPolicies.courseId} = ${courseId})`;
  const [row] = await tx
    .insert(creditPolicies)
    .values({ courseId, number, rules, madeBy, madeAt: now })
    .returning({ id: creditPolicies.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** The newest rules of a course; null while it has none. */
export async function findPolicy(
  db: Database,
  courseId: number,
): Promise<{ id: number; number: number; rules: CreditPolicy; madeAt: Date } | null> {
  const [row] = await db
    .select()
    .from(creditPolicies)
    .where(eq(creditPolicies.courseId, courseId))
    .orderBy(desc(creditPolicies.number))
    .limit(1);
  return row ? { id: row.id, number: row.number, rules: policySchema.parse(row.rules), madeAt: row.madeAt } : null;
}

/** Publishes a plan with what bears credits in it. Whether it adds up is known already (plan-problems.ts). */
export async function insertPlan(
  tx: Transaction,
  {
    courseId,
    policyId,
    plan,
    publishedBy,
  }: { courseId: number; policyId: number; plan: CreditPlan; publishedBy: number },
  now: Date,
): Promise<number> {
  const number = sql<number>`(select coalesce(max(${creditPlans.number}), 0) + 1 from ${creditPlans}
    where ${creditPlans.courseId} = ${courseId})`;
  const [row] = await tx
    .insert(creditPlans)
    .values({ courseId, number, policyId, plan, publishedBy, publishedAt: now })
    .returning({ id: creditPlans.id });
  if (!row) throw new Error('An insert gave no row');
  await tx
    .insert(creditComponents)
    .values(componentsOf(plan, '').map((component) => ({ planId: row.id, ...component })));
  return row.id;
}

function selectPlans(db: Database) {
  return db
    .select({
      id: creditPlans.id,
      courseId: creditPlans.courseId,
      number: creditPlans.number,
      title: courses.title,
      plan: creditPlans.plan,
      policyId: creditPlans.policyId,
      policyNumber: creditPolicies.number,
      policy: creditPolicies.rules,
      publishedAt: creditPlans.publishedAt,
    })
    .from(creditPlans)
    .innerJoin(creditPolicies, eq(creditPolicies.id, creditPlans.policyId))
    .innerJoin(courses, eq(courses.id, creditPlans.courseId))
    .$dynamic();
}

type PlanRow = Awaited<ReturnType<typeof selectPlans>>[number];

function parsed({ title, plan, policy, ...row }: PlanRow): PublishedPlan {
  return { ...row, title: title ?? '', plan: planSchema.parse(plan), policy: policySchema.parse(policy) };
}
