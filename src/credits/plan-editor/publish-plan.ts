// A plan is published: from now on it is in force, with the newest rules. What was given under older ones stays as it was; gradebooks show
// what the new one makes of everybody's results.
import type { Database, Transaction } from '../../database/database.ts';
import { lockAccounts } from '../ledger.store.ts';
import { findPlan, findPolicy, insertPlan, insertPolicy } from '../plan.store.ts';
import { presetPolicies } from '../policy-presets.ts';
import { listStudents } from '../student.store.ts';
import { isSameJson } from '../../quizzes/same-json.ts';
import type { DraftPlan } from './draft-plan.ts';
import { findDraft, lockPlan, saveDraft } from './draft-plan.store.ts';
import { examine } from './findings.ts';

/** What a course goes by that has chosen no rules. */
export const firstRules = presetPolicies.uz;

/** What follows in the same transaction when a plan was published: what gradebooks should show. */
export type OnPlanPublished = (tx: Transaction, courseId: number) => Promise<void>;

/**
 * What became of it. `changed-meanwhile`: somebody else has changed the draft; `other-rules`: or the rules, and nobody has looked at the
 * plan under them; `unchanged`: the very plan is in force already, with the very rules.
 */
export type PublishOutcome =
  | { ok: true; number: number }
  | { ok: false; code: 'unchanged'; number: number }
  | { ok: false; code: 'changed-meanwhile' | 'other-rules' | 'does-not-add-up' };

/**
 * Keeps what the form says as the draft, and publishes it if it adds up.
 *
 * @param said.revision of the draft that the form was made from
 * @param said.rulesNumber of the rules that the form was shown with
 * @param placementIds where quizzes stand in the course
 */
export async function publishPlan(
  db: Database,
  said: { courseId: number; personId: number; draft: DraftPlan; revision: number; rulesNumber: number },
  { placementIds, onPlanPublished }: { placementIds: ReadonlySet<number>; onPlanPublished: OnPlanPublished },
  now: Date,
): Promise<PublishOutcome> {
  const { courseId, personId, draft } = said;
  return db.transaction(async (tx) => {
    await lockPlan(tx, courseId);
    const kept = await keepDraft(tx, said, now);
    if (!kept.ok) return { ok: false, code: 'changed-meanwhile' };
    const policy = await findPolicy(tx, courseId);
    if ((policy?.number ?? 0) !== said.rulesNumber) return { ok: false, code: 'other-rules' };
    const rules = policy?.rules ?? firstRules;
    const { plan, isPublishable } = examine(draft, rules, placementIds);
    if (!isPublishable) return { ok: false, code: 'does-not-add-up' };
    const before = await findPlan(tx, courseId);
    if (before && before.policyId === policy?.id && isSameJson(before.plan, plan)) {
      return { ok: false, code: 'unchanged', number: before.number };
    }
    const policyId = policy?.id ?? (await insertPolicy(tx, { courseId, madeBy: personId, rules }, now));
    // Whoever enters results at this moment has them counted either before this, or under the new plan.
    const students = await listStudents(tx, courseId);
    await lockAccounts(
      tx,
      courseId,
      students.map((student) => student.personId),
    );
    await insertPlan(tx, { courseId, policyId, plan, publishedBy: personId }, now);
    await onPlanPublished(tx, courseId);
    return { ok: true, number: (before?.number ?? 0) + 1 };
  });
}

/**
 * Keeps a form as the draft, unless another has changed that since the form was made. Under a lock of `lockPlan`.
 *
 * @returns the revision that stands now
 */
export async function keepDraft(
  tx: Transaction,
  { courseId, personId, draft, revision }: { courseId: number; personId: number; draft: DraftPlan; revision: number },
  now: Date,
): Promise<{ ok: boolean; revision: number }> {
  const stored = await findDraft(tx, courseId);
  if (stored && isSameJson(stored.draft, draft)) return { ok: true, revision: stored.revision };
  if ((stored?.revision ?? 0) !== revision) return { ok: false, revision: stored?.revision ?? 0 };
  return { ok: true, revision: await saveDraft(tx, { courseId, personId, draft }, now) };
}
