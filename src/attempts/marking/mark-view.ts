// A person's mark as pages show it: to the learner what was said and picked, to who marks the form for it.
import Fraction from 'fraction.js';
import type { Content } from '../../questions/content.ts';
import { isMarkedByHand, type HandMark, type QuestionWork } from '../../questions/behaviours/work.ts';
import { guidanceOf, rubricOf } from '../../questions/hand-marking.ts';
import type { Question } from '../../questions/question.ts';
import type { MayShow } from '../../quizzes/review-settings.ts';
import type { AttemptContent } from '../attempt-view.ts';
import type { Correction } from '../correction.ts';
import { fieldName } from '../field-name.ts';
import { mostComment, type MarkProblem, type TypedMark } from './hand-mark-form.ts';

/** What a learner reads of a mark, besides its points. */
export interface ShownMark {
  comment: Content | null;
  /** What was picked; empty without a rubric. `points` is null where points may not be seen. */
  criteria: { criterion: Content; picked: Content; points: number | null }[];
  /** What was given, where a regrade has it count for something else; null where it counts, or points may not be seen. */
  given: { points: number; maximum: number } | null;
}

/** Null where nobody has marked, or what was said may not be seen. */
export function shownMark(
  question: Question,
  { handMark }: QuestionWork,
  correction: Correction | null,
  mayShow: MayShow,
): ShownMark | null {
  if (!handMark || !mayShow('specific-feedback')) return null;
  const { comment, levels } = handMark;
  const rubric = levels === null ? [] : (rubricOf(question) ?? []);
  return {
    comment: comment === '' ? null : asContent(comment),
    criteria: rubric.flatMap(({ criterion, levels: offered }, index) => {
      const level = offered[levels?.[index] ?? -1];
      if (!level) return [];
      const points = mayShow('points') ? pointsOf(question, level.share) : null;
      return [{ criterion: asContent(criterion), picked: asContent(level.text), points }];
    }),
    given:
      correction && mayShow('points')
        ? { points: handMark.points.valueOf(), maximum: new Fraction(question.points).valueOf() }
        : null,
  };
}

/** The form in which an answer is marked. */
export interface MarkForm {
  action: string;
  /** The number of the last mark, 0 for none: see `markAnswer`. */
  revision: number;
  maximum: number;
  rubric: { criterion: Content; levels: { text: Content; points: number }[] }[] | null;
  guidance: Content | null;
  mostComment: number;
  typed: TypedMark;
  last: HandMark | null;
  problem: MarkProblem | 'changed' | null;
  /** Sets the fields of one form apart from those of another. */
  id: string;
}

/**
 * The form for one answer, filled in with its last mark or with what was typed.
 *
 * @param decimal writes an exact number as its reader does
 */
export function markForm(
  question: Question,
  { handMark }: Pick<QuestionWork, 'handMark'>,
  at: { placementId: number; attemptId: number; position: number },
  again?: { typed: TypedMark; problem: MarkForm['problem'] },
): MarkForm {
  const rubric = rubricOf(question);
  const last = handMark ?? null;
  return {
    action: `/placements/${at.placementId}/attempts/${at.attemptId}/marks/${fieldName(at.position)}`,
    revision: last?.number ?? 0,
    maximum: new Fraction(question.points).valueOf(),
    rubric:
      rubric?.map(({ criterion, levels }) => ({
        criterion: asContent(criterion),
        levels: levels.map(({ text, share }) => ({ text: asContent(text), points: pointsOf(question, share) })),
      })) ?? null,
    guidance: guidanceOf(question),
    mostComment,
    typed: again?.typed ?? typedIn(last),
    last,
    problem: again?.problem ?? null,
    id: `mark-${at.attemptId}-${at.position}`,
  };
}

/** The forms for all answers of one attempt that a person marks, by position. */
export function markingIn(
  { attempt, version, work }: Pick<AttemptContent, 'attempt' | 'version' | 'work'>,
  placementId: number,
): Map<number, MarkForm> {
  const forms = version.questions.flatMap(({ question, position }): [number, MarkForm][] => {
    const done = work.get(position);
    if (!attempt.submittedAt || !done?.saved || !isMarkedByHand(question, version)) return [];
    return [[position, markForm(question, done, { placementId, attemptId: attempt.id, position })]];
  });
  return new Map(forms);
}

function typedIn(last: HandMark | null): TypedMark {
  if (!last) return { points: '', levels: [], comment: '' };
  return { points: exactText(last.points), levels: [...(last.levels ?? [])], comment: last.comment };
}

/** A decimal where there is an exact one, otherwise a fraction: what is read again is the same. */
function exactText(points: Fraction): string {
  const decimal = String(points.valueOf());
  return new Fraction(decimal).equals(points) ? decimal : points.toFraction();
}

function pointsOf({ points }: Question, share: string): number {
  return new Fraction(points).mul(new Fraction(share)).valueOf();
}

function asContent(words: Content | string): Content {
  return typeof words === 'string' ? { format: 'plain', source: words } : words;
}
