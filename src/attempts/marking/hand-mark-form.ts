// The form in which a person marks an answer: points, or a level for each criterion, and a word about it.
import Fraction from 'fraction.js';
import { rubricOf, rubricPoints } from '../../questions/hand-marking.ts';
import type { HandMark } from '../../questions/behaviours/work.ts';
import type { Question } from '../../questions/question.ts';
import type { FieldReader } from '../../questions/question-type.ts';
import { readNumber } from '../../questions/read-number.ts';
import { typedText } from '../../questions/typed-text.ts';

export const mostComment = 10_000;

/** What a person gives for an answer. */
export type GivenMark = Pick<HandMark, 'points' | 'levels' | 'comment'>;

/** Why a form gives no mark. Nothing given is not zero. */
export type MarkProblem = 'nothing-given' | 'level-missing' | 'not-a-number' | 'out-of-range';

/** What stands in the form, to be shown again. */
export interface TypedMark {
  points: string;
  levels: (number | null)[];
  comment: string;
}

/** @param fields `points`, `level.0` … (from 0, for each criterion) and `comment` */
export function readMarkForm(question: Question, fields: FieldReader): TypedMark {
  const criteria = rubricOf(question) ?? [];
  return {
    points: fields('points')[0]?.trim().slice(0, 100) ?? '',
    levels: criteria.map((_, index) => levelIn(fields(`level.${index}`)[0])),
    comment: typedText(fields('comment'), mostComment) ?? '',
  };
}

/**
 * The mark that was typed: by the question's rubric if it has one, by points otherwise.
 *
 * @returns exact points from 0 to the question's, or why there are none
 */
export function readMark(
  question: Question,
  { points, levels, comment }: TypedMark,
): { ok: true; mark: GivenMark } | { ok: false; problem: MarkProblem } {
  const rubric = rubricOf(question);
  if (rubric) {
    const earned = rubricPoints(question, rubric, levels);
    const isAnyPicked = levels.some((level) => level !== null);
    if (!earned) return { ok: false, problem: isAnyPicked ? 'level-missing' : 'nothing-given' };
    return { ok: true, mark: { points: earned, levels: levels.filter((level) => level !== null), comment } };
  }
  if (points === '') return { ok: false, problem: 'nothing-given' };
  const given = readNumber(points);
  if (!given) return { ok: false, problem: 'not-a-number' };
  const isInRange = given.gte(0) && given.lte(new Fraction(question.points));
  return isInRange
    ? { ok: true, mark: { points: given, levels: null, comment } }
    : { ok: false, problem: 'out-of-range' };
}

function levelIn(sent: string | undefined): number | null {
  return sent !== undefined && /^\d{1,2}$/.test(sent) ? Number(sent) : null;
}
