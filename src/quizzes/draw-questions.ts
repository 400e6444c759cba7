// Draws the questions of one attempt: as many of each draw as it says, none twice, and those first that its learner has seen least.
import { permutation } from '../questions/shuffle.ts';
import { isInAnyDraw, isInDraw, type BuiltQuiz } from './structure.ts';

/** What was drawn: of each draw the positions in the version, rising. */
export type Drawn = readonly (readonly number[])[];

/**
 * The same for the same seed. Of all ways to fill the draws it takes one with the fewest seen questions: where two draws may give the
 * same question, it goes to the one that needs it (a greedy choice among the sets that can be matched, which form a matroid).
 *
 * @param seed of the attempt
 * @param seenCount how often the learner has seen the question at a position before
 * @returns with fewer than wanted where there are not enough: `structureProblems` says so before anything is published
 */
export function drawQuestions(quiz: BuiltQuiz, seed: string, seenCount: (position: number) => number = () => 0): Drawn {
  const { questions } = quiz;
  const { draws } = quiz.structure;
  const candidates = questions.flatMap((question, position) => (isInAnyDraw(question, quiz) ? [position] : []));
  const inOrder = permutation(`${seed}/draws`, candidates.length)
    .flatMap((place) => candidates.slice(place, place + 1))
    .sort((one, other) => seenCount(one) - seenCount(other));
  const taken = draws.map((): number[] => []);
  const suits = draws.map((draw) => new Set(candidates.filter((position) => isSuited(position, draw))));
  for (const position of inOrder) admit(position, new Set());
  return taken.map((positions) => positions.sort((one, other) => one - other));

  function isSuited(position: number, draw: (typeof draws)[number]): boolean {
    const question = questions[position];
    return question !== undefined && isInDraw(question, draw, quiz);
  }

  /** Gives a question to a draw that has room, or can make room by leaving one of its own to another; takes none away. */
  function admit(position: number, tried: Set<number>): boolean {
    for (const [index, own] of taken.entries()) {
      if (tried.has(index) || !suits[index]?.has(position)) continue;
      tried.add(index);
      if (own.length < (draws[index]?.count ?? 0)) {
        own.push(position);
        return true;
      }
      const mover = own.findIndex((other) => admit(other, tried));
      if (mover === -1) continue;
      own[mover] = position;
      return true;
    }
    return false;
  }
}
