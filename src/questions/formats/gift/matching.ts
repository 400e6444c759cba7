// `{=Kuch -> N =Bosim -> Pa = -> kg}`: pairs; a right side alone belongs to none.
import { plainText } from '../../content.ts';
import type { Content } from '../../content.ts';
import { cut, pieces, trimmed } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { refused } from './answer.ts';
import type { GiftAnswers } from './answer.ts';
import { showEscapes } from './escapes.ts';
import { giftContent } from './text.ts';

const maximum = 50;

/** Reads pairs; `braces` has a `=` and a `->` in it somewhere. */
export function giftMatching(braces: Fragment, inherited: Content['format']): GiftAnswers {
  const pairs = [];
  const distractors = [];
  for (const part of pieces(braces, /=/g).map((piece) => ({ ...trimmed(piece), separator: piece.separator }))) {
    if (part.separator === '' && part.text === '') continue;
    const arrow = part.text.indexOf('->');
    if (arrow < 0) return refused('pair-without-arrow', part, { text: showEscapes(part.text).slice(0, 80) });
    const [before, after] = cut(part, arrow, 2);
    const left = giftContent(before, inherited);
    // A list to choose from can show words only.
    const right = plainText(giftContent(after, inherited));
    if (right === '') return refused('option-empty', part);
    if (left.source === '') distractors.push(right);
    else pairs.push({ left, right });
  }
  if (pairs.length < 2) return refused('too-few-pairs', braces, { count: pairs.length });
  const count = Math.max(pairs.length, distractors.length);
  if (count > maximum) return refused('too-many-options', braces, { count, maximum });
  return { ok: true, answers: { type: 'matching', details: { pairs, distractors } } };
}
