// What a format loses that knows neither hints nor what a wrong try costs.
import { typeOf } from '../question.ts';
import type { Question } from '../question.ts';
import type { LossCode } from './format.ts';

/** Nothing for a question that leaves both to its quiz. */
export function lossesOfTries({ hints = [], penalty }: Pick<Question, 'hints' | 'penalty'>): LossCode[] {
  return [...(hints.length > 0 ? (['hints'] as const) : []), ...(penalty === undefined ? [] : (['penalty'] as const))];
}

/** Whether a machine marks questions of the type, so that there can be several tries. */
export function isAutomatic(type: Question['type']): boolean {
  return typeOf({ type }).marking === 'automatic';
}
