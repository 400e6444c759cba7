// What was typed into the grid is entered: only what differs from what its reader saw there, each cell for itself.
import type Fraction from 'fraction.js';
import type { Database } from '../../database/database.ts';
import {
  enterMarks,
  placeOf,
  pointsOutOf,
  type EnteredMark,
  type MarkOutcome,
  type OnResultsChanged,
  type StandingMark,
} from '../enter-marks.ts';
import { listMarks, listMarksAt } from '../mark.store.ts';
import { findPlan } from '../plan.store.ts';
import { listStudents } from '../student.store.ts';
import { readCell, type CellMark, type CellProblem } from './cell-text.ts';
import { columnsOf, type MarkColumn } from './grid.ts';
import type { TypedCell } from './typed-cells.ts';

/** What became of a cell. */
export type CellOutcome = { cell: TypedCell } & (MarkOutcome | { code: CellProblem });

/** What entering marks works with. */
export interface MarkTools {
  db: Database;
  now: () => Date;
  /** What follows from new marks, in their transaction. */
  onResultsChanged: OnResultsChanged;
}

/**
 * Enters cells. A page sends all of its cells, so those that say what it showed there are `unchanged`, whatever stands there by now.
 *
 * @returns what became of each, in their order; null while the course has no plan
 */
export async function enterTyped(
  { db, now, onResultsChanged }: MarkTools,
  { courseId, markedBy, cells }: { courseId: number; markedBy: number; cells: readonly TypedCell[] },
): Promise<CellOutcome[] | null> {
  const inForce = await findPlan(db, courseId);
  if (!inForce) return null;
  const columns = new Map(columnsOf(inForce, []).map((column) => [column.key, column]));
  const personIds = [...new Set(cells.map(({ personId }) => personId))];
  const students = new Set((await listStudents(db, courseId, personIds)).map(({ personId }) => personId));
  const marks = await listMarks(db, courseId, [...students]);
  const standing = new Map<string, StandingMark>(marks.map((mark) => [placeOf(mark), mark]));
  const isStale = (cell: TypedCell) => cell.seen > 0 && standing.get(placeOf(cell))?.number !== cell.seen;
  const stale = cells.filter(isStale).map(({ seen, ...cell }) => ({ ...cell, number: seen }));
  const earlier = new Map(
    (await listMarksAt(db, courseId, stale)).map((mark): [string, StandingMark] => [placeOf(mark), mark]),
  );

  const read = cells.map((cell): CellOutcome | { cell: TypedCell; entered: EnteredMark } => {
    const column = columns.get(cell.activityKey);
    const typed = readCell(cell.text, { isHours: column?.entry === 'hours' });
    if (!typed.ok) return { cell, code: typed.problem };
    const now = standing.get(placeOf(cell)) ?? null;
    const shown = cell.seen === 0 ? null : isStale(cell) ? (earlier.get(placeOf(cell)) ?? null) : now;
    if (column && isShown(typed.mark, shown, column)) return { cell, code: 'unchanged', now };
    const { personId, activityKey, sitting, seen } = cell;
    return { cell, entered: { personId, activityKey, sitting, seen, ...typed.mark, said: null } };
  });
  const outcomes = await enterMarks(
    db,
    { courseId, markedBy, marks: read.flatMap((one) => ('entered' in one ? [one.entered] : [])) },
    { mayGrade: (personId) => students.has(personId), onEntered: onResultsChanged },
    now(),
  );
  if (!outcomes) return null;
  const rest = outcomes.values();
  return read.map((one) => {
    if (!('entered' in one)) return one;
    const { value, done } = rest.next();
    if (done) throw new Error('A mark without an outcome');
    return { cell: one.cell, ...value };
  });
}

/** Whether a cell says what its reader saw in it. */
function isShown(typed: CellMark, shown: StandingMark | null, { maximumPoints }: MarkColumn): boolean {
  const said = shownMark(shown, maximumPoints);
  if (said.state !== typed.state) return false;
  return said.points && typed.points ? said.points.equals(typed.points) : true;
}

/** What a cell shows of the mark that stands there. @param maximumPoints what it is out of by now; null: as when it was given */
export function shownMark(standing: StandingMark | null, maximumPoints: Fraction | null): CellMark {
  if (!standing) return { state: 'empty', points: null };
  return {
    state: standing.state,
    points: maximumPoints ? pointsOutOf(standing, maximumPoints) : standing.points,
  };
}
