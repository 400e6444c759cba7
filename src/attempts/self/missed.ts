// What of an attempt is worth trying again: each question that a machine marks and that was not wholly right, and beside it one more
// that is like it.
import { noWork } from '../../questions/behaviours/work.ts';
import { foldText } from '../../questions/fold-text.ts';
import type { Question } from '../../questions/question.ts';
import { permutation } from '../../questions/shuffle.ts';
import { isMarked, type QuizVersion } from '../../quizzes/quiz.ts';
import { isInAnyDraw } from '../../quizzes/structure.ts';
import { isAsked, type AskedVersion, type Asking } from '../asked.ts';
import type { Work } from '../attempt.ts';
import { markCorrected, type Corrections } from '../correction.ts';

/** The places in the version, in its order. What a regrade credited or dropped was no fault of the learner's, and is not among them. */
export function missedPositions(version: AskedVersion, work: Work, corrections: Corrections): number[] {
  return version.questions.flatMap(({ question, position }) => {
    if (!isMarked(question)) return [];
    const correction = corrections.get(position) ?? null;
    const { state } = markCorrected(question, correction, work.get(position) ?? noWork, version);
    return ['partial', 'incorrect', 'unanswered'].includes(state) ? [position] : [];
  });
}

/**
 * What a practice asks: after each missed question another one with a tag of it, from what the version draws and the attempt did not
 * ask, where there is one. None comes twice.
 *
 * @param seed of the practice
 */
export function practicePositions(
  version: QuizVersion,
  attempt: Pick<Asking, 'drawn'>,
  missed: readonly number[],
  seed: string,
): number[] {
  const unasked = version.questions.flatMap((question, position) => {
    const isFree = isMarked(question) && isInAnyDraw(question, version);
    return isFree && !isAsked(attempt, version, { question, position }) ? [position] : [];
  });
  const left = permutation(`${seed}/similar`, unasked.length).flatMap((place) => unasked.slice(place, place + 1));
  const tags = version.questions.map(foldedTags);
  return missed.flatMap((position) => {
    const index = left.findIndex((other) => tags[other]?.some((tag) => tags[position]?.includes(tag)));
    return index === -1 ? [position] : [position, ...left.splice(index, 1)];
  });
}

function foldedTags({ tags = [] }: Pick<Question, 'tags'>): string[] {
  return tags.map((tag) => foldText(tag));
}
