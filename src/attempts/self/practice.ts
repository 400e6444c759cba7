// Questions of an attempt tried again, as often as one likes. A practice is no attempt: nothing that counts reads it.
import type Fraction from 'fraction.js';
import { markQuestion } from '../../questions/mark-question.ts';
import { parseResponse } from '../../questions/response.ts';
import type { Question } from '../../questions/question.ts';
import type { FieldReader, Order, StoredResponse } from '../../questions/question-type.ts';
import { optionOrder, questionFor, type QuizVersion } from '../../quizzes/quiz.ts';
import { countingQuestion, type Corrections } from '../correction.ts';

export interface Practice {
  id: number;
  attemptId: number;
  /** What the order of options and the numbers of questions follow from. */
  seed: string;
  /** Which questions, in order: their places in the attempt's quiz version. */
  positions: readonly number[];
  /** Null until each was right once, or its learner had enough. */
  finishedAt: Date | null;
}

/** One try at one question. */
export interface PracticeTry {
  /** As the question's type keeps it. */
  response: unknown;
  /** What share of its points it was worth, exact, from 0 to 1. */
  fraction: Fraction;
}

/** The tries at each question by its place in the practice, from 0, in the order in which they were made. */
export type PracticeTries = ReadonlyMap<number, readonly PracticeTry[]>;

/** A question as a practice asks it. */
export interface PractisedQuestion {
  /** Its place in the quiz version. */
  position: number;
  question: Question;
  order: Order;
}

/**
 * With numbers of the practice's own, and by the key that counts by now.
 *
 * @param place from 0
 * @returns null for a place that it does not have
 */
export function practisedQuestion(
  { seed, positions }: Practice,
  version: QuizVersion,
  corrections: Corrections,
  place: number,
): PractisedQuestion | null {
  const position = positions[place];
  const published = position === undefined ? undefined : version.questions[position];
  if (position === undefined || !published) return null;
  const counting = countingQuestion(published, corrections.get(position) ?? null);
  return { position, question: questionFor(seed, position, counting), order: optionOrder(seed, position) };
}

/** Marks what stands in a form; null for nothing. */
export function tryIn(
  { question, order }: PractisedQuestion,
  fields: FieldReader,
): (PracticeTry & { response: StoredResponse }) | null {
  const response = parseResponse(question, fields, order);
  if (response === null) return null;
  return { response, fraction: markQuestion({ ...question, points: '1' }, response).points };
}

/** Whether the question at a place was right once. */
export function isRight(tries: PracticeTries, place: number): boolean {
  return (tries.get(place) ?? []).some(({ fraction }) => fraction.equals(1));
}

/** The next place that was not right yet, after one and then from the start; null if there is none. */
export function nextPlace(
  { positions }: Pick<Practice, 'positions'>,
  tries: PracticeTries,
  after: number,
): number | null {
  const places = positions.map((_, index) => (after + 1 + index) % positions.length);
  return places.find((place) => !isRight(tries, place)) ?? null;
}
