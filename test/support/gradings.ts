// Placements with attempts and their marks, without a database: for the rules of regrading.
import { wholeVersion } from '../../src/attempts/asked.ts';
import { attemptScore } from '../../src/attempts/attempt.ts';
import type { Correction } from '../../src/attempts/correction.ts';
import { regradableQuestions, type Gradings, type HandedIn } from '../../src/attempts/regrade-questions.ts';
import type { AttemptChange, RegradePlan } from '../../src/attempts/regrade.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import type { CountingAttempt, QuizVersion } from '../../src/quizzes/quiz.ts';
import { noStructure } from '../../src/quizzes/structure.ts';
import { newTimeRules } from '../../src/quizzes/time-rules.ts';
import { allAnswered, deferredRule } from './work.ts';

/** A question whose key is one of three options. */
export function choice(name: string, right: number, points = '1'): Question {
  const options = ['A', 'B', 'C'].map((option, index) => ({
    text: { format: 'plain', source: option },
    weight: index === right ? '1' : '0',
    feedback: null,
  }));
  const text = { format: 'plain', source: name };
  return questionSchema.parse({
    type: 'single-choice',
    name,
    text,
    generalFeedback: null,
    points,
    details: { options },
  });
}

/** A version of the one quiz; its number is its id. */
export function versionOf(id: number, questions: Question[]): QuizVersion {
  const settings = {
    attemptsAllowed: null,
    ...newTimeRules,
    countingAttempt: 'best' as const,
    ...deferredRule,
    mayRedo: false,
    structure: noStructure,
  };
  return { id, quizId: 1, number: id, title: 'Quiz', questions, ...settings };
}

/** What one person chose in one attempt. */
export interface Taken {
  personId: number;
  versionId: number;
  /** By position; null: not answered. */
  chosen: (number | null)[];
}

/** A placement where these attempts were handed in, in this order, and nothing was ever corrected. */
export function gradingsOf(versions: QuizVersion[], taken: Taken[], rule: CountingAttempt = 'best'): Gradings {
  const work = new Map(
    taken.map(({ chosen }, index) => [
      index + 1,
      allAnswered(
        new Map(chosen.flatMap((choice, position) => (choice === null ? [] : [[position, { choice }] as const]))),
      ),
    ]),
  );
  const attempts = taken.flatMap(({ personId, versionId }, index): HandedIn[] => {
    const version = versions.find(({ id }) => id === versionId);
    if (!version) return [];
    return [
      {
        ...{ id: index + 1, placementId: 1, personId, quizVersionId: versionId, seed: 's', drawn: null },
        ...newTimeRules,
        number: taken.slice(0, index + 1).filter((one) => one.personId === personId).length,
        ...{
          startedAt: new Date(index),
          submittedAt: new Date(index),
          abandonedAt: null,
          held: null,
          grantedMinutes: 0,
          isTimedOut: false,
          unmarked: 0,
          erasedAt: null,
          countingAttempt: rule,
          guess: null,
        },
        ...attemptScore(wholeVersion(version), work.get(index + 1) ?? new Map(), new Map()),
      },
    ];
  });
  const newestFirst = versions.toSorted((one, other) => other.id - one.id);
  return {
    attempts,
    heldAttempts: [],
    work,
    versions: newestFirst,
    current: newestFirst[0] ?? null,
    corrections: new Map(),
  };
}

/** The placement once a plan was accepted. */
export function after(gradings: Gradings, plan: RegradePlan): Gradings {
  const corrections = new Map([...gradings.corrections].map(([id, all]) => [id, new Map(all)]));
  for (const { quizVersionId, position, correction } of plan.corrections) {
    const all = corrections.get(quizVersionId) ?? new Map<number, Correction>();
    if (correction) all.set(position, correction);
    else all.delete(position);
    corrections.set(quizVersionId, all);
  }
  const attempts = gradings.attempts.map((attempt) => {
    const isOf = (change: AttemptChange) => change.attempt.id === attempt.id;
    const { unmarked } = [...plan.changes, ...plan.kept].find(isOf) ?? attempt;
    return { ...attempt, ...plan.changes.find(isOf)?.after, unmarked };
  });
  return { ...gradings, attempts, corrections };
}

/** The same choice for every question that may be chosen so. */
export function chooseAll(gradings: Gradings, choice: string): Map<string, string> {
  return new Map(regradableQuestions(gradings).map(({ id }) => [id, choice]));
}

/** What the page calls a question. */
export function idOf(gradings: Gradings, name: string): string {
  return regradableQuestions(gradings).find(({ question }) => question.name === name)?.id ?? 'none';
}

/** Everybody's score, in the order of the attempts. */
export function scoresOf({ attempts }: Gradings): string[] {
  return attempts.map(({ points, maximumPoints }) => `${points.toFraction()} of ${maximumPoints.toFraction()}`);
}
