// What one attempt asks: the one place that decides it, for answering, checking, handing in, reading again and regrading alike. Each
// question has the attempt's own numbers, and other ones each time it is asked anew.
import type { Question } from '../questions/question.ts';
import { questionFor, type AskedQuestion, type QuizVersion } from '../quizzes/quiz.ts';
import type { Attempt, Work } from './attempt.ts';
import type { Correction, Corrections } from './correction.ts';

/** What it follows from. */
export type Asking = Pick<Attempt, 'seed'>;

/** A version as one attempt asks it, in the version's order. */
export interface AskedVersion extends Omit<QuizVersion, 'questions'> {
  questions: readonly AskedQuestion[];
}

/** @param work says which questions were asked anew, and how often */
export function askedVersion(attempt: Asking, version: QuizVersion, work: Work): AskedVersion {
  return {
    ...version,
    questions: version.questions.map((question, position) => ({
      position,
      question: askedQuestion(attempt, { question, position }, roundOf(work, position)),
    })),
  };
}

/** All that a version may ask, which no attempt has given its own numbers. */
export function wholeVersion(version: QuizVersion): AskedVersion {
  return { ...version, questions: version.questions.map((question, position) => ({ question, position })) };
}

/** The question at one place as the attempt asks it in a round. */
export function askedQuestion({ seed }: Asking, { position, question }: AskedQuestion, round: number): Question {
  return questionFor(seed, position, question, round);
}

/** Corrections as they hold for one attempt: a key that is corrected by a formula has that attempt's own numbers. */
export function askedCorrections(attempt: Asking, work: Work, corrections: Corrections): Corrections {
  return new Map(
    [...corrections].map(([position, correction]) => [
      position,
      askedCorrection(attempt, { position, correction }, roundOf(work, position)),
    ]),
  );
}

/** The same of one question. */
export function askedCorrection(
  attempt: Asking,
  { position, correction }: { position: number; correction: Correction },
  round: number,
): Correction {
  if (correction.kind !== 'key') return correction;
  return { ...correction, question: askedQuestion(attempt, { position, question: correction.question }, round) };
}

function roundOf(work: Work, position: number): number {
  return work.get(position)?.round ?? 0;
}
