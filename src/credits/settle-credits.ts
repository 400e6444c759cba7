// What follows by itself when results change, in the transaction that changed them: credits that rest on what is true no more are taken
// back at once, and the student is told; credits that the teacher's rule gives by itself are given (credits.md §5.3, invariants 4 and 7).
import type { Transaction } from '../database/database.ts';
import { groupBy } from './group-by.ts';
import { noResults, studentCredits } from './course-credits.ts';
import { inForce, isTakenBack } from './ledger.ts';
import { enterAward, enterReversal, listAccounts, lockAccounts, type Accounts, type Act } from './ledger.store.ts';
import { findPlan, getPlans, type PublishedPlan } from './plan.store.ts';
import { loadResults } from './results.store.ts';

/**
 * Settles the accounts of some people in a course. What was given under an older plan is held to that plan: a new one takes nothing
 * away by itself.
 *
 * @returns whether the course has a plan at all
 */
export async function settleCredits(
  tx: Transaction,
  { courseId, personIds }: { courseId: number; personIds: readonly number[] },
  { actorId, now }: { actorId: number | null; now: Date },
): Promise<boolean> {
  if (!(await findPlan(tx, courseId))) return false;
  await lockAccounts(tx, courseId, personIds);
  // Whoever publishes holds the accounts meanwhile: only from here on is the plan in force the one that stays so.
  const plan = await findPlan(tx, courseId);
  if (!plan) return false;
  const accounts = await listAccounts(tx, courseId, personIds);
  const act = { courseId, actorId, now };
  await takeBack(tx, act, { plan, accounts });
  if (plan.policy.confirmation === 'automatic') await giveByRule(tx, { ...act, actorId: null }, plan, personIds);
  return true;
}

/** Reverses the awards whose results would not earn them any more. */
async function takeBack(
  tx: Transaction,
  act: Act,
  { plan, accounts }: { plan: PublishedPlan; accounts: ReadonlyMap<number, Accounts> },
): Promise<void> {
  const awarded = [...accounts].flatMap(([personId, own]) =>
    [...own].flatMap(([componentKey, account]) => {
      const award = inForce(account);
      return award?.kind === 'award' ? [{ personId, componentKey, account, planId: award.planId }] : [];
    }),
  );
  const older = [...new Set(awarded.map(({ planId }) => planId))].filter((id) => id !== plan.id);
  const plans = new Map([...(await getPlans(tx, act.courseId, older)), [plan.id, plan] as const]);
  for (const [planId, ofPlan] of groupBy(awarded, ({ planId }) => planId)) {
    const under = plans.get(planId);
    if (!under) throw new Error('An award without its plan');
    const results = await loadResults(tx, under, [...new Set(ofPlan.map(({ personId }) => personId))]);
    for (const { personId, componentKey, account } of ofPlan) {
      const { components } = studentCredits(under, results.get(personId) ?? noResults, new Map());
      if (components.some(({ key, isPassed }) => key === componentKey && isPassed)) continue;
      await enterReversal(tx, act, { personId, componentKey, account, reason: 'result-changed' });
    }
  }
}

async function giveByRule(tx: Transaction, act: Act, plan: PublishedPlan, personIds: readonly number[]): Promise<void> {
  const results = await loadResults(tx, plan, personIds);
  const accounts = await listAccounts(tx, act.courseId, personIds);
  for (const personId of personIds) {
    const { components } = studentCredits(
      plan,
      results.get(personId) ?? noResults,
      accounts.get(personId) ?? new Map(),
    );
    for (const { key, units, evidence, account, standing } of components) {
      const given = inForce(account);
      // What the rule gave goes on resting on what is true; what a person confirmed is theirs to confirm anew.
      const isOutdated = standing === 'changed' && given?.actorId === null;
      if ((standing !== 'provisional' || isTakenBack(account)) && !isOutdated) continue;
      const place = { personId, componentKey: key };
      const open = isOutdated ? await enterReversal(tx, act, { ...place, account, reason: 'confirmed-anew' }) : account;
      const award = { kind: 'award', planId: plan.id, units, evidence, reason: '' } as const;
      await enterAward(tx, act, { ...award, ...place, account: open });
    }
  }
}
