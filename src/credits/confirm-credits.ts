// A teacher confirms a list: what is provisional on it becomes credits. One transaction; sent twice it is done once.
import type { Database, Transaction } from '../database/database.ts';
import { loadCourseCredits, type ComponentCredits, type CourseCredits } from './course-credits.ts';
import { enterAward, enterReversal, insertConfirmation, lockAccounts, type Act } from './ledger.store.ts';

/** One line of the list, as its teacher saw it. */
export interface ConfirmedLine {
  personId: number;
  componentKey: string;
  /** The fingerprint of what it rested on. */
  evidenceHash: string;
}

/** What became of a line; `results-changed`: between the look and the word, so it is to be looked at again. */
export type LineOutcome =
  'confirmed' | 'confirmed-anew' | 'confirmed-already' | 'not-passed' | 'held' | 'results-changed' | 'unknown';

/** What became of each line; none at all where the list was confirmed before, or another plan is in force by now. */
export type ConfirmationOutcome =
  | { ok: true; lines: readonly (ConfirmedLine & { outcome: LineOutcome })[] }
  | { ok: false; code: 'confirmed-before' | 'no-plan' | 'plan-changed' };

/**
 * Confirms a list.
 *
 * @param list.key chosen when the list was shown: of two confirmations with one key the later does nothing
 * @param list.planId under which it was shown, where the list says so: under another plan by now nothing of it is confirmed
 * @param mayGrade whether somebody is a student whose credits count here
 */
export async function confirmCredits(
  db: Database,
  list: {
    courseId: number;
    key: string;
    planId?: number;
    note: string;
    actorId: number;
    lines: readonly ConfirmedLine[];
  },
  mayGrade: (personId: number) => boolean,
  now: Date,
): Promise<ConfirmationOutcome> {
  const { courseId, key, note, actorId, lines } = list;
  const personIds = [...new Set(lines.map(({ personId }) => personId))].filter(mayGrade);
  return db.transaction(async (tx) => {
    await lockAccounts(tx, courseId, personIds);
    const credits = await loadCourseCredits(tx, courseId, personIds);
    if (!credits) return { ok: false, code: 'no-plan' };
    const planId = credits.inForce.id;
    if (list.planId !== undefined && list.planId !== planId) return { ok: false, code: 'plan-changed' };
    const confirmation = { courseId, planId, key, note, confirmedBy: actorId, confirmedAt: now };
    const confirmationId = await insertConfirmation(tx, confirmation);
    if (confirmationId === null) return { ok: false, code: 'confirmed-before' };
    const act = { courseId, actorId, confirmationId, now };
    const done: (ConfirmedLine & { outcome: LineOutcome })[] = [];
    for (const line of lines) {
      const outcome = personIds.includes(line.personId) ? await confirmLine(tx, act, credits, line) : 'unknown';
      done.push({ ...line, outcome });
    }
    return { ok: true, lines: done };
  });
}

async function confirmLine(
  tx: Transaction,
  act: Act,
  { inForce, of }: CourseCredits,
  { personId, componentKey, evidenceHash }: ConfirmedLine,
): Promise<LineOutcome> {
  const component = of(personId).components.find(({ key }) => key === componentKey);
  if (!component) return 'unknown';
  if (!component.isPassed) return 'not-passed';
  if (component.evidenceHash !== evidenceHash) return 'results-changed';
  const award = (account: ComponentCredits['account']) => {
    const { units, evidence } = component;
    const entry = { kind: 'award', planId: inForce.id, units, evidence, reason: '' } as const;
    return enterAward(tx, act, { ...entry, personId, componentKey, account });
  };
  switch (component.standing) {
    case 'not-yet':
      return 'not-passed';
    case 'held':
      return 'held';
    case 'provisional':
      await award(component.account);
      return 'confirmed';
    case 'changed':
    case 'lost': {
      const reversal = { personId, componentKey, account: component.account, reason: 'confirmed-anew' };
      await award(await enterReversal(tx, act, reversal));
      return 'confirmed-anew';
    }
    case 'confirmed':
    case 'recognised':
      return 'confirmed-already';
  }
}
