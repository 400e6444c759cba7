// Where a learner's grade is, in the words of this house. Pages turn them into the reader's.
import { gradeDifference, type PointsOf } from './compare-grade.ts';
import { healsByItself, type DeliveryCause } from './delivery-cause.ts';

/**
 * What pages may say of a grade; `at` is when the LMS confirmed it. `overridden`: the gradebook shows `there` instead, which
 * somebody there wants. `taken-back`: a zero that was sent is no longer there.
 */
export type GradeStatus =
  | { state: 'not-gradable' | 'no-column' | 'superseded' }
  | { state: 'on-its-way'; since: Date | null }
  | { state: 'waiting'; cause: DeliveryCause | null; since: Date | null }
  | { state: 'refused'; cause: DeliveryCause }
  | { state: 'overridden'; there: PointsOf | null }
  | { state: 'delivered' | 'taken-back'; at: Date };

/** As much of a gradebook cell as the status follows from. */
export interface CellState {
  basis: 'attempts' | 'zero' | 'taken-back' | 'credits';
  revision: number;
  deliveredRevision: number;
  owedSince: Date | null;
  lastOutcome: 'delivered' | 'superseded' | 'overridden' | 'unavailable' | 'refused' | null;
  lastCause: DeliveryCause | null;
  lastTriedAt: Date | null;
  /** What the gradebook should show; null: nothing any more. */
  wanted: PointsOf | null;
  /** What the LMS last confirmed of ours; null: nothing. */
  confirmed: PointsOf | null;
  /** What the gradebook showed when it was last read back; null: nothing. */
  there: PointsOf | null;
  /** Null: it never was. */
  thereReadAt: Date | null;
}

/**
 * @param cell null where no score was ever wanted: nothing was handed in that has points
 * @param hasColumn whether the activity has a gradebook column now
 */
export function gradeStatus(cell: CellState | null, hasColumn: boolean): GradeStatus {
  if (!cell) return { state: 'not-gradable' };
  const { lastOutcome, lastCause, there } = cell;
  const at = cell.lastTriedAt ?? new Date(0);
  if (cell.deliveredRevision < cell.revision) {
    if (!hasColumn) return { state: 'no-column' };
    const since = cell.owedSince;
    return lastOutcome === 'unavailable'
      ? { state: 'waiting', cause: lastCause, since }
      : { state: 'on-its-way', since };
  }
  switch (lastOutcome) {
    case 'delivered':
      return { state: cell.basis === 'taken-back' ? 'taken-back' : 'delivered', at };
    case 'overridden':
    case 'superseded':
      // Our zero is not there any more either way, and whose grade is there has nothing to do with us.
      if (cell.basis === 'taken-back') return { state: 'taken-back', at };
      return lastOutcome === 'overridden' ? { state: 'overridden', there } : { state: 'superseded' };
    case 'refused':
    case 'unavailable':
    case null:
      return { state: 'refused', cause: lastCause ?? 'other' };
  }
}

/**
 * What the gradebook shows, as far as we know: what was read back last, or what it confirmed since. Null also where we do not know:
 * somebody there entered something that was never read.
 */
export function pointsThere({ lastOutcome, lastTriedAt, confirmed, there, thereReadAt }: CellState): PointsOf | null {
  const [triedMs, readMs] = [lastTriedAt?.getTime() ?? 0, thereReadAt?.getTime() ?? 0];
  // A gradebook that took ours and showed nothing at once may only hide it.
  if (lastOutcome === 'delivered' && readMs <= triedMs) return (readMs === triedMs ? there : null) ?? confirmed;
  if (thereReadAt !== null) return there;
  return lastOutcome === 'superseded' ? null : confirmed;
}

/** What a cell has come to once it was read what the gradebook shows. One that is owed is for the next try to find out. */
export function outcomeAfterReading(cell: CellState, there: PointsOf | null): CellState['lastOutcome'] {
  const { lastOutcome, wanted } = cell;
  if (cell.deliveredRevision < cell.revision) return lastOutcome;
  const difference = gradeDifference(wanted, there);
  switch (lastOutcome) {
    case 'delivered':
      // A gradebook that shows nothing may only hide it for now.
      return difference === 'changed' ? 'overridden' : 'delivered';
    case 'overridden':
    case 'superseded':
      return difference === 'same' ? 'delivered' : lastOutcome;
    case 'refused':
    case 'unavailable':
    case null:
      return lastOutcome;
  }
}

/** What heals by itself is worth a teacher's attention only when it takes longer than this. */
export const patienceMs = 60 * 60 * 1000;

/** Whether somebody should do something about it, or at least know. */
export function needsAttention(status: GradeStatus, now: Date): boolean {
  switch (status.state) {
    case 'refused':
    case 'overridden':
    case 'superseded':
      return true;
    case 'waiting':
      if (status.cause !== null && !healsByItself(status.cause)) return true;
      return isLate(status, now);
    case 'on-its-way':
      return isLate(status, now);
    case 'not-gradable':
    case 'no-column':
    case 'delivered':
    case 'taken-back':
      return false;
  }
}

function isLate({ since }: { since: Date | null }, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() > patienceMs;
}
