// What keeps a quiz from being asked as it is built; until it is mended it cannot be published.
import { drawQuestions } from './draw-questions.ts';
import { isAnswerable } from './quiz.ts';
import { isInDraw, type BuiltQuiz, type Draw } from './structure.ts';

/**
 * `too-few`: a draw wants more questions than there are with its tags. `shared`: there are enough for each draw, and not for all of
 * them together, because some have the tags of several. `no-such-question`: a section begins with a question that is not there.
 */
export type StructureProblem =
  | { code: 'too-few'; draw: Draw; there: number }
  | { code: 'shared'; missing: number }
  | { code: 'no-such-question'; title: string; from: number };

/** Empty if it can be asked. */
export function structureProblems(quiz: BuiltQuiz): StructureProblem[] {
  const { questions, structure } = quiz;
  const answerable = questions.filter(isAnswerable).length;
  const sections = structure.sections
    .filter(({ from }) => from > answerable)
    .map(({ title, from }): StructureProblem => ({ code: 'no-such-question', title, from }));
  const draws = structure.draws.flatMap((draw): StructureProblem[] => {
    const there = questions.filter((question) => isInDraw(question, draw, quiz)).length;
    return there < draw.count ? [{ code: 'too-few', draw, there }] : [];
  });
  return [...sections, ...(draws.length > 0 ? draws : sharedProblem(quiz))];
}

function sharedProblem(quiz: BuiltQuiz): StructureProblem[] {
  const wanted = quiz.structure.draws.reduce((sum, { count }) => sum + count, 0);
  const missing = wanted - drawQuestions(quiz, '').flat().length;
  return missing > 0 ? [{ code: 'shared', missing }] : [];
}
