// What formats lose of an essay that know nothing of it but its text.
import type { z } from 'zod';
import type { essay } from '../types/essay.ts';
import type { LossCode } from './format.ts';

/** Files, words, a rubric and what is said to who marks: all of it says how the answer is given and marked. */
export function lossesOfEssay(details: z.infer<typeof essay.details>): LossCode[] {
  return Object.keys(details).length === 0 ? [] : ['grading'];
}
