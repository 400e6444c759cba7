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
  /** What goes with it; null where nothing was said of that: comment and evidence stay as they stand, and levels with their points. */
  said: Pick<Mark, 'levels' | 'comment' | 'evidence'> | null;
}

/** What stands in a place of the grid. */
export type StandingMark = Omit<Mark, 'id'>;

/** What became of an entry; `now` is what stands there. `entered-meanwhile`: somebody else was there first. */
export type MarkOutcome =
  | { code: 'entered'; now: StandingMark }
  | { code: 'unchanged'; now: StandingMark | null }
  | { code: 'no-such-place' | 'no-such-person' | 'no-such-sitting' }
  | { code: 'above-maximum'; maximumPoints: Fraction }
  | { code: 'entered-meanwhile'; now: StandingMark };

/**
 * Enters marks; each for itself, so that one wrong one holds up no other. What stands there already is not entered again, whoever
 * entered it; of two for one place the second was entered by somebody who had not seen the first.
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
    const standing = new Map<string, StandingMark>(
      (await listMarks(tx, courseId, personIds)).map((mark) => [placeOf(mark), mark]),
    );
    const entered: StandingMark[] = [];
    const outcomes = marks.map((mark): MarkOutcome => {
      const maximumPoints = maximumFor(mark, plan);
      const before = standing.get(placeOf(mark)) ?? null;
      const next = { ...nextMark(mark, before, maximumPoints), markedBy, markedAt: now };
      const isStudent = personIds.includes(mark.personId);
      const refused = judge({ mark, before, next }, { maximumPoints, plan, isStudent });
      if (refused) return refused;
      standing.set(placeOf(mark), next);
      entered.push(next);
      return { code: 'entered', now: next };
    });
    await insertMarks(
      tx,
      entered.map((mark) => ({ ...mark, courseId })),
    );
    const changed = [...new Set(entered.map(({ personId }) => personId))];
    if (changed.length > 0) await onEntered(tx, { courseId, personIds: changed, actorId: markedBy });
    return outcomes;
  });
}

/** What would stand after `mark`, but for who enters it when. */
type NextMark = Omit<StandingMark, 'markedBy' | 'markedAt'>;

function nextMark(
  { personId, activityKey, sitting, state, points, said }: EnteredMark,
  before: StandingMark | null,
  maximumPoints: Fraction | null,
): NextMark {
  const place = { personId, activityKey, sitting, number: (before?.number ?? 0) + 1 };
  const given = { ...place, state, points, maximumPoints: points && maximumPoints };
  if (said) return { ...given, ...said };
  if (!before) return { ...given, levels: null, comment: '', evidence: '' };
  const { levels, comment, evidence } = before;
  return { ...given, levels: isSameMark(given, before) ? levels : null, comment, evidence };
}

/** What follows when the results of some people in a course have changed. */
export type OnResultsChanged = (
  tx: Parameters<Parameters<Database['transaction']>[0]>[0],
  changed: { courseId: number; personIds: readonly number[]; actorId: number | null },
) => Promise<void>;

/** Why a mark is not entered; null if it is. */
function judge(
  { mark, before, next }: { mark: EnteredMark; before: StandingMark | null; next: NextMark },
  { maximumPoints, plan, isStudent }: { maximumPoints: Fraction | null; plan: PublishedPlan; isStudent: boolean },
): Exclude<MarkOutcome, { code: 'entered' }> | null {
  if (!isStudent) return { code: 'no-such-person' };
  const isHours = mark.activityKey === attendance;
  // Nobody is absent from missed hours.
  if (!maximumPoints || (isHours && !['points', 'empty'].includes(mark.state))) return { code: 'no-such-place' };
  if (mark.sitting < 1 || mark.sitting > sittingsOf(mark.activityKey, plan)) return { code: 'no-such-sitting' };
  if (mark.points?.gt(maximumPoints)) return { code: 'above-maximum', maximumPoints };
  if (isSame(next, before)) return { code: 'unchanged', now: before };
  return before && before.number !== mark.seen ? { code: 'entered-meanwhile', now: before } : null;
}

/** What a mark is out of: an activity's points, the hours with a teacher; null where no mark belongs. */
function maximumFor({ activityKey }: EnteredMark, { plan, policy }: PublishedPlan): Fraction | null {
  if (activityKey === attendance) return countsHours({ plan, policy }) ? new Fraction(plan.contactHours) : null;
  const activity = plan.activities.find(({ key }) => key === activityKey);
  return activity && activity.form !== 'quiz' ? markMaximum(activity) : null;
}

/** Whether missed hours are entered: only rules about them make anything of them. */
export function countsHours({ plan, policy }: Pick<PublishedPlan, 'plan' | 'policy'>): boolean {
  return policy.absencePercent !== null && plan.contactHours > 0;
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

/**
 * What a mark gives out of `maximumPoints`: of an activity whose points were changed since, the same share of those that it has now.
 * Missed hours stay so many hours.
 */
export function pointsOutOf(
  { activityKey, points, maximumPoints }: Pick<Mark, 'activityKey' | 'points' | 'maximumPoints'>,
  maximumNow: Fraction,
): Fraction | null {
  if (!points || !maximumPoints || activityKey === attendance || maximumPoints.equals(0)) return points;
  return points.div(maximumPoints).mul(maximumNow);
}

function isSame(next: NextMark, before: StandingMark | null): boolean {
  const { comment, evidence, levels } = before ?? { comment: '', evidence: '', levels: null };
  return (
    (before ? isSameMark(next, before) : next.state === 'empty') &&
    next.comment === comment &&
    next.evidence === evidence &&
    JSON.stringify(next.levels) === JSON.stringify(levels)
  );
}

function isSameMark(
  next: Pick<StandingMark, 'activityKey' | 'state' | 'points' | 'maximumPoints'>,
  before: StandingMark,
): boolean {
  if (next.state !== before.state) return false;
  if (!next.points || !next.maximumPoints) return true;
  return pointsOutOf(before, next.maximumPoints)?.equals(next.points) === true;
}

/** One place of the grid as a key. */
export function placeOf({
  personId,
  activityKey,
  sitting,
}: Pick<Mark, 'personId' | 'activityKey' | 'sitting'>): string {
  return `${personId}:${activityKey}:${sitting}`;
}
