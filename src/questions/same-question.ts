// When two questions are one to who answers them, and when they are marked alike. Whoever corrects a key changes the second and
// not the first: then answers that were given to the one can be marked as answers to the other.
import { typeOf, variantOf, type Question } from './question.ts';
import { asWritten } from './shuffle.ts';

/**
 * All that a student is shown before submission, as text to compare. Equal for two questions exactly if an answer to one, as it is
 * stored, means the same as an answer to the other; so options must stand in one order, although students see another.
 */
export function whatIsAsked(question: Question): string {
  const { type, text, details, variables } = question;
  // A schema has put the members of both in one order.
  return JSON.stringify([type, text, typeOf(question).present(details, asWritten, null), variables]);
}

/** All that decides what share of its points an answer earns, as text to compare. */
export function whatMarks(question: Question): string {
  if (!question.variables) return JSON.stringify(typeOf(question).key(question.details));
  // Formulas that give the same numbers mark alike.
  const variants = ['0', '1', '2', '3', '4'].map((seed) => variantOf(question, seed));
  return JSON.stringify(variants.map((variant) => typeOf(variant).key(variant.details)));
}

/** The question with the key, and what is said to answers, of another that asks the same; its points, tries and penalty stay. */
export function withKeyOf({ name, points, hints, penalty }: Question, other: Question): Question {
  return { ...other, name, points, hints, penalty };
}
