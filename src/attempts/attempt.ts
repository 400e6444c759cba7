// An attempt: open until it is handed in, marked by the version it was begun with and what was corrected in it since.
import Fraction from 'fraction.js';
import type { Drawn } from '../quizzes/draw-questions.ts';
import { isCounted, type QuizSettings } from '../quizzes/quiz.ts';
import { isMarkedByHand, noWork, type QuestionWork } from '../questions/behaviours/work.ts';
import type { AskedVersion } from './asked.ts';
import { markCorrected, type Corrections } from './correction.ts';

/** One learner's attempt as it stands in the database. */
export interface Attempt {
  id: number;
  placementId: number;
  personId: number;
  quizVersionId: number;
  number: number;
  seed: string;
  /** What its version drew for it at its start; null where that draws nothing. */
  drawn: Drawn | null;
  startedAt: Date;
  /** Null while it is open, and where it was abandoned. */
  submittedAt: Date | null;
  /** When its time was over with nothing handed in, at a quiz that takes nothing then. */
  abandonedAt: Date | null;
  /** Whether it was handed in because its time was over. */
  isTimedOut: boolean;
  /** Exact; null until it is handed in. */
  points: Fraction | null;
  maximumPoints: Fraction | null;
  /** How many of its answers wait for a person's mark; until there is none, the points are those so far. */
  unmarked: number;
  /** How many points its learner expected before handing in, exact; null where they did not say. */
  guess: Fraction | null;
  /** When its answers were taken away for good; it is never marked again, and its points stay. */
  erasedAt: Date | null;
}

/** What of a version, as an attempt asks it, decides about points. */
type MarkingVersion = Pick<AskedVersion, 'questions' | 'behaviour' | 'penalty' | 'marksByHand'>;

/** What was answered and checked, by the question's position in the quiz version. */
export type Work = ReadonlyMap<number, QuestionWork>;

/**
 * What an attempt earns in all, exact; what counts for nothing is in neither number, nor is what was dropped, and what waits for a
 * person's mark has earned nothing so far. It is kept between
 * nothing and everything: where certainty counts, the sum may be below and above, and it is in the gradebook that Moodle cuts it off
 * (`bounded_grade`), where a certain and right answer makes up for a wrong one.
 */
export function attemptScore(version: MarkingVersion, work: Work, corrections: Corrections): Score {
  const { sum, maximumPoints } = uncutScore(version, work, corrections);
  const points = sum.lt(0) ? new Fraction(0) : sum.gt(maximumPoints) ? maximumPoints : sum;
  return { points, maximumPoints };
}

interface Score {
  points: Fraction;
  maximumPoints: Fraction;
}

/**
 * What an attempt has after its answers, or their marks, have changed. A score that a regrade kept from becoming lower is above what the
 * answers earn, and changes by what they change.
 *
 * @param earned what the answers earn (`attemptScore`) before and after
 */
export function scoreAfter(
  { points, maximumPoints }: Pick<Attempt, 'points' | 'maximumPoints'>,
  { before, after }: { before: Score; after: Score },
): Score {
  if (!points || !maximumPoints) return after;
  if (points.equals(before.points) && maximumPoints.equals(before.maximumPoints)) return after;
  const sum = points.add(after.points).sub(before.points);
  const kept = sum.lt(0) ? new Fraction(0) : sum.gt(maximumPoints) ? maximumPoints : sum;
  return { points: kept, maximumPoints };
}

/** The same with the sum as it is, below nothing or above everything where certainty counts. */
export function uncutScore(
  version: MarkingVersion,
  work: Work,
  corrections: Corrections,
): { sum: Fraction; maximumPoints: Fraction } {
  const marks = version.questions.flatMap(({ question, position }) =>
    isCounted(question, version)
      ? [markCorrected(question, corrections.get(position) ?? null, work.get(position) ?? noWork, version)]
      : [],
  );
  const nothing = new Fraction(0);
  return {
    sum: marks.reduce((total, { points }) => total.add(points), nothing),
    maximumPoints: marks.reduce((total, { maximum }) => total.add(maximum), nothing),
  };
}

/** How many answers of an attempt wait for a person's mark. What was credited or dropped waits for none. */
export function countUnmarked(version: MarkingVersion, work: Work, corrections: Corrections): number {
  return version.questions.filter(({ question, position }) => {
    const done = work.get(position) ?? noWork;
    if (!isMarkedByHand(question, version)) return false;
    return markCorrected(question, corrections.get(position) ?? null, done, version).state === 'waiting';
  }).length;
}

/** Whether a learner with so many attempts may begin another. */
export function mayStartAnother(made: number, { attemptsAllowed }: Pick<QuizSettings, 'attemptsAllowed'>): boolean {
  return attemptsAllowed === null || made < attemptsAllowed;
}
