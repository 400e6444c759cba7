// What one attempt asks: the one place that decides it, for answering, checking, handing in, reading again and regrading alike. Of the
// questions that are drawn it asks those that it was given at its start, for the points of their draw. Each question has the attempt's
// own numbers, and other ones each time it is asked anew.
import type { Drawn } from '../quizzes/draw-questions.ts';
import { questionFor, type AskedQuestion, type AskedQuestions, type QuizVersion } from '../quizzes/quiz.ts';
import { isInAnyDraw, sectionsOf } from '../quizzes/structure.ts';
import { isMarkedByHand } from '../questions/behaviours/work.ts';
import type { Question } from '../questions/question.ts';
import type { Attempt, Work } from './attempt.ts';
import type { Correction, Corrections } from './correction.ts';

/** What it follows from. */
export type Asking = Pick<Attempt, 'seed' | 'drawn'>;

type Built = Pick<QuizVersion, 'structure' | 'marksByHand'>;

/** A version as one attempt asks it. */
export type AskedVersion = Omit<QuizVersion, 'questions'> & AskedQuestions;

/** @param work says which questions were asked anew, and how often */
export function askedVersion(attempt: Asking, version: QuizVersion, work: Work): AskedVersion {
  const whole = wholeVersion(version);
  return {
    ...whole,
    questions: whole.questions
      .filter((asked) => isAsked(attempt, version, asked))
      .map(({ position, question }) => ({
        position,
        question: askedQuestion(attempt, version, { position, question }, roundOf(work, position)),
      })),
  };
}

/** All that a version may ask, which no attempt has drawn from or given its own numbers. */
export function wholeVersion(version: QuizVersion): AskedVersion {
  return {
    ...version,
    questions: version.questions.map((question, position) => ({ question, position })),
    sections: sectionsOf(version),
  };
}

/** Whether the attempt asks the question that stands at a place of its version. */
export function isAsked(
  { drawn }: Pick<Asking, 'drawn'>,
  version: Built,
  { position, question }: AskedQuestion,
): boolean {
  return drawn === null || drawOf(drawn, position) !== -1 || !isInAnyDraw(question, version);
}

/** A question at one place as the attempt asks it in a round. */
export function askedQuestion(
  { seed, drawn }: Asking,
  { structure }: Built,
  { position, question }: AskedQuestion,
  round: number,
): Question {
  const own = questionFor(seed, position, question, round);
  const draw = drawn === null ? undefined : structure.draws[drawOf(drawn, position)];
  return draw ? { ...own, points: draw.points } : own;
}

/**
 * By which draws attempts are given the question as one that people mark; -1 stands for being asked of everybody. One draw may make it
 * worth something and another nothing.
 */
export function handMarkedDraws(version: Built, { type, points }: Question): number[] {
  const worth = [points, ...version.structure.draws.map((draw) => draw.points)];
  return worth.flatMap((each, index) => (isMarkedByHand({ type, points: each }, version) ? [index - 1] : []));
}

/** Corrections as they hold for one attempt: a key that is corrected by a formula has that attempt's own numbers. */
export function askedCorrections(attempt: Asking, version: Built, work: Work, corrections: Corrections): Corrections {
  return new Map(
    [...corrections].map(([position, correction]) => [
      position,
      askedCorrection(attempt, version, { position, correction }, roundOf(work, position)),
    ]),
  );
}

/** The same of one question. */
export function askedCorrection(
  attempt: Asking,
  version: Built,
  { position, correction }: { position: number; correction: Correction },
  round: number,
): Correction {
  if (correction.kind !== 'key') return correction;
  return {
    ...correction,
    question: askedQuestion(attempt, version, { position, question: correction.question }, round),
  };
}

/** Which draw gave a position; -1: none. */
function drawOf(drawn: Drawn, position: number): number {
  return drawn.findIndex((positions) => positions.includes(position));
}

function roundOf(work: Work, position: number): number {
  return work.get(position)?.round ?? 0;
}
