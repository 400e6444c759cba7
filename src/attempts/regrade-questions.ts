// What a regrade can speak of: the questions of all versions that were handed in at a placement, each once, however many versions
// ask it, with how it went and what may be chosen for it.
import { createHash } from 'node:crypto';
import type { SubmittedAttempt } from '../quizzes/counting-attempt.ts';
import type { Question } from '../questions/question.ts';
import { noWork } from '../questions/behaviours/work.ts';
import { askedCorrection, askedQuestion, isAsked } from './asked.ts';
import type { Work } from './attempt.ts';
import type { RuledAttempt } from './attempt.store.ts';
import { markCorrected, type CorrectedMark, type Correction } from './correction.ts';
import { hasEarlierKey, placesIn, type Marking, type Place } from './question-place.ts';

/** An attempt that was handed in, with its score and the rule that it counts by. */
export type HandedIn = RuledAttempt & SubmittedAttempt;

/** Everything at a placement that scores follow from, as it is at one moment. */
export interface Gradings extends Marking {
  attempts: readonly HandedIn[];
  /** Those that were opened again: nothing marks them anew until they are handed in, and they count meanwhile. */
  heldAttempts: readonly RuledAttempt[];
  /** By our key of the attempt. */
  work: ReadonlyMap<number, Work>;
}

/** What may be decided for a question; `as-it-is` changes nothing, `key` is that of the quiz that stands here now. */
export const regradeChoices = ['as-it-is', 'key', 'full-points', 'dropped', 'as-published'] as const;
export type RegradeChoice = (typeof regradeChoices)[number];

export interface RegradableQuestion {
  /** Names it in a form; the same as long as it asks the same. */
  id: string;
  /** As it is in the newest of its versions. */
  question: Question;
  places: readonly Place[];
  /** What would change something. */
  choices: readonly RegradeChoice[];
  /** How its places are marked: all alike, or not. */
  marking: Correction['kind'] | 'as-published' | 'several-ways';
}

/** How often a question was answered in attempts that were handed in, and how often it earned all its points. */
export interface QuestionOutcome {
  answeredCount: number;
  fullCount: number;
}

/** The questions that were to be answered in attempts that were handed in; first those that have a corrected key. */
export function regradableQuestions(gradings: Gradings): RegradableQuestion[] {
  const handedIn = new Set(gradings.attempts.map(({ quizVersionId }) => quizVersionId));
  const groups = new Map<string, Place[]>();
  for (const place of placesIn(gradings)) groups.set(place.asked, [...(groups.get(place.asked) ?? []), place]);
  const questions = [...groups.values()]
    .filter((places) => places.some(({ quizVersionId }) => handedIn.has(quizVersionId)))
    .flatMap((places) => {
      const [newest] = places;
      if (!newest) return [];
      const id = createHash('sha256').update(newest.asked).digest('base64url').slice(0, 16);
      return [{ id, question: newest.question, places, choices: choicesFor(places), marking: markingOf(places) }];
    });
  const isCorrected = ({ choices }: RegradableQuestion) => choices.includes('key');
  return questions.sort((one, other) => Number(isCorrected(other)) - Number(isCorrected(one)));
}

/** The same questions, each with how it went by what is in force. */
export function withOutcomes(
  questions: readonly RegradableQuestion[],
  { attempts, versions, work }: Gradings,
): (RegradableQuestion & QuestionOutcome)[] {
  return questions.map((question) => {
    const marks = question.places.flatMap(({ quizVersionId, position, question: published, correction }) => {
      const version = versions.find(({ id }) => id === quizVersionId);
      if (!version) return [];
      return attempts
        .filter((attempt) => attempt.quizVersionId === quizVersionId)
        .filter((attempt) => isAsked(attempt, version, { position, question: published }))
        .map((attempt) => {
          const done = work.get(attempt.id)?.get(position) ?? noWork;
          const asked = askedQuestion(attempt, version, { position, question: published }, done.round);
          const own = correction && askedCorrection(attempt, version, { position, correction }, done.round);
          return { isAnswered: done.saved !== null, ...markCorrected(asked, own, done, version) };
        });
    });
    const isFull = ({ points, maximum }: CorrectedMark) => maximum.compare(0) > 0 && points.equals(maximum);
    return {
      ...question,
      answeredCount: marks.filter(({ isAnswered }) => isAnswered).length,
      fullCount: marks.filter(isFull).length,
    };
  });
}

function choicesFor(places: readonly Place[]): RegradeChoice[] {
  const isNew: Record<RegradeChoice, boolean> = {
    'as-it-is': true,
    key: places.some(hasEarlierKey),
    'full-points': places.some(({ correction }) => correction?.kind !== 'full-points'),
    dropped: places.some(({ correction }) => correction?.kind !== 'dropped'),
    'as-published': places.some(({ correction }) => correction !== null),
  };
  return regradeChoices.filter((choice) => isNew[choice]);
}

function markingOf(places: readonly Place[]): RegradableQuestion['marking'] {
  const kinds = new Set(places.map(({ correction }) => correction?.kind ?? 'as-published'));
  // A corrected key here and, in a newer version, that key itself are one.
  if (kinds.has('key') && kinds.size > 1) kinds.delete('as-published');
  const [kind] = kinds;
  return kinds.size === 1 && kind ? kind : 'several-ways';
}
