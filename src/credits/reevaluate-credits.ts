// After a plan or its rules have changed: what was given under older ones stays, until a teacher has seen what a new look would change and
// says so (credits.md §5.3, invariant 9).
import type { Database } from '../database/database.ts';
import { loadCourseCredits, type CourseCredits } from './course-credits.ts';
import { inForce, type Account } from './ledger.ts';
import { enterAward, enterReversal, listAccounts, lockAccounts } from './ledger.store.ts';

/** What a new look at one account would do. Units are hundredths of a credit. */
export interface Reevaluated {
  personId: number;
  componentKey: string;
  /** Of the award now in force, whose plan is an older one. */
  unitsBefore: number;
  /** Under the plan in force; nothing where it is not passed under it, or the component is gone. */
  unitsAfter: number;
}

/** What a new look would change, award by award that rests on an older plan; null while no plan was published. */
export async function previewReevaluation(db: Database, courseId: number): Promise<Reevaluated[] | null> {
  const credits = await loadCourseCredits(db, courseId);
  return credits && look(credits, await awards(db, courseId));
}

/**
 * Does what the preview said, for the lines that are still so.
 *
 * @param seen as the preview said it
 * @returns how many were done, and how many were different by now and left
 */
export async function reevaluateCredits(
  db: Database,
  { courseId, actorId, seen }: { courseId: number; actorId: number; seen: readonly Reevaluated[] },
  now: Date,
): Promise<{ done: number; left: number }> {
  const personIds = [...new Set(seen.map(({ personId }) => personId))];
  return db.transaction(async (tx) => {
    await lockAccounts(tx, courseId, personIds);
    const credits = await loadCourseCredits(tx, courseId, personIds);
    if (!credits) return { done: 0, left: seen.length };
    const found = look(credits, await awards(tx, courseId, personIds));
    const act = { courseId, actorId, now };
    let done = 0;
    for (const line of seen) {
      const { personId, componentKey, unitsAfter } = line;
      const still = found.find((other) => isSameLine(other, line));
      const account = credits.of(personId).accounts.get(componentKey) ?? [];
      if (!still) continue;
      done++;
      const reversal = { personId, componentKey, account, reason: 're-evaluated' };
      const reversed = await enterReversal(tx, act, reversal);
      const component = credits.of(personId).components.find(({ key }) => key === componentKey);
      if (unitsAfter === 0 || !component) continue;
      const { evidence } = component;
      const award = { kind: 'award', planId: credits.inForce.id, units: unitsAfter, evidence } as const;
      await enterAward(tx, act, { ...award, personId, componentKey, account: reversed, reason: 're-evaluated' });
    }
    return { done, left: seen.length - done };
  });
}

type Awarded = { personId: number; componentKey: string; account: Account };

async function awards(db: Database, courseId: number, personIds?: readonly number[]): Promise<Awarded[]> {
  const accounts = await listAccounts(db, courseId, personIds);
  return [...accounts].flatMap(([personId, own]) =>
    [...own].map(([componentKey, account]) => ({ personId, componentKey, account })),
  );
}

/** What was recognised from elsewhere is not evaluated, so it is not looked at anew either. */
function look({ inForce: plan, of }: CourseCredits, awarded: readonly Awarded[]): Reevaluated[] {
  return awarded.flatMap(({ personId, componentKey, account }) => {
    const award = inForce(account);
    if (award?.kind !== 'award' || award.planId === plan.id) return [];
    const component = of(personId).components.find(({ key }) => key === componentKey);
    const unitsAfter = component?.isPassed ? component.units : 0;
    return [{ personId, componentKey, unitsBefore: award.units, unitsAfter }];
  });
}

function isSameLine(one: Reevaluated, other: Reevaluated): boolean {
  return (
    one.personId === other.personId &&
    one.componentKey === other.componentKey &&
    one.unitsBefore === other.unitsBefore &&
    one.unitsAfter === other.unitsAfter
  );
}
