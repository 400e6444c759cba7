// How a question is marked after a regrade. A published version never changes: what a teacher corrects lies beside it, and holds
// at one placement.
import Fraction from 'fraction.js';
import { markWork, type AskingRule, type QuestionWork } from '../questions/behaviours/work.ts';
import type { Content } from '../questions/content.ts';
import type { QuestionState } from '../questions/mark-question.ts';
import type { Question } from '../questions/question.ts';
import { isMarked } from '../quizzes/quiz.ts';

/** By another key; its points for everybody, answered or not; for nobody, and not in the maximum. */
export type Correction = { kind: 'key'; question: Question } | { kind: 'full-points' } | { kind: 'dropped' };

/** What may be decided for a question; `as-published` undoes what was. */
export type CorrectionKind = Correction['kind'] | 'as-published';

/** How it is said what was decided: what people mark has no key that it was published with. */
export function correctionWord<Kind extends string>(kind: Kind, question: Question): Kind | 'as-marked' {
  return kind === 'as-published' && !isMarked(question) ? 'as-marked' : kind;
}

/** The corrections in force for one version at one placement, by the question's position. */
export type Corrections = ReadonlyMap<number, Correction>;

/** What an answer earns, and how it went: `credited` and `dropped` whatever the answer was. */
export interface CorrectedMark {
  points: Fraction;
  maximum: Fraction;
  state: QuestionState | 'credited' | 'dropped';
  /** What the author says to the answer. */
  feedback: readonly Content[];
}

/**
 * Marks what was done with one question as it counts.
 *
 * @param correction null: as the version says
 * @param rule of the version: a correction changes the key, not how often one may try
 */
export function markCorrected(
  question: Question,
  correction: Correction | null,
  work: QuestionWork,
  rule: AskingRule,
): CorrectedMark {
  const counting = countingQuestion(question, correction);
  const mark = markWork(counting, work, rule);
  if (correction === null || correction.kind === 'key') return mark;
  const points = new Fraction(correction.kind === 'dropped' ? 0 : question.points);
  return {
    points,
    maximum: points,
    state: correction.kind === 'dropped' ? 'dropped' : 'credited',
    feedback: mark.feedback,
  };
}

/** The question whose key counts. */
export function countingQuestion(question: Question, correction: Correction | null): Question {
  return correction?.kind === 'key' ? correction.question : question;
}
