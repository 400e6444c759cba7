// How much a quiz asks and what it is worth: of each attempt the same, whatever is drawn for it.
import Fraction from 'fraction.js';
import { isAnswerable, isCounted } from './quiz.ts';
import { isInAnyDraw, type BuiltQuiz } from './structure.ts';

/** What a perfect attempt earns, exact. */
export function maximumPoints(quiz: BuiltQuiz): Fraction {
  const always = quiz.questions.filter((question) => isCounted(question, quiz) && !isInAnyDraw(question, quiz));
  const drawn = quiz.structure.draws.map(({ count, points }) => new Fraction(points).mul(count));
  const worth = [...always.map(({ points }) => new Fraction(points)), ...drawn];
  return worth.reduce((sum, points) => sum.add(points), new Fraction(0));
}

/** How many questions an attempt is to answer. */
export function askedCount(quiz: BuiltQuiz): number {
  const always = quiz.questions.filter((question) => isAnswerable(question) && !isInAnyDraw(question, quiz));
  return quiz.structure.draws.reduce((sum, { count }) => sum + count, always.length);
}
