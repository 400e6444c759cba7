// The answers of one gap as lines of text, a line each, as teachers who know GIFT write them: `%50%` before an answer that earns a
// part, `=` before a right option, ` # ` before what is said to it. What lines cannot say is found by reading them back.
import Fraction from 'fraction.js';
import { newFormat, shareText, typedNumber, typedShare } from './fields.ts';
import type { Content } from '../content.ts';
import type { ClozeGap } from '../types/cloze.ts';
import { readNumber } from '../read-number.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from './question-form.ts';

/** A gap but for what it is worth and where its options stand. */
type Answers = {
  [Kind in ClozeGap['kind']]: Pick<Extract<ClozeGap, { kind: Kind }>, 'kind' | 'details'>;
}[ClozeGap['kind']];

/** What is said in lines of a gap; `null` if lines do not say all of it. */
export function linesOfGap(gap: ClozeGap): string | null {
  const lines = writeLines(gap).join('\n');
  let isWrong = false;
  const back = gapOfLines(gap.kind, lines, '', () => {
    isWrong = true;
  });
  const flags = gap.kind === 'text' ? flagsOf(gap.details) : {};
  const again = { kind: back.kind, details: { ...back.details, ...flags } };
  return !isWrong && isDeepStrictEqual(exactly(again), exactly({ kind: gap.kind, details: gap.details }))
    ? lines
    : null;
}

function writeLines(gap: ClozeGap): string[] {
  switch (gap.kind) {
    case 'text':
      return gap.details.answers.map((one) => line(one.pattern, one, '1'));
    case 'number':
      return gap.details.answers.map((one) => line(numberText(one.accepted), one, '1'));
    case 'choice':
      return gap.details.options.map((one) => {
        const isRight = new Fraction(one.weight).equals(1);
        return isRight ? `=${line(one.text.source, one, '1')}` : line(one.text.source, one, '0');
      });
  }
}

function line(text: string, { weight, feedback }: { weight: string; feedback: Content | null }, usual: string): string {
  const share = new Fraction(weight).equals(usual) ? '' : `%${shareText(weight)}% `;
  return `${share}${text}${feedback ? ` # ${feedback.source}` : ''}`;
}

function numberText(accepted: Extract<ClozeGap, { kind: 'number' }>['details']['answers'][number]['accepted']): string {
  switch (accepted.kind) {
    case 'near':
      return accepted.tolerance === '0' ? accepted.value : `${accepted.value} ± ${accepted.tolerance}`;
    case 'between':
      return `${accepted.from} .. ${accepted.to}`;
    case 'anything':
      return '*';
    case 'significant':
      // Lines have no words for it, so it is not read back as it was.
      return accepted.value;
  }
}

/**
 * The answers that lines say.
 *
 * @param at the field of the lines, where what is wrong is told
 */
export function gapOfLines(kind: ClozeGap['kind'], lines: string, at: string, report: Report): Answers {
  const answers = lines
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => readLine(one, kind === 'choice', at, report));
  const least = kind === 'choice' ? 2 : 1;
  if (answers.length === 0) report(at, 'empty');
  else if (answers.length < least) report(at, 'too-few-rows', { count: answers.length, least });
  if (answers.length > 0 && !answers.some(({ weight }) => new Fraction(weight).equals(1)))
    report(at, 'no-right-answer');
  switch (kind) {
    case 'text':
      return { kind, details: { answers: answers.map(({ text, ...worth }) => ({ pattern: text, ...worth })) } };
    case 'number':
      return {
        kind,
        details: {
          answers: answers.map(({ text, ...worth }) => ({ accepted: acceptedIn(text, at, report), ...worth })),
        },
      };
    case 'choice':
      return {
        kind,
        details: {
          options: answers.map(({ text, ...worth }) => ({ text: { format: newFormat, source: text }, ...worth })),
        },
      };
  }
}

function readLine(typed: string, isOption: boolean, at: string, report: Report) {
  const isRight = isOption && typed.startsWith('=');
  const rest = isRight ? typed.slice(1).trim() : typed;
  const [prefix = '', share] = /^%([^%]{1,20})%\s*/.exec(rest) ?? [];
  const [text = '', ...said] = rest.slice(prefix.length).split(' # ');
  if (text.trim() === '') report(at, 'empty');
  const usual = isOption && !isRight ? '0' : '1';
  const feedback: Content | null = said.length > 0 ? { format: newFormat, source: said.join(' # ') } : null;
  return { text: text.trim(), weight: share === undefined ? usual : typedShare(share, at, report), feedback };
}

function acceptedIn(text: string, at: string, report: Report) {
  if (text === '*') return { kind: 'anything' as const };
  const [, from, to] = /^(.+?)\s*\.\.\s*(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const ends = { from: typedNumber(from, at, report), to: typedNumber(to, at, report) };
    const [least, most] = [readNumber(ends.from), readNumber(ends.to)];
    if (least && most && least.gt(most)) report(at, 'range-reversed', ends);
    return { kind: 'between' as const, ...ends };
  }
  const [value = '', tolerance = '0'] = text.split(/\s*(?:±|\+-)\s*/);
  const near = { value: typedNumber(value, at, report), tolerance: typedNumber(tolerance, at, report) };
  if (readNumber(near.tolerance)?.lt(0)) report(at, 'negative-tolerance');
  return { kind: 'near' as const, ...near };
}

/** What stands beside the lines of a gap of text, as boxes to tick. */
export function flagsOf({
  isCaseSensitive,
  foldsLookAlikes,
}: {
  isCaseSensitive?: boolean | undefined;
  foldsLookAlikes?: boolean | undefined;
}) {
  return { ...(isCaseSensitive && { isCaseSensitive: true }), ...(foldsLookAlikes && { foldsLookAlikes: true }) };
}

/** One way of writing each weight, and no members that say nothing. */
function exactly(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) =>
      name === 'weight' && typeof inner === 'string' ? new Fraction(inner).toFraction() : inner,
    ),
  );
}
