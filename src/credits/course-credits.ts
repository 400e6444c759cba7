// How the students of a course stand: the one place where plan, results and ledger meet, for pages, sheets and gradebook alike.
import type { Database } from '../database/database.ts';
import { evaluate, type EvaluatedComponent, type Evaluation, type StudentResults } from './evaluate.ts';
import { evidenceFor, hashEvidence, type Evidence } from './evidence.ts';
import { inForce, standingOf, sumCredits, type Account, type CreditStanding, type CreditSums } from './ledger.ts';
import { listAccounts, type Accounts } from './ledger.store.ts';
import { findPlan, type PublishedPlan } from './plan.store.ts';
import { loadResults } from './results.store.ts';

/** One component of a student's, with where it stands in the ledger. */
export type ComponentCredits = EvaluatedComponent & {
  evidence: Evidence;
  /** The fingerprint of what it rests on now; a confirmation says which one it saw. */
  evidenceHash: string;
  account: Account;
  standing: CreditStanding;
};

/** A student in a course. */
export interface StudentCredits {
  evaluation: Evaluation;
  components: readonly ComponentCredits[];
  /** All accounts of the student in the course: also those of components that the plan in force does not have any more. */
  accounts: Accounts;
  /**
   * Whether credits stand on an account that the plan in force does not know any more. They may be for the same work: until somebody
   * has looked anew at what was given under older plans, nothing more is given.
   */
  isHeld: boolean;
  sums: CreditSums;
}

/** The plan in force and how each student stands under it. */
export interface CourseCredits {
  inForce: PublishedPlan;
  /** By our key of the person; who has no result and no entry stands at nothing. */
  of: (personId: number) => StudentCredits;
}

/**
 * A round of four queries, for one student as for all.
 *
 * @param personIds undefined: everybody's
 * @returns null while no plan was published
 */
export async function loadCourseCredits(
  db: Database,
  courseId: number,
  personIds?: readonly number[],
): Promise<CourseCredits | null> {
  const inForce = await findPlan(db, courseId);
  if (!inForce) return null;
  const results = await loadResults(db, inForce, personIds);
  const accounts = await listAccounts(db, courseId, personIds);
  return {
    inForce,
    of: (personId) => studentCredits(inForce, results.get(personId) ?? noResults, accounts.get(personId) ?? new Map()),
  };
}

/** Nothing was handed in and nothing entered. */
export const noResults: StudentResults = { activities: new Map(), missedHours: null };

/** One student under a plan. */
export function studentCredits(plan: PublishedPlan, results: StudentResults, accounts: Accounts): StudentCredits {
  const evaluation = evaluate(plan, results);
  const planned = new Set(evaluation.components.map(({ key }) => key));
  const others = [...accounts].flatMap(([key, account]) =>
    planned.has(key) ? [] : [{ units: 0, standing: 'confirmed' as const, account }],
  );
  const isHeld = others.some(({ account }) => inForce(account) !== null);
  const components = evaluation.components.map((component) => {
    const account = accounts.get(component.key) ?? [];
    const evidence = evidenceFor(component, evaluation);
    const evidenceHash = hashEvidence(evidence);
    const standing = standingOf(component, evidenceHash, account);
    const isWaiting = isHeld && standing === 'provisional';
    return { ...component, evidence, evidenceHash, account, standing: isWaiting ? ('held' as const) : standing };
  });
  return { evaluation, components, accounts, isHeld, sums: sumCredits([...components, ...others]) };
}
