// What a teacher sends from the page for regrading, kept as it was typed: the choices in an address, to see what they change; the same
// with a reason in a body, to accept that.
import { z } from 'zod';
import { typedText } from '../questions/typed-text.ts';
import type { RegradeWish } from './regrade.ts';
import type { RegradableQuestion } from './regrade-questions.ts';

/** The longest reason. */
export const mostReason = 500;

export type ReasonProblem = 'reason-missing' | 'reason-too-long';

export interface RegradeForm extends RegradeWish {
  reason: string;
  /** `planDigest` of what the page showed; empty where it showed no plan. */
  previewed: string;
}

const form = z.object({
  reason: z
    .string()
    .catch('')
    .transform((typed) => typedText([typed], 10 * mostReason) ?? ''),
  mayLower: z
    .string()
    .transform(() => true)
    .catch(false),
  previewed: z.string().max(100).catch(''),
});

/** The form in the query or the body of a request. The choice for a question is in the field `choice.<id>`. */
export function readRegradeForm(sent: unknown): RegradeForm {
  const fields = Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(sent));
  const choices = fields.flatMap(([name, value]) =>
    name.startsWith('choice.') && typeof value === 'string' ? [[name.slice('choice.'.length), value] as const] : [],
  );
  return { ...form.parse(sent ?? {}), choices: new Map(choices) };
}

/** The form before anybody has chosen: who comes with a corrected key comes to have it used. */
export function newRegradeForm(questions: readonly RegradableQuestion[]): RegradeForm {
  const isByKey = ({ marking }: RegradableQuestion) => marking === 'key' || marking === 'as-published';
  const corrected = questions.filter((question) => question.choices.includes('key') && isByKey(question));
  return { choices: new Map(corrected.map(({ id }) => [id, 'key'])), mayLower: false, reason: '', previewed: '' };
}

/** What is wrong with a reason; null if nothing is. */
export function reasonProblem(reason: string): ReasonProblem | null {
  if (reason === '') return 'reason-missing';
  return reason.length > mostReason ? 'reason-too-long' : null;
}
