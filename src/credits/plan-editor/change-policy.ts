// The rules of a course are changed: a new version of them, by which the next plan is published. Plans that were published keep theirs.
import type { Database } from '../../database/database.ts';
import { isSameJson } from '../../quizzes/same-json.ts';
import { findPolicy, insertPolicy } from '../plan.store.ts';
import type { CreditPolicy } from '../policy.ts';
import { lockPlan } from './draft-plan.store.ts';

/**
 * Keeps rules as the newest version, unless they are that already.
 *
 * @param said.seen number of the version that the form was made from, 0 for none
 * @returns null, and changes nothing, where somebody else has changed the rules meanwhile
 */
export async function changePolicy(
  db: Database,
  said: { courseId: number; personId: number; rules: CreditPolicy; seen: number },
  now: Date,
): Promise<{ number: number; isNew: boolean } | null> {
  const { courseId, personId, rules } = said;
  return db.transaction(async (tx) => {
    await lockPlan(tx, courseId);
    const newest = await findPolicy(tx, courseId);
    if (newest && isSameJson(newest.rules, rules)) return { number: newest.number, isNew: false };
    if ((newest?.number ?? 0) !== said.seen) return null;
    await insertPolicy(tx, { courseId, madeBy: personId, rules }, now);
    return { number: said.seen + 1, isNew: true };
  });
}
