// What the types that are answered by typing have in common: their author wrote a list of answers, each with a weight, and the
// first that fits what was typed decides. What was typed is kept as typed, understood or not.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import type { Content } from '../content.ts';
import { weightSchema } from '../exact.ts';
import type { FieldReader, Mark } from '../question-type.ts';
import { typedText } from '../typed-text.ts';
import { worthOf } from '../worth.ts';
import type { Worth } from '../worth.ts';

export const typedResponse = z.strictObject({ text: z.string() });

export type TypedResponse = z.infer<typeof typedResponse>;

/** What every answer of an author's has, beside what it fits. */
export const weighed = { weight: weightSchema, feedback: contentSchema.nullable() };

export type WeightedAnswer = { weight: string; feedback: Content | null };

/** An author's answers in the order in which they are tried; one of them at least is worth everything. */
export function answersSchema<Answer extends WeightedAnswer>(answer: z.ZodType<Answer>) {
  return z
    .array(answer)
    .min(1)
    .max(100)
    .refine((answers) => worthAll(answers).length > 0, 'expected an answer worth all');
}

/** Those of the answers that earn everything. */
export function worthAll<Answer extends WeightedAnswer>(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ weight }) => new Fraction(weight).equals(1));
}

/** The field as it stands in a form. */
export function presentTyped(given: TypedResponse | null, maximumLength: number) {
  return { text: given?.text ?? '', maximumLength };
}

/** What was typed; null if that is nothing. */
export function parseTyped(fields: FieldReader, maximumLength: number): TypedResponse | null {
  const text = typedText(fields(null), maximumLength);
  return text === null ? null : { text };
}

/** The answer that decides, and the share of its weight that was earned; null if none fits. */
export type Decision<Answer extends WeightedAnswer = WeightedAnswer> = { answer: Answer; share: Fraction } | null;

/** The first answer that fits, with all of its weight. */
export function firstThat<Answer extends WeightedAnswer>(
  answers: readonly Answer[],
  fits: (answer: Answer) => boolean,
): Decision<Answer> {
  const answer = answers.find(fits);
  return answer ? { answer, share: new Fraction(1) } : null;
}

export function markTyped(decision: Decision): Mark {
  return { fraction: earnedBy(decision), feedback: decision?.answer.feedback ? [decision.answer.feedback] : [] };
}

/** What the result page shows of what was typed; `text` is null if nothing was. */
export function reviewTyped(
  given: TypedResponse | null,
  decide: (text: string) => Decision,
): { text: string | null; worth: Worth; feedback: Content | null } {
  const decision = given && decide(given.text);
  return { text: given?.text ?? null, worth: worthOf(earnedBy(decision)), feedback: decision?.answer.feedback ?? null };
}

/** What of the answers decides about marks: `fits` says what each accepts, in one way of writing it. */
export function answersKey<Answer extends WeightedAnswer>(
  answers: readonly Answer[],
  fits: (answer: Answer) => object,
): object[] {
  return answers.map((answer) => ({ ...fits(answer), weight: new Fraction(answer.weight).toFraction() }));
}

function earnedBy(decision: Decision): Fraction {
  return decision ? new Fraction(decision.answer.weight).mul(decision.share) : new Fraction(0);
}
