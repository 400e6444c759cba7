// People enter marks for what no machine assesses: all of a grid in one transaction, with what follows for credits.
import Fraction from 'fraction.js';
import type { Database } from '../database/database.ts';
import { lockAccounts } from './ledger.store.ts';
import { insertMarks, listMarks, type Mark } from './mark.store.ts';
import { attendance, type PlanActivity } from './plan.ts';
import { findPlan, type PublishedPlan } from './plan.store.ts';

/** What somebody entered in one place of the grid. */
export interface EnteredMark {
  personId: number;
  activityKey: string;
  sitting: number;
  /** How often something was entered there before, as far as the one who enters it has seen; 0: never. */
  seen: number;
  state: Mark['state'];
  /** With `points` alone. */
  points: Fraction | null;
  levels: number[] | null;
  comment: string;
  evidence: string;
}

/** What became of an entry. `entered-meanwhile`: somebody else was there first, and `now` is what stands there. */
export type MarkOutcome =
  | { code: 'entered' | 'unchanged' | 'no-such-place' | 'no-such-person' | 'no-such-sitting' }
  | { code: 'above-maximum'; maximumPoints: Fraction }
  | { code: 'entered-meanwhile'; now: Mark };

/**
 * Enters marks; each for itself, so that one wrong one holds up no other.
 *
 * @param mayGrade whether somebody is a student of the course whose work counts
 * @param onEntered what follows, in the same transaction: credits, and what gradebooks should show
 * @returns what became of each, in their order; null while the course has no plan
 */
export async function enterMarks(
  db: Database,
  { courseId, markedBy, marks }: { courseId: number; markedBy: number; marks: readonly EnteredMark[] },
  { mayGrade, onEntered }: { mayGrade: (personId: number) => boolean; onEntered: OnResultsChanged },
  now: Date,
): Promise<MarkOutcome[] | null> {
  const personIds = [...new Set(marks.map(({ personId }) => personId))].filter(mayGrade);
  return db.transaction(async (tx) => {
    const plan = await findPlan(tx, courseId);
    if (!plan) return null;
    await lockAccounts(tx, courseId, personIds);
    const standing = new Map((await listMarks(tx, courseId, personIds)).map((mark) => [placeOf(mark), mark]));
    const judged = marks.map((mark) => {
      const maximumPoints = maximumFor(mark, plan);
      const before = standing.get(placeOf(mark)) ?? null;
      const outcome = judge(mark, before, { maximumPoints, plan, isStudent: personIds.includes(mark.personId) });
      return { mark, outcome, maximumPoints };
    });
    const entered = judged.filter(({ outcome }) => outcome.code === 'entered');
    await insertMarks(
      tx,
      entered.map(({ mark: { seen, ...mark }, maximumPoints }) => ({
        ...{ ...mark, courseId, number: seen + 1, markedBy, markedAt: now },
        maximumPoints: mark.points && maximumPoints,
      })),
    );
    const changed = [...new Set(entered.map(({ mark }) => mark.personId))];
    if (changed.length > 0) await onEntered(tx, { courseId, personIds: changed, actorId: markedBy });
    return judged.map(({ outcome }) => outcome);
  });
}

/** What follows when the results of some people in a course have changed. */
export type OnResultsChanged = (
  tx: Parameters<Parameters<Database['transaction']>[0]>[0],
  changed: { courseId: number; personIds: readonly number[]; actorId: number | null },
) => Promise<void>;

function judge(
  mark: EnteredMark,
  before: Mark | null,
  { maximumPoints, plan, isStudent }: { maximumPoints: Fraction | null; plan: PublishedPlan; isStudent: boolean },
): MarkOutcome {
  if (!isStudent) return { code: 'no-such-person' };
  if (!maximumPoints) return { code: 'no-such-place' };
  if (mark.sitting < 1 || mark.sitting > sittingsOf(mark.activityKey, plan)) return { code: 'no-such-sitting' };
  if (mark.points?.gt(maximumPoints)) return { code: 'above-maximum', maximumPoints };
  if ((before?.number ?? 0) !== mark.seen && before) return { code: 'entered-meanwhile', now: before };
  return { code: isSame(mark, before) ? 'unchanged' : 'entered' };
}

/** What a mark is out of: an activity's points, the hours with a teacher; null where no mark belongs. */
function maximumFor({ activityKey }: EnteredMark, { plan, policy }: PublishedPlan): Fraction | null {
  if (activityKey === attendance) return policy.absencePercent === null ? null : new Fraction(plan.contactHours);
  const activity = plan.activities.find(({ key }) => key === activityKey);
  return activity && activity.form !== 'quiz' ? markMaximum(activity) : null;
}

/** What an activity that people mark is marked out of: its points; where it counts for none, 100. */
export function markMaximum({ points }: Pick<PlanActivity, 'points'>): Fraction {
  const own = new Fraction(points);
  return own.gt(0) ? own : new Fraction(100);
}

/** Retakes are for the final control: all else is entered once, and corrected where it stands. */
export function sittingsOf(activityKey: string, { plan, policy }: Pick<PublishedPlan, 'plan' | 'policy'>): number {
  const controlKey = plan.activities.find(({ key }) => key === activityKey)?.controlKey;
  const isFinal = plan.controls.some(({ key, kind }) => key === controlKey && kind === 'final');
  return isFinal ? policy.retakes.sittings : 1;
}

function isSame(mark: EnteredMark, before: Mark | null): boolean {
  if (!before) return mark.state === 'empty';
  const points = mark.points ? before.points?.equals(mark.points) === true : before.points === null;
  return (
    points &&
    before.state === mark.state &&
    before.comment === mark.comment &&
    before.evidence === mark.evidence &&
    JSON.stringify(before.levels) === JSON.stringify(mark.levels)
  );
}

function placeOf({ personId, activityKey, sitting }: Pick<Mark, 'personId' | 'activityKey' | 'sitting'>): string {
  return `${personId}:${activityKey}:${sitting}`;
}
