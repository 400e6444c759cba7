// What a teacher decides about an account in so many words: to take credits back, or to recognise what was learnt elsewhere.
import type { Database } from '../database/database.ts';
import { loadCourseCredits } from './course-credits.ts';
import type { Evidence } from './evidence.ts';
import { inForce } from './ledger.ts';
import { enterAward, enterReversal, listAccounts, lockAccounts } from './ledger.store.ts';

/** Which account, who decides, and why. */
export interface CreditDecision {
  courseId: number;
  personId: number;
  componentKey: string;
  actorId: number;
  /** In words; never empty. */
  reason: string;
}

/** Takes back what stands on an account. `nothing-there`: there is nothing to take back. */
export async function takeCreditsBack(
  db: Database,
  { courseId, personId, componentKey, actorId, reason }: CreditDecision,
  now: Date,
): Promise<{ ok: true } | { ok: false; code: 'nothing-there' }> {
  return db.transaction(async (tx) => {
    await lockAccounts(tx, courseId, [personId]);
    const account = (await listAccounts(tx, courseId, [personId])).get(personId)?.get(componentKey) ?? [];
    if (!inForce(account)) return { ok: false, code: 'nothing-there' };
    await enterReversal(tx, { courseId, actorId, now }, { personId, componentKey, account, reason });
    return { ok: true };
  });
}

/**
 * Gives a student the credits of a component for what was learnt elsewhere, such as a certificate: never by itself, always by somebody's
 * decision (credits.md row 18). Its points count in nothing.
 */
export async function recogniseCredits(
  db: Database,
  { courseId, personId, componentKey, actorId, reason, recognised }: CreditDecision & { recognised: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; code: 'no-plan' | 'unknown' | 'credited-already' }> {
  return db.transaction(async (tx) => {
    await lockAccounts(tx, courseId, [personId]);
    const credits = await loadCourseCredits(tx, courseId, [personId]);
    if (!credits) return { ok: false, code: 'no-plan' };
    const { components, isHeld } = credits.of(personId);
    const component = components.find(({ key }) => key === componentKey);
    if (!component) return { ok: false, code: 'unknown' };
    const { account, units } = component;
    if (isHeld || inForce(account)) return { ok: false, code: 'credited-already' };
    const evidence: Evidence = {
      ...{ points: '0', maximumPoints: component.maximumPoints.toFraction(), grade: null, gradePoints: null },
      ...{ activities: [], recognised },
    };
    const transfer = { kind: 'transfer', planId: credits.inForce.id, units, evidence, reason } as const;
    await enterAward(tx, { courseId, actorId, now }, { ...transfer, personId, componentKey, account });
    return { ok: true };
  });
}
