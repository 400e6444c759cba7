// `{T}`, `{FALSE#to the wrong answer#to the right one}`.
import type { Content } from '../../content.ts';
import { pieces } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import type { GiftAnswers } from './answer.ts';
import { giftFeedback } from './text.ts';

const statement = /^(?:(T|TRUE)|F|FALSE)\s*(?:#|$)/i;

/** Whether what is between the braces is a statement's truth; letter case is not looked at. */
export function isTrueFalse(braces: Fragment): boolean {
  return statement.test(braces.text);
}

/** Reads it. The first feedback is for the wrong answer, the second for the right one, as Moodle reads them. */
export function giftTrueFalse(braces: Fragment, inherited: Content['format']): GiftAnswers {
  const isTrue = statement.exec(braces.text)?.[1] !== undefined;
  const nothing = { text: '', line: braces.line };
  const [, wrong = nothing, right = nothing] = pieces(braces, /#/g);
  const toWrong = giftFeedback(wrong, inherited);
  const toRight = giftFeedback(right, inherited);
  const details = {
    isTrue,
    feedbackToTrue: isTrue ? toRight : toWrong,
    feedbackToFalse: isTrue ? toWrong : toRight,
  };
  return { ok: true, answers: { type: 'true-false', details } };
}
