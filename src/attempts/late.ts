// What is late: the one place that says so, for pages of teachers and students alike. It is told, and held against nobody here.
import { dueFor, type Accommodation } from '../courses/accommodation.ts';
import type { CountedScore } from '../quizzes/counting-attempt.ts';

/** Until when a learner may hand something in without being late. */
export interface Deadline {
  /** Null: whenever they like. */
  dueAt: Date | null;
  /** Whether that is later than for everybody. */
  isOwn: boolean;
  /** Whether what is handed in from now on is late. */
  isOver: boolean;
}

/** An attempt as far as its date goes; `timeLimitMinutes` is that of the version it is at. */
export interface DatedAttempt {
  number: number;
  submittedAt: Date | null;
  timeLimitMinutes: number | null;
}

/**
 * One learner's deadline at a placement.
 *
 * @param dueAt of everybody
 * @param timeLimitMinutes of the quiz version that the learner is at, or would get
 */
export function deadlineOf(
  { dueAt, timeLimitMinutes }: { dueAt: Date | null; timeLimitMinutes: number | null },
  accommodation: Accommodation,
  now: Date,
): Deadline {
  const own = dueFor(dueAt, timeLimitMinutes, accommodation);
  return { dueAt: own, isOwn: own !== null && dueAt !== null && own > dueAt, isOver: own !== null && own < now };
}

/** Whether an attempt was handed in after its learner's deadline. */
export function isLate(
  { submittedAt, timeLimitMinutes }: Pick<DatedAttempt, 'submittedAt' | 'timeLimitMinutes'>,
  dueAt: Date | null,
  accommodation: Accommodation,
): boolean {
  const own = dueFor(dueAt, timeLimitMinutes, accommodation);
  return submittedAt !== null && own !== null && submittedAt > own;
}

/** The attempts, each with whether it was late. */
export function withLateness<Attempt extends DatedAttempt>(
  attempts: readonly Attempt[],
  dueAt: Date | null,
  accommodation: Accommodation,
): (Attempt & { isLate: boolean })[] {
  return attempts.map((attempt) => ({ ...attempt, isLate: isLate(attempt, dueAt, accommodation) }));
}

/** Whether what counts was late: the attempt that does, or any of those that an average is made of. */
export function isCountedLate(
  counted: Pick<CountedScore, 'number'> | null,
  attempts: readonly (DatedAttempt & { isLate: boolean })[],
): boolean {
  if (counted === null) return false;
  return attempts.some(({ number, isLate }) => isLate && (counted.number === null || counted.number === number));
}
