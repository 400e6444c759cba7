// One cell of the gradebook: what a score of the tool and what a teacher's hand make of it. Moodle's rules, in
// gradebookservices/…/scores.php and grade_item::update_raw_grade, as recorded from a Moodle 5.1.
import type { Grade, LineItem } from './state.ts';

/** A score as received. `givenPoints` of `maximumPoints`; null: no score, which erases the one there is. */
export interface Score {
  givenPoints: number | null;
  maximumPoints: number;
  comment: string | null;
  /** Unix seconds. */
  at: number;
}

export type ScoreOutcome = { ok: true; grade: Grade } | { ok: false; code: 'stale-timestamp' | 'grade-locked' };

/** A cell nobody has touched. */
export function emptyGrade(lineItemId: string, personId: string): Grade {
  return {
    lineItemId,
    personId,
    rawPoints: null,
    points: null,
    comment: null,
    timeModified: null,
    isOverridden: false,
    isLocked: false,
  };
}

/**
 * The cell after a score, scaled to the column and capped by it. An overridden cell accepts the score and shows what
 * it showed. A cell whose grade and comment were both erased has no time, so that any timestamp may follow.
 *
 * @param now unix seconds; the time of a comment that comes without points
 * @returns `stale-timestamp` unless the score is later than the cell by at least a second, or `grade-locked`
 */
export function receiveScore(grade: Grade, item: LineItem, score: Score, now: number): ScoreOutcome {
  if (grade.timeModified !== null && grade.timeModified >= score.at) return { ok: false, code: 'stale-timestamp' };
  if (grade.isLocked) return { ok: false, code: 'grade-locked' };
  const rawPoints = scaled(score, item.maximumPoints);
  if (grade.isOverridden) return { ok: true, grade: { ...grade, rawPoints } };
  const points = capped(rawPoints, item.maximumPoints);
  const comment = score.comment || null;
  const isChanged = points !== grade.points || comment !== grade.comment;
  return { ok: true, grade: { ...grade, rawPoints, points, comment, timeModified: gradedAt() } };

  function gradedAt(): number | null {
    if (rawPoints === null && comment === null) return null;
    if (rawPoints !== null) return score.at;
    return isChanged ? now : grade.timeModified;
  }
}

/** A teacher's own grade, which from now on stands against every score. */
export function override(grade: Grade, item: LineItem, points: number | null, comment: string, now: number): Grade {
  return {
    ...grade,
    points: capped(points, item.maximumPoints),
    comment: comment || null,
    timeModified: now,
    isOverridden: true,
  };
}

/** Points that somebody put in without overriding: the next score takes their place. */
export function entered(grade: Grade, item: LineItem, points: number | null, now: number): Grade {
  return { ...grade, rawPoints: points, points: capped(points, item.maximumPoints), timeModified: now };
}

/** The teacher's own grade taken back: the last score of the tool shows again. */
export function release(grade: Grade, item: LineItem): Grade {
  return { ...grade, points: capped(grade.rawPoints, item.maximumPoints), isOverridden: false };
}

/** The cell in a column whose maximum is now `factor` times what it was. */
export function rescaled(grade: Grade, factor: number): Grade {
  const times = (points: number | null): number | null => (points === null ? null : points * factor);
  return { ...grade, rawPoints: times(grade.rawPoints), points: times(grade.points) };
}

function scaled({ givenPoints, maximumPoints }: Score, columnMaximum: number): number | null {
  if (givenPoints === null || maximumPoints === 0) return givenPoints;
  return (givenPoints * columnMaximum) / maximumPoints;
}

function capped(points: number | null, maximumPoints: number): number | null {
  return points === null ? null : Math.min(Math.max(points, 0), maximumPoints);
}
