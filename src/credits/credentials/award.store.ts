// Credits of a person that stand, each with what it was given for, across all their courses: what transcripts list and credentials vouch
// for.
import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../database/database.ts';
import { courses, people } from '../../database/tables/courses.ts';
import {
  creditComponents,
  creditEntries,
  creditPlans,
  creditPolicies,
  rosterNumbers,
} from '../../database/tables/credits.ts';
import { deployments, registrations } from '../../database/tables/platforms.ts';
import { evidenceSchema, type Evidence } from '../evidence.ts';
import { planSchema, type CreditPlan } from '../plan.ts';
import { policySchema, type CreditPolicy } from '../policy.ts';

/** An award or recognition in force. */
export interface StandingAward {
  entryId: number;
  kind: 'award' | 'transfer';
  componentKey: string;
  /** Of the component; that of the course where the course is the component. */
  title: string;
  /** In hundredths of a credit. */
  units: number;
  evidence: Evidence;
  evidenceHash: string;
  enteredAt: Date;
  courseId: number;
  courseTitle: string | null;
  /** Under which it was given. */
  planId: number;
  plan: CreditPlan;
  policy: CreditPolicy;
  /** The registration of the LMS, for its name and our key towards it. */
  registration: { id: number; name: string; issuer: string };
  /** Who the person is to the LMS, to the institution, and on the course's list. */
  subject: string | null;
  sourcedId: string | null;
  rosterNumber: string | null;
}

/** Everything that stands to a person's credit, the oldest first. @param entryId only that one */
export async function listStandingAwards(db: Database, personId: number, entryId?: number): Promise<StandingAward[]> {
  const next = alias(creditEntries, 'next');
  const rows = await db
    .select({
      entryId: creditEntries.id,
      kind: creditEntries.kind,
      componentKey: creditEntries.componentKey,
      componentTitle: creditComponents.title,
      units: creditEntries.units,
      evidence: creditEntries.evidence,
      evidenceHash: creditEntries.evidenceHash,
      enteredAt: creditEntries.enteredAt,
      courseId: creditEntries.courseId,
      courseTitle: courses.title,
      planId: creditEntries.planId,
      plan: creditPlans.plan,
      policy: creditPolicies.rules,
      registration: { id: registrations.id, name: registrations.name, issuer: registrations.issuer },
      subject: people.subject,
      sourcedId: people.sourcedId,
      rosterNumber: rosterNumbers.studentIdNumber,
    })
    .from(creditEntries)
    .innerJoin(people, eq(people.id, creditEntries.personId))
    .innerJoin(courses, eq(courses.id, creditEntries.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .innerJoin(creditPlans, eq(creditPlans.id, creditEntries.planId))
    .innerJoin(creditPolicies, eq(creditPolicies.id, creditPlans.policyId))
    .innerJoin(
      creditComponents,
      and(eq(creditComponents.planId, creditEntries.planId), eq(creditComponents.key, creditEntries.componentKey)),
    )
    .leftJoin(
      rosterNumbers,
      and(eq(rosterNumbers.courseId, creditEntries.courseId), eq(rosterNumbers.personId, creditEntries.personId)),
    )
    .leftJoin(next, eq(next.followsId, creditEntries.id))
    .where(
      and(
        eq(creditEntries.personId, personId),
        ne(creditEntries.kind, 'reversal'),
        isNull(next.id),
        entryId === undefined ? undefined : eq(creditEntries.id, entryId),
      ),
    )
    .orderBy(asc(creditEntries.enteredAt), asc(creditEntries.id));
  return rows.flatMap(({ kind, componentTitle, evidence, plan, policy, ...row }) =>
    kind === 'reversal'
      ? []
      : [
          {
            ...row,
            kind,
            title: componentTitle || (row.courseTitle ?? ''),
            evidence: evidenceSchema.parse(evidence),
            plan: planSchema.parse(plan),
            policy: policySchema.parse(policy),
          },
        ],
  );
}

/** Awards that were taken back, the oldest first: our keys of them, and when. */
export async function listReversedAwards(db: Database): Promise<{ entryId: number; reversedAt: Date }[]> {
  const reversal = alias(creditEntries, 'reversal');
  return db
    .select({ entryId: creditEntries.id, reversedAt: reversal.enteredAt })
    .from(reversal)
    .innerJoin(creditEntries, eq(creditEntries.id, reversal.followsId))
    .where(and(eq(reversal.kind, 'reversal'), eq(creditEntries.kind, 'award')))
    .orderBy(asc(reversal.id));
}
