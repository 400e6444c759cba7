// Takes in what a rescue file holds, as if its device had sent it now: the same order, the same grace, the same late entries.
import type { GradingTools } from '../grading-tools.ts';
import { listJournaledAt } from '../journal/journaled-attempt.store.ts';
import { journalKey } from '../journal/journal-key.ts';
import { openEntries } from '../journal/open-entries.ts';
import { takeEntries } from '../journal/take-entries.ts';
import { sealedIn } from './rescue-file.ts';

/** `no-rescue-file`: no entry is in it; `seal-unknown`: none that opens, of an attempt at this place. */
export type RescueRefusal = 'no-rescue-file' | 'seal-unknown';

/** What was read of one attempt. */
export interface Rescued {
  attemptId: number;
  personId: number;
  /** How many entries were read, and how many of them are answers that came too late to count by themselves. */
  read: number;
  late: number;
}

/** Whose files are taken: of whoever is at a placement, or of one of them. */
interface Whose {
  placementId: number;
  /** Undefined: everybody. */
  personId?: number;
  broughtBy: number;
}

/**
 * Each attempt in a transaction of its own, and each entry once, however often it is brought.
 *
 * @param tools.journalSecret by which the keys of all journals are made (config.ts)
 */
export async function takeRescueFile(
  tools: GradingTools & { journalSecret: Uint8Array },
  text: string,
  whose: Whose,
): Promise<{ ok: true; rescued: Rescued[] } | { ok: false; code: RescueRefusal }> {
  const { db, journalSecret } = tools;
  const sealed = sealedIn(text);
  if (sealed.size === 0) return { ok: false, code: 'no-rescue-file' };
  const rescued: Rescued[] = [];
  for (const attempt of await listJournaledAt(db, [...sealed.keys()], whose)) {
    const { id: attemptId, personId } = attempt;
    const { entries } = await openEntries(journalKey(journalSecret, attempt), sealed.get(attemptId) ?? []);
    if (entries.length === 0) continue;
    const { broughtBy } = whose;
    const taken = await takeEntries(tools, { attemptId, personId, entries, browser: null, broughtBy });
    if (taken.isHandedIn) tools.onScoreWanted();
    rescued.push({ attemptId, personId, read: entries.length, late: taken.late.length });
  }
  return rescued.length > 0 ? { ok: true, rescued } : { ok: false, code: 'seal-unknown' };
}
