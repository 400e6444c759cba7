// A draft begins: with the rules of a preset, with the plan of another course, or with what stood there before.
import type { Database } from '../../database/database.ts';
import type { TypedForm } from '../../questions/forms/typed-form.ts';
import { isSameJson } from '../../quizzes/same-json.ts';
import { findPolicy, insertPolicy } from '../plan.store.ts';
import type { CreditPolicy } from '../policy.ts';
import { draftOf } from './draft-plan.ts';
import { findDraft, lockPlan, saveDraft } from './draft-plan.store.ts';

/**
 * Puts a form in the place of the draft.
 *
 * @param said.rules become the course's newest where they differ from those; null: the rules stay
 * @param said.before what stands in the draft's form by now, and can be put back; null for nothing
 * @param said.revision of the draft that the person saw, 0 for none
 * @returns false, and changes nothing, where somebody else has changed the draft meanwhile
 */
export async function beginPlan(
  db: Database,
  said: {
    courseId: number;
    personId: number;
    revision: number;
    rules: CreditPolicy | null;
    form: TypedForm;
    before: TypedForm | null;
  },
  now: Date,
): Promise<boolean> {
  const { courseId, personId, rules, form, before } = said;
  return db.transaction(async (tx) => {
    await lockPlan(tx, courseId);
    const stored = await findDraft(tx, courseId);
    if ((stored?.revision ?? 0) !== said.revision) return false;
    if (rules !== null) {
      const newest = await findPolicy(tx, courseId);
      if (!newest || !isSameJson(newest.rules, rules)) {
        await insertPolicy(tx, { courseId, madeBy: personId, rules }, now);
      }
    }
    await saveDraft(tx, { courseId, personId, draft: draftOf(form, before) }, now);
    return true;
  });
}
