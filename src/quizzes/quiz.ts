// A quiz as it is taken: its questions, what they are worth together, and the order a learner sees them in.
import Fraction from 'fraction.js';
import { isMarkedByHand, type AskingRule, type HandRule } from '../questions/behaviours/work.ts';
import { typeOf, variantOf, type Question } from '../questions/question.ts';
import { permutation, shuffled } from '../questions/shuffle.ts';
import type { Order } from '../questions/question-type.ts';

/** Which of several attempts the gradebook shows. */
export const countingAttempts = ['best', 'last', 'first', 'average'] as const;
export type CountingAttempt = (typeof countingAttempts)[number];

/** How often and how long a learner may try, which try counts, and when and how each question is marked. */
export interface QuizSettings extends AskingRule {
  /** Null: as often as one likes. */
  attemptsAllowed: number | null;
  /** For one attempt; null: as long as one likes. */
  timeLimitMinutes: number | null;
  countingAttempt: CountingAttempt;
  /** Whether a question that its checks have closed may be asked anew in the same attempt. */
  mayRedo: boolean;
}

/** A published version: frozen, so that every attempt is marked by what its learner saw. */
export interface QuizVersion extends QuizSettings {
  id: number;
  quizId: number;
  number: number;
  title: string;
  questions: Question[];
}

/** Whether a machine marks the question. */
export function isMarked(question: Pick<Question, 'type'>): boolean {
  return typeOf(question).marking === 'automatic';
}

/** Whether the question wants an answer; a description wants none. */
export function isAnswerable(question: Pick<Question, 'type'>): boolean {
  return typeOf(question).marking !== 'none';
}

/** Whether the question's points count: a machine marks it, or a person does. */
export function isCounted(question: Pick<Question, 'type' | 'points'>, rule: HandRule): boolean {
  return isMarked(question) || isMarkedByHand(question, rule);
}

/**
 * What a perfect attempt earns, exact.
 *
 * @param rule of the version; without it, only what a machine marks
 */
export function maximumPoints(questions: readonly Pick<Question, 'type' | 'points'>[], rule: HandRule = {}): Fraction {
  return questions
    .filter((question) => isCounted(question, rule))
    .reduce((sum, question) => sum.add(new Fraction(question.points)), new Fraction(0));
}

/** A question at its place in an attempt. */
export interface PlacedQuestion {
  /** Its place in the quiz version, from 0. */
  position: number;
  /** As the learner counts, from 1; null for what only informs. */
  label: number | null;
  question: Question;
}

/**
 * The questions in the order of one attempt. What only informs stays where its author put it, and questions change places only
 * between two such: they may speak of it.
 *
 * @param seed the attempt's
 */
export function placedQuestions(questions: readonly Question[], seed: string): PlacedQuestion[] {
  const sections: Omit<PlacedQuestion, 'label'>[][] = [[]];
  questions.forEach((question, position) => {
    if (isAnswerable(question)) sections.at(-1)?.push({ position, question });
    else sections.push([{ position, question }], []);
  });
  const inOrder = sections.flatMap((section, index) =>
    permutation(`${seed}/${index}`, section.length).flatMap((place) => section.slice(place, place + 1)),
  );
  let answerable = 0;
  return inOrder.map((placed) => ({ ...placed, label: isAnswerable(placed.question) ? (answerable += 1) : null }));
}

/** The order of the options of one question in one attempt; another one each time it is asked anew. */
export function optionOrder(seed: string, position: number, round = 0): Order {
  return shuffled(`${seed}/question/${position}${round === 0 ? '' : `/${round}`}`);
}

/** A question as one attempt asks it: with that attempt's own numbers, if it has variables. */
export function questionFor(seed: string, position: number, question: Question): Question {
  return variantOf(question, `${seed}/variant/${position}`);
}

/** A version as one attempt asks it. */
export function versionFor<Version extends Pick<QuizVersion, 'questions'>>(seed: string, version: Version): Version {
  return {
    ...version,
    questions: version.questions.map((question, position) => questionFor(seed, position, question)),
  };
}
