// One answer between GIFT's braces: a weight in percent, the answer, and after `#` what to say to it.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Problem } from '../format.ts';
import { cut, trimmed } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { shareOfPercent } from '../percent.ts';
import type { Question } from '../../question.ts';
import { giftFeedback } from './text.ts';

/** What a question's braces say: its type and what that type needs to know; or what is wrong with them. */
export type GiftAnswers =
  | { ok: true; answers: { [Type in Question as Type['type']]: Pick<Type, 'type' | 'details'> }[Question['type']] }
  | { ok: false; problem: Problem };

/** Splits a fragment whose escapes are hidden; `weight` is null if no percentage is written. */
export type GiftAnswer = { body: Fragment; weight: string | null; feedback: Content | null };

/**
 * Reads one answer.
 *
 * @returns the answer, its weight as an exact share; refuses a weight beyond 100 % either way and an answer without text
 */
export function giftAnswer(
  fragment: Fragment,
  inherited: Content['format'],
): { ok: true; answer: GiftAnswer } | { ok: false; problem: Problem } {
  const whole = trimmed(fragment);
  const [prefix = '', percent] = /^%(-?\d{1,9}(?:\.\d{1,12})?)%/.exec(whole.text) ?? [];
  const weight = percent === undefined ? null : shareOfPercent(percent);
  if (weight?.abs().gt(1)) return refused('weight-out-of-range', whole, { weight: percent ?? '' });

  const [, rest] = cut(whole, 0, prefix.length);
  const hash = rest.text.indexOf('#');
  const [body, feedback] = hash < 0 ? [rest, { text: '', line: rest.line }] : cut(rest, hash, 1);
  if (body.text.trim() === '') return refused('option-empty', fragment);
  return {
    ok: true,
    answer: {
      body: trimmed(body),
      weight: weight?.toFraction() ?? null,
      feedback: giftFeedback(feedback, inherited),
    },
  };
}

/** The problem of a fragment, as a refusal. */
export function refused(
  code: Problem['code'],
  { line }: Fragment,
  params: Problem['params'] = {},
): { ok: false; problem: Problem } {
  return { ok: false, problem: { line, code, params } };
}

/** Whether one of the answers is worth everything. */
export function hasRightAnswer(answers: readonly { weight: string }[]): boolean {
  return answers.some(({ weight }) => new Fraction(weight).equals(1));
}
