// Where a learner's grade is, in the words of this house. Pages turn them into the reader's.

/** What pages may say of a grade; `at` is when the LMS confirmed it. */
export type GradeStatus =
  | { state: 'not-gradable' | 'no-column' | 'on-its-way' | 'waiting' | 'refused' | 'superseded' }
  | { state: 'delivered'; at: Date };

/** As much of a gradebook cell as the status follows from. */
export interface CellState {
  revision: number;
  deliveredRevision: number;
  lastOutcome: 'delivered' | 'superseded' | 'unavailable' | 'refused' | null;
  lastTriedAt: Date | null;
}

/**
 * @param cell null where no score was ever wanted: nothing was handed in that has points
 * @param hasColumn whether the activity has a gradebook column now
 */
export function gradeStatus(cell: CellState | null, hasColumn: boolean): GradeStatus {
  if (!cell) return { state: 'not-gradable' };
  if (cell.deliveredRevision < cell.revision) {
    if (!hasColumn) return { state: 'no-column' };
    return { state: cell.lastOutcome === 'unavailable' ? 'waiting' : 'on-its-way' };
  }
  if (cell.lastOutcome === 'delivered' && cell.lastTriedAt) return { state: 'delivered', at: cell.lastTriedAt };
  return { state: cell.lastOutcome === 'superseded' ? 'superseded' : 'refused' };
}
