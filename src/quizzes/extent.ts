// How much a quiz asks and what it is worth: of each attempt the same, whatever is drawn for it.
import Fraction from 'fraction.js';
import { isAnswerable, isMarked } from './quiz.ts';
import { isInAnyDraw, type BuiltQuiz } from './structure.ts';

/** What a perfect attempt earns, exact. */
export function maximumPoints({ questions, structure }: BuiltQuiz): Fraction {
  const always = questions.filter((question) => isMarked(question) && !isInAnyDraw(question, structure));
  const drawn = structure.draws.map(({ count, points }) => new Fraction(points).mul(count));
  const worth = [...always.map(({ points }) => new Fraction(points)), ...drawn];
  return worth.reduce((sum, points) => sum.add(points), new Fraction(0));
}

/** How many questions an attempt is to answer. */
export function askedCount({ questions, structure }: BuiltQuiz): number {
  const always = questions.filter((question) => isAnswerable(question) && !isInAnyDraw(question, structure));
  return structure.draws.reduce((sum, { count }) => sum + count, always.length);
}
