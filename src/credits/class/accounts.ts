// A student's accounts as decisions see them: what stands there, and what nothing stands on yet.
import type { StudentCredits } from '../course-credits.ts';
import { inForce, type CreditStanding } from '../ledger.ts';
import { wholeCourse } from '../plan.ts';

/** An account with credits on it. */
export interface AccountInForce {
  componentKey: string;
  /** Of the module; null for the course as a whole. */
  title: string | null;
  /** Of the award or transfer in force. */
  entryId: number;
  /** In hundredths of a credit. */
  units: number;
  /** Null where the plan in force has no such component any more. */
  standing: CreditStanding | null;
}

/** @param titles of modules that any plan of the course had */
export function accountsInForce(
  { accounts, components }: StudentCredits,
  titles: ReadonlyMap<string, string>,
): AccountInForce[] {
  return [...accounts].flatMap(([componentKey, account]) => {
    const award = inForce(account);
    if (!award) return [];
    const standing = components.find(({ key }) => key === componentKey)?.standing ?? null;
    const title = componentKey === wholeCourse ? null : (titles.get(componentKey) ?? componentKey);
    return [{ componentKey, title, entryId: award.id, units: award.units, standing }];
  });
}

/** Components for which credits from elsewhere may be recognised. */
export function openComponents({ components }: StudentCredits) {
  return components
    .filter(({ account }) => !inForce(account))
    .map(({ key, title, units }) => ({ key, units, title: key === wholeCourse ? null : title }));
}
