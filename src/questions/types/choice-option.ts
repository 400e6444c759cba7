// One option of a question with options, and how a list of them is shown: shared by the two choice types.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import type { Content } from '../content.ts';
import { weightSchema } from '../exact.ts';
import type { Order } from '../question-type.ts';
import type { Worth } from '../worth.ts';

export const optionSchema = z.strictObject({
  text: contentSchema,
  /** What choosing it earns, as a share of the question's points. */
  weight: weightSchema,
  feedback: contentSchema.nullable(),
});

export const optionsSchema = z.array(optionSchema).min(2).max(100);

export type Option = z.infer<typeof optionSchema>;

/** An option as a form shows it: its value is its place in the order shown, which says nothing about the file's. */
export type PresentedOption = { value: string; text: Content; isChosen: boolean };

/** An option with its result. */
export type ReviewedOption = {
  text: Content;
  isChosen: boolean;
  worth: Worth;
  /** What the author said to it; null if it was not chosen. */
  feedback: Content | null;
};

/** The options in the order shown, without their weights. */
export function presentOptions(options: readonly Option[], order: Order, chosen: readonly number[]): PresentedOption[] {
  return inOrder(options, order).map(({ option, index }, place) => ({
    value: String(place),
    text: option.text,
    isChosen: chosen.includes(index),
  }));
}

/** The options in the order shown, with what each is worth to the result page; `worthOf` says which count as right. */
export function reviewOptions(
  options: readonly Option[],
  order: Order,
  chosen: readonly number[],
  worthOf: (weight: Fraction) => Worth,
): ReviewedOption[] {
  return inOrder(options, order).map(({ option, index }) => {
    const isChosen = chosen.includes(index);
    const worth = worthOf(new Fraction(option.weight));
    return { text: option.text, isChosen, worth, feedback: isChosen ? option.feedback : null };
  });
}

/** The index of the option shown at the place that a form names; null if there is no such place. */
export function optionAt(value: string, options: readonly Option[], order: Order): number | null {
  return /^\d{1,3}$/.test(value) ? (order(options.length)[Number(value)] ?? null) : null;
}

/** What the author says to the options chosen. */
export function feedbackTo(options: readonly Option[], chosen: readonly number[]): Content[] {
  return options.flatMap(({ feedback }, index) => (feedback && chosen.includes(index) ? [feedback] : []));
}

/** What each option is worth, in one way of writing it. */
export function weightsOf(options: readonly Option[]): string[] {
  return options.map(({ weight }) => new Fraction(weight).toFraction());
}

function inOrder(options: readonly Option[], order: Order): { option: Option; index: number }[] {
  return order(options.length).flatMap((index) => {
    const option = options[index];
    return option ? [{ option, index }] : [];
  });
}
