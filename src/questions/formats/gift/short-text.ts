// `{=nyuton =N =%50%kg}`: answers to be typed.
import type { Content } from '../../content.ts';
import { pieces } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { giftAnswer, hasRightAnswer, refused } from './answer.ts';
import type { GiftAnswers } from './answer.ts';
import { giftContent } from './text.ts';

/** Reads the texts that are accepted. */
export function giftShortText(braces: Fragment, inherited: Content['format']): GiftAnswers {
  const answers = [];
  for (const part of pieces(braces, /=/g)) {
    if (part.separator === '' && part.text.trim() === '') continue;
    const read = giftAnswer(part, inherited);
    if (!read.ok) return read;
    const { body, weight, feedback } = read.answer;
    answers.push({ pattern: giftContent(body, inherited).source, weight: weight ?? '1', feedback });
  }
  if (!hasRightAnswer(answers)) return refused('no-right-answer', braces);
  return { ok: true, answers: { type: 'short-text', details: { answers } } };
}
