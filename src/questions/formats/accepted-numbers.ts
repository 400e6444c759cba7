// Accepted numbers for formats that know a middle with a tolerance, or two ends, and nothing of significant figures.
import Fraction from 'fraction.js';
import type { Question } from '../question.ts';
import { readNumber } from '../read-number.ts';
import { roundToFigures } from '../round-to-figures.ts';
import { decimalText } from './decimal-text.ts';
import type { LossCode } from './format.ts';

export type Accepted = Extract<Question, { type: 'numeric' }>['details']['answers'][number]['accepted'];

/** A middle and how far from it, as decimals. */
export type Near = { value: string; tolerance: string };

/** What is accepted, without regard to how many figures it is stated with. */
export function withoutFigures(accepted: Accepted): {
  accepted: Exclude<Accepted, { kind: 'significant' }>;
  losses: LossCode[];
} {
  if (accepted.kind !== 'significant') return { accepted, losses: [] };
  const value = roundToFigures(exactly(accepted.value), accepted.figures);
  const power = Math.floor(Math.log10(Math.abs(value.valueOf()))) - accepted.figures + 1;
  const half = new Fraction(10).pow(power)?.div(2) ?? new Fraction(0);
  return {
    accepted: { kind: 'near', value: value.toString(), tolerance: half.toString() },
    losses: ['grading'],
  };
}

/** A range as its middle and half its width; null for any number at all. */
export function asNear(accepted: Exclude<Accepted, { kind: 'significant' }>): Near | null {
  if (accepted.kind === 'anything') return null;
  if (accepted.kind === 'near') {
    return { value: decimalText(accepted.value), tolerance: decimalText(accepted.tolerance) };
  }
  const [from, to] = [exactly(accepted.from), exactly(accepted.to)];
  return { value: from.add(to).div(2).toString(), tolerance: to.sub(from).div(2).toString() };
}

function exactly(text: string): Fraction {
  const number = readNumber(text);
  if (!number) throw new Error(`Not a number: ${text}`);
  return number;
}
