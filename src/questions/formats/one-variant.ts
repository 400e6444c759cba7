// Numbers that differ from attempt to attempt: no format has words for them, so a file holds one set of them, and says so.
import { sampleVariantOf } from '../question.ts';
import type { Question } from '../question.ts';
import type { LossCode } from './format.ts';

/** What `write` makes of the question, or of one variant of it if it has variables; `variables` is then among the losses. */
export function inOneVariant<Result extends { losses: readonly LossCode[] }>(
  question: Question,
  write: (question: Question) => Result,
): Result {
  if (!question.variables) return write(question);
  const written = write(sampleVariantOf(question));
  return written.losses.includes('type') ? written : { ...written, losses: [...written.losses, 'variables'] };
}
