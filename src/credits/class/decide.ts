// Whatever somebody decides about credits: what it does, and what gradebooks should show from then on, in one transaction.
import type { Database, Transaction } from '../../database/database.ts';

/** What follows when credits of some people in a course have changed. */
export type OnCreditsChanged = (
  tx: Transaction,
  changed: { courseId: number; personIds: readonly number[] },
) => Promise<void>;

/** What the pages of decisions stand on. */
export interface DecisionTools {
  db: Database;
  now: () => Date;
  onCreditsChanged: OnCreditsChanged;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
}

/**
 * Decides, and has what follows done for whom it concerned.
 *
 * @param decide gets the transaction
 * @param concerns our keys of the people whose credits it changed; none: nothing follows
 */
export async function decide<Outcome>(
  { db, onCreditsChanged, onScoreWanted }: DecisionTools,
  courseId: number,
  {
    decide: act,
    concerns,
  }: {
    decide: (tx: Transaction) => Promise<Outcome>;
    concerns: (outcome: Outcome) => readonly number[];
  },
): Promise<Outcome> {
  const outcome = await db.transaction(async (tx) => {
    const done = await act(tx);
    const personIds = [...new Set(concerns(done))];
    if (personIds.length > 0) await onCreditsChanged(tx, { courseId, personIds });
    return done;
  });
  onScoreWanted();
  return outcome;
}
