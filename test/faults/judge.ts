// What it all came to: what students were told, beside what the database keeps and what the gradebook shows.
import { isDeepStrictEqual } from 'node:util';
import type { RecordedAttempt } from './records.ts';
import { pointsOf, positions, storedAs } from './quiz.ts';
import type { Paper, Student } from './student.ts';

/** Counts of saves that were acknowledged, and of answers that are not there although one was. */
export interface AnswerFigures {
  acknowledged: number;
  lost: number;
}

/** Attempts of which it was acknowledged that they are handed in; and those that are not, or not with what they earned. */
export interface AttemptFigures {
  acknowledged: number;
  lost: number;
  /** In the database, and in nobody's hands. */
  surplus: number;
}

/** Gradebook cells of students who handed something in. */
export interface CellFigures {
  right: number;
  wrong: number;
  missing: number;
}

/** Answers of which a student was told that they are saved, against those kept. */
export function judgeAnswers(students: readonly Student[], recorded: readonly RecordedAttempt[]): AnswerFigures {
  const kept = byId(recorded);
  const papers = students.flatMap((student) => student.papers);
  const lost = papers.flatMap(({ attemptId, saved }) =>
    [...saved].filter(
      ([position, answer]) =>
        !isDeepStrictEqual(kept.get(attemptId)?.responses.get(position), storedAs(position, answer)),
    ),
  );
  return { acknowledged: papers.reduce((sum, { saves }) => sum + saves, 0), lost: lost.length };
}

/** Attempts of which a student was told that they are handed in, against those marked. */
export function judgeAttempts(students: readonly Student[], recorded: readonly RecordedAttempt[]): AttemptFigures {
  const kept = byId(recorded);
  const papers = students.flatMap((student) => student.papers);
  const handedIn = papers.filter(({ isHandedIn }) => isHandedIn);
  const lost = handedIn.filter(({ attemptId, saved }) => kept.get(attemptId)?.points !== String(pointsOf(saved)));
  const known = new Set(papers.map(({ attemptId }) => attemptId));
  const surplus = recorded.filter(({ attemptId }) => !known.has(attemptId));
  return { acknowledged: handedIn.length, lost: lost.length, surplus: surplus.length };
}

/**
 * What the gradebook shows against what the best attempt earned, reckoned from what the students know alone.
 *
 * @param shareOf what the gradebook shows for somebody, as a share of its column's points; null: nothing
 */
export function judgeCells(students: readonly Student[], shareOf: (personId: string) => number | null): CellFigures {
  const figures: CellFigures = { right: 0, wrong: 0, missing: 0 };
  for (const { personId, papers } of students) {
    const handedIn = papers.filter(({ isHandedIn }) => isHandedIn);
    if (handedIn.length === 0) continue;
    const shown = shareOf(personId);
    if (shown === null) figures.missing += 1;
    else if (Math.abs(shown - bestShare(handedIn)) < 1e-4) figures.right += 1;
    else figures.wrong += 1;
  }
  return figures;
}

function bestShare(papers: readonly Paper[]): number {
  return Math.max(...papers.map(({ saved }) => pointsOf(saved))) / positions.length;
}

function byId(recorded: readonly RecordedAttempt[]): Map<number, RecordedAttempt> {
  return new Map(recorded.map((attempt) => [attempt.attemptId, attempt]));
}
