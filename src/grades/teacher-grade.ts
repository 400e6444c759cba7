// What a teacher is told of where a learner's grade is: what is there, what is the matter, and what may be done about it.
import type { PointsOf } from './compare-grade.ts';
import { shownCause, type ListedAs, type ShownCause } from './delivery-cause.ts';
import { gradeStatus, needsAttention, pointsThere, type CellState, type GradeStatus } from './grade-status.ts';

/**
 * What is the matter (`delayed`: it was not even tried for long, because others to the same LMS failed or it is switched off):
 * `grades.cause.<trouble>` says it, `grades.remedy.<trouble>` what to do.
 */
export type Trouble = ShownCause | 'delayed' | 'overridden' | 'superseded';

/** `send-again` overwrites nothing; `send-ours` puts ours in the place of whatever the gradebook shows. */
export type GradeAction = 'send-again' | 'send-ours';

export interface TeacherGrade {
  status: GradeStatus;
  /** What the gradebook should show; null: nothing. */
  wanted: PointsOf | null;
  /** What it shows, as far as we know. */
  there: PointsOf | null;
  /** Whether it is a teacher's zero for nothing handed in. */
  isZero: boolean;
  /** Null: nobody has to do anything. */
  trouble: Trouble | null;
  /** What may be done about the trouble. */
  action: GradeAction | null;
}

/**
 * @param cell null where no score was ever wanted
 * @param listed how the LMS's list of the course has the learner
 */
export function teacherGrade(
  cell: CellState | null,
  { hasColumn, listed, now }: { hasColumn: boolean; listed: ListedAs; now: Date },
): TeacherGrade {
  const status = gradeStatus(cell, hasColumn);
  const trouble = needsAttention(status, now) ? troubleOf(status, listed) : null;
  return {
    status,
    wanted: cell?.wanted ?? null,
    there: cell && hasColumn ? pointsThere(cell) : null,
    isZero: cell?.basis === 'zero',
    trouble,
    action: trouble === null ? null : actionFor(trouble),
  };
}

function troubleOf(status: GradeStatus, listed: ListedAs): Trouble | null {
  switch (status.state) {
    case 'refused':
    case 'waiting':
      return status.cause === null ? 'delayed' : shownCause(status.cause, listed);
    case 'on-its-way':
      return 'delayed';
    case 'overridden':
    case 'superseded':
      return status.state;
    case 'not-gradable':
    case 'no-column':
    case 'delivered':
    case 'taken-back':
      return null;
  }
}

function actionFor(trouble: Trouble): GradeAction {
  return trouble === 'overridden' || trouble === 'superseded' ? 'send-ours' : 'send-again';
}
