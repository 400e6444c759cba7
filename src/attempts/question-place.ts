// A question that is marked, by a machine or by people, where it stands in a version, with what counts for it: its own key, a correction, or a newer key elsewhere.
import type { Question } from '../questions/question.ts';
import { whatIsAsked, whatMarks } from '../questions/same-question.ts';
import { isMarkable, type QuizVersion } from '../quizzes/quiz.ts';
import { countingQuestion, type Correction, type Corrections } from './correction.ts';

/** What questions are marked by at one placement. */
export interface Marking {
  /** Those that anybody has begun here, and the one that stands here now; the newest first. */
  versions: readonly QuizVersion[];
  /** The one that stands here now; null if none does. */
  current: QuizVersion | null;
  /** Those in force, by our key of the version. */
  corrections: ReadonlyMap<number, Corrections>;
}

export interface Place {
  quizVersionId: number;
  /** From 0. */
  position: number;
  /** As it was published there. */
  question: Question;
  /** What it asks, as text to compare. */
  asked: string;
  correction: Correction | null;
  /** The same question in the version that stands here now; null if it is not in that. */
  now: Question | null;
}

/** Every place of a question that is marked in its version, version by version. */
export function placesIn({ versions, current, corrections }: Marking): Place[] {
  const standing = current === null ? [] : askedIn(current);
  return versions.flatMap((version) =>
    askedIn(version).map(({ position, question, asked }) => {
      const same = standing.filter((other) => other.asked === asked);
      const now = same.find((other) => other.position === position) ?? same[0];
      const correction = corrections.get(version.id)?.get(position) ?? null;
      return { quizVersionId: version.id, position, question, asked, correction, now: now?.question ?? null };
    }),
  );
}

/** Whether another key stands here now than the one that the place would be marked by. */
export function hasEarlierKey({ question, correction, now }: Place): boolean {
  return now !== null && whatMarks(countingQuestion(question, correction)) !== whatMarks(now);
}

/** Those of the versions in which some question is marked by an earlier key, and not by what was decided for everybody. */
export function versionsWithEarlierKey(marking: Marking): Set<number> {
  const isByKey = ({ correction }: Place) => correction === null || correction.kind === 'key';
  const places = placesIn(marking).filter((place) => isByKey(place) && hasEarlierKey(place));
  return new Set(places.map(({ quizVersionId }) => quizVersionId));
}

function askedIn(version: QuizVersion) {
  return version.questions.flatMap((question, position) =>
    isMarkable(question, version) ? [{ position, question, asked: whatIsAsked(question) }] : [],
  );
}
