// What stands between GIFT's braces, for each type that has something there.
import Fraction from 'fraction.js';
import { plainText } from '../../content.ts';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import type { LossCode } from '../format.ts';
import { isWritable, writtenPercent } from '../percent.ts';
import { withoutFigures } from '../accepted-numbers.ts';
import { decimalText } from '../decimal-text.ts';
import { weightedOptions } from '../option-weights.ts';
import { escapeGift, namesFormat, withoutArrow, writeContent, writeFeedback } from './write-text.ts';

type Choice = Extract<Question, { type: 'single-choice' | 'multiple-choice' }>;
type Details<Type extends Question['type']> = Extract<Question, { type: Type }>['details'];

/** The answers, one a line, and what was lost; null if they cannot be said at all. */
export type GiftBraces = { answers: string[]; losses: LossCode[] } | null;

type Weighted = { sign: string; weight: string; body: string; feedback: Content | null };

/** Options of which one, or any number, may be chosen. One list has to have a `~` in it, the other may have no `=`. */
export function writeChoice(question: Choice, inherited: Content['format']): GiftBraces {
  const { options, losses } = weightedOptions(question);
  const isSingle = question.type === 'single-choice';
  const firstRight = options.findIndex(({ weight }) => isSingle && new Fraction(weight).equals(1));
  const texts = options.map(({ text }) => writeContent(text, inherited));
  if (options.some(({ text }, index) => text.source.trim() === '' || texts[index]?.said === '')) return null;
  const weighted = options.map(({ weight, feedback }, index) => ({
    sign: index === firstRight ? '=' : '~',
    weight,
    body: texts[index]?.said ?? '',
    feedback,
  }));
  const written = weighted.map((one) => writeAnswer(one, inherited));
  return together(written, [...losses, ...texts.flatMap((text) => text.losses)]);
}

/** Texts that are accepted. */
export function writeShortText(
  { answers, isCaseSensitive, foldsLookAlikes }: Details<'short-text'>,
  inherited: Content['format'],
): GiftBraces {
  if (answers.some(({ pattern }) => pattern.includes('->'))) return null;
  const written = answers.map(({ pattern, weight, feedback }) => {
    const said = feedback && withoutArrow(feedback);
    const body = (namesFormat(pattern) ? '[plain]' : '') + escapeGift(pattern);
    const { text, losses } = writeAnswer({ sign: '=', weight, body, feedback: said }, inherited);
    return { text, losses: feedback && !said ? [...losses, 'feedback' as const] : losses };
  });
  return together(written, isCaseSensitive || foldsLookAlikes ? ['grading'] : []);
}

/** Numbers that are accepted. */
export function writeNumeric({ answers, units }: Details<'numeric'>, inherited: Content['format']): GiftBraces {
  const written = answers.map(({ accepted, weight, feedback }) => {
    const said = withoutFigures(accepted);
    const body = acceptedText(said.accepted);
    const { text, losses } = writeAnswer({ sign: '=', weight, body, feedback }, inherited);
    return { text, losses: [...losses, ...said.losses] };
  });
  const braces = together(written, units ? ['units'] : []);
  return { ...braces, answers: ['#', ...braces.answers] };
}

function acceptedText(accepted: ReturnType<typeof withoutFigures>['accepted']): string {
  switch (accepted.kind) {
    case 'anything':
      return '*';
    case 'near':
      return `${decimalText(accepted.value)}:${decimalText(accepted.tolerance)}`;
    case 'between':
      return `${decimalText(accepted.from)}..${decimalText(accepted.to)}`;
  }
}

/** Pairs, and right sides that belong to none. A right side is text in Moodle, so its format is named only where it must be. */
export function writeMatching({ pairs, distractors }: Details<'matching'>, inherited: Content['format']): GiftBraces {
  const lefts = pairs.map(({ left }) => withoutArrow(left));
  const rights = [...pairs.map(({ right }) => right), ...distractors].map((right) => rightSide(right, inherited));
  const written = lefts.map((left) => left && writeContent(left, inherited));
  if (rights.includes(null) || written.some((left) => left === null || left.said === '')) return null;
  const losses = written.flatMap((left) => left?.losses ?? []);
  return { answers: rights.map((right, row) => `=${written[row]?.said ?? ''} -> ${right ?? ''}`), losses };
}

function rightSide(right: string, inherited: Content['format']): string | null {
  const reads = (format: Content['format'], source: string) => plainText({ format, source }) === right;
  const isPlain = reads(inherited, right) && !namesFormat(right);
  if (!isPlain && !reads('plain', right)) return null;
  return (isPlain ? '' : '[plain]') + escapeGift(right);
}

/** What is said to the wrong answer stands first. */
export function writeTrueFalse(
  { isTrue, feedbackToTrue, feedbackToFalse }: Details<'true-false'>,
  inherited: Content['format'],
): NonNullable<GiftBraces> {
  const [wrong, right] = isTrue ? [feedbackToFalse, feedbackToTrue] : [feedbackToTrue, feedbackToFalse];
  const toRight = writeFeedback(right, inherited);
  const toWrong = writeFeedback(wrong, inherited);
  const said = toWrong.said + (toWrong.said === '' && toRight.said !== '' ? '#' : '') + toRight.said;
  return { answers: [(isTrue ? 'TRUE' : 'FALSE') + said], losses: [...toWrong.losses, ...toRight.losses] };
}

function writeAnswer({ sign, weight, body, feedback }: Weighted, inherited: Content['format']) {
  const share = new Fraction(weight);
  const unwritten = new Fraction(sign === '=' ? 1 : 0);
  // A text that begins like a weight would be read as one.
  const prefix = share.equals(unwritten) && !body.startsWith('%') ? '' : `%${writtenPercent(share)}%`;
  const said = writeFeedback(feedback, inherited);
  const losses: LossCode[] = isWritable(share) ? said.losses : [...said.losses, 'weights'];
  return { text: sign + prefix + body + said.said, losses };
}

function together(written: readonly { text: string; losses: LossCode[] }[], losses: LossCode[] = []) {
  return {
    answers: written.map(({ text }) => text),
    losses: [...losses, ...written.flatMap((one) => one.losses)],
  };
}
