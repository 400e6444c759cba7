// The ledger's accounts: a person's of one component. What is earned is what its entries add up to, and nothing else says it
// (credits.md §5.3, invariants 1–5). Progress is not credit, and provisional is not confirmed (§5.2).
import type { EvaluatedComponent } from './evaluate.ts';
import type { Evidence } from './evidence.ts';

/** Why something was entered that nobody worded. */
export const entryReasons = ['result-changed', 'confirmed-anew', 're-evaluated'] as const;

/** One entry as it stands. */
export interface LedgerEntry {
  id: number;
  personId: number;
  componentKey: string;
  kind: 'award' | 'reversal' | 'transfer';
  /** In hundredths of a credit; a reversal's are negative. */
  units: number;
  planId: number;
  evidence: Evidence;
  evidenceHash: string;
  reason: string;
  /** Null where the teacher's explicit rule did it by itself. */
  actorId: number | null;
  confirmationId: number | null;
  enteredAt: Date;
}

/** An account's entries, oldest first. */
export type Account = readonly LedgerEntry[];

/** Hundredths of a credit that stand on an account. */
export function balanceOf(account: Account): number {
  return account.reduce((sum, { units }) => sum + units, 0);
}

/** The award or transfer that is in force; null where there is none. */
export function inForce(account: Account): LedgerEntry | null {
  const last = account.at(-1);
  return last && last.kind !== 'reversal' ? last : null;
}

/** Whether somebody took the credits back by a decision of their own: then only another decision gives them again. */
export function isTakenBack(account: Account): boolean {
  const last = account.at(-1);
  return last?.kind === 'reversal' && !entryReasons.some((reason) => reason === last.reason);
}

/**
 * Where a component stands for a student. `held`: passed, and nothing is given while credits of an older plan stand that may be for the
 * same work. `changed`: confirmed and still passed, on other results by now; `lost`: confirmed, and not
 * passed any more under the plan in force, which only somebody's decision changes.
 */
export type CreditStanding = 'not-yet' | 'held' | 'provisional' | 'confirmed' | 'changed' | 'lost' | 'recognised';

/** @param evidenceHash of what the component rests on now */
export function standingOf(
  { isPassed }: Pick<EvaluatedComponent, 'isPassed'>,
  evidenceHash: string,
  account: Account,
): CreditStanding {
  const award = inForce(account);
  if (!award) return isPassed ? 'provisional' : 'not-yet';
  if (award.kind === 'transfer') return 'recognised';
  if (!isPassed) return 'lost';
  return award.evidenceHash === evidenceHash ? 'confirmed' : 'changed';
}

/** What a person has of a course, in hundredths of a credit: confirmed by the ledger, and on the way there. */
export interface CreditSums {
  confirmed: number;
  provisional: number;
}

/** Adds up components. Provisional credits are those that a confirmation would add. */
export function sumCredits(
  components: readonly { units: number; standing: CreditStanding; account: Account }[],
): CreditSums {
  return components.reduce(
    ({ confirmed, provisional }, { units, standing, account }) => ({
      confirmed: confirmed + balanceOf(account),
      provisional: provisional + (standing === 'provisional' ? units : 0),
    }),
    { confirmed: 0, provisional: 0 },
  );
}
