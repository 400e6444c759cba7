// `{=right ~wrong ~%50%half}` is one option out of several; without any `=` it is any number of them.
import type { Content } from '../../content.ts';
import { sumOfRight } from '../../types/multiple-choice.ts';
import { pieces } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { percentOf } from '../percent.ts';
import { giftAnswer, hasRightAnswer, refused } from './answer.ts';
import type { GiftAnswers } from './answer.ts';
import { giftContent } from './text.ts';

const maximum = 100;

/** Reads options; `braces` is what is between the braces, with a `~` in it somewhere. */
export function giftChoice(braces: Fragment, inherited: Content['format']): GiftAnswers {
  const parts = pieces(braces, /[~=]/g).filter(
    // Nothing before the first mark; and `~=` is an `=`.
    ({ separator, text }, index, all) =>
      text.trim() !== '' || (separator !== '' && !(separator === '~' && all[index + 1]?.separator === '=')),
  );
  if (parts.length < 2) return refused('too-few-options', braces, { count: parts.length });
  if (parts.length > maximum) return refused('too-many-options', braces, { count: parts.length, maximum });

  const options = [];
  for (const part of parts) {
    const read = giftAnswer(part, inherited);
    if (!read.ok) return read;
    const { body, weight, feedback } = read.answer;
    const unwritten = part.separator === '=' ? '1' : '0';
    options.push({ text: giftContent(body, inherited), weight: weight ?? unwritten, feedback });
  }

  if (parts.some(({ separator }) => separator === '=')) {
    if (!hasRightAnswer(options)) return refused('no-right-answer', braces);
    return { ok: true, answers: { type: 'single-choice', details: { options } } };
  }
  const sum = sumOfRight(options);
  if (sum.equals(0)) return refused('no-right-answer', braces);
  if (sum.lt(1)) return refused('weights-below-hundred', braces, { sum: percentOf(sum) });
  return { ok: true, answers: { type: 'multiple-choice', details: { options } } };
}
