// What a question says to whoever marks its answers, and what it lets learners hand in as files.
import Fraction from 'fraction.js';
import type { Content } from './content.ts';
import type { Question } from './question.ts';
import { typeOf } from './question.ts';
import type { FileRule, Rubric } from './rubric.ts';

/** A question's rubric; null if it has none. */
export function rubricOf(question: Question): Rubric | null {
  return typeOf(question).rubric?.(question.details) ?? null;
}

/** What its author says to whoever marks; learners never see it. */
export function guidanceOf(question: Question): Content | null {
  return typeOf(question).guidance?.(question.details) ?? null;
}

/** Which files an answer to the question may hold; null for none. */
export function filesOf(question: Question): FileRule | null {
  return typeOf(question).files?.(question.details) ?? null;
}

/**
 * What the picked levels make of the question's points, exact.
 *
 * @param picked for each criterion the place of a level, from 0
 * @returns null unless a level is picked for every criterion
 */
export function rubricPoints(
  question: Pick<Question, 'points'>,
  rubric: Rubric,
  picked: readonly (number | null)[],
): Fraction | null {
  const shares = rubric.map(({ levels }, index) => levels[picked[index] ?? -1]?.share);
  const known = shares.filter((share) => share !== undefined);
  if (known.length < rubric.length) return null;
  return known.reduce((sum, share) => sum.add(new Fraction(share)), new Fraction(0)).mul(new Fraction(question.points));
}
