// `{#5:0.01}`, `{#9.78..9.84}`, `{#=5:0.1 =%50%5:1 ~#feedback to any other}`: numbers.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { cut, pieces } from '../fragment.ts';
import type { Fragment } from '../fragment.ts';
import { giftAnswer, hasRightAnswer, refused } from './answer.ts';
import type { GiftAnswers } from './answer.ts';
import { showEscapes } from './escapes.ts';
import { giftFeedback } from './text.ts';

type Answer = Extract<Question, { type: 'numeric' }>['details']['answers'][number];

/** Reads the numbers that are accepted; `braces` begins with `#`. */
export function giftNumeric(braces: Fragment, inherited: Content['format']): GiftAnswers {
  const [, whole] = cut(braces, 0, 1);
  const tilde = whole.text.indexOf('~');
  const [accepted, otherwise] = tilde < 0 ? [whole, null] : cut(whole, tilde, 1);

  const answers: Answer[] = [];
  for (const part of pieces(accepted, /=/g)) {
    if (part.separator === '' && part.text.trim() === '') continue;
    const read = giftAnswer(part, inherited);
    if (!read.ok) return read;
    const { body, weight, feedback } = read.answer;
    const range = acceptedNumbers(body);
    if (!range.ok) return range;
    answers.push({ accepted: range.accepted, weight: weight ?? '1', feedback });
  }
  if (!hasRightAnswer(answers)) return refused('no-right-answer', braces);
  if (otherwise) answers.push(toAnyOther(otherwise, inherited));
  return { ok: true, answers: { type: 'numeric', details: { answers } } };
}

function acceptedNumbers(body: Fragment): { ok: true; accepted: Answer['accepted'] } | ReturnType<typeof refused> {
  const text = showEscapes(body.text);
  if (text === '*') return { ok: true, accepted: { kind: 'anything' } };

  const isRange = text.includes('..');
  const [first = '', second = '0'] = (isRange ? splitOnce(text, '..') : splitOnce(text, ':')).map((part) =>
    part.trim(),
  );
  const numbers = [readNumber(first), readNumber(second)] as const;
  if (!numbers[0] || !numbers[1]) return refused('not-a-number', body, { value: numbers[0] ? second : first });
  if (isRange) {
    if (numbers[0].gt(numbers[1])) return refused('range-reversed', body, { from: first, to: second });
    return { ok: true, accepted: { kind: 'between', from: first, to: second } };
  }
  if (numbers[1].lt(0)) return refused('not-a-number', body, { value: second });
  return { ok: true, accepted: { kind: 'near', value: first, tolerance: second } };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function toAnyOther(otherwise: Fragment, inherited: Content['format']): Answer {
  const [, feedback] = cut(otherwise, otherwise.text.indexOf('#'), 1);
  return { accepted: { kind: 'anything' }, weight: '0', feedback: giftFeedback(feedback, inherited) };
}
