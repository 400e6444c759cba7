// How sure a learner says to be, on its way from a form.
import { certainties, type Certainty } from '../../questions/behaviours/behaviour.ts';
import { behaviourOf } from '../../questions/behaviours/registry.ts';
import type { AskingRule } from '../../questions/behaviours/work.ts';
import type { FieldReader } from '../../questions/question-type.ts';

/** The part of a question's fields that says it: `q7.certainty`. */
export const certaintyPart = 'certainty';

/** Null where nobody asks, or nothing sensible was chosen. */
export function readCertainty(fields: FieldReader, { behaviour }: AskingRule): Certainty | null {
  if (!behaviourOf(behaviour).asksCertainty) return null;
  const [value] = fields(certaintyPart);
  return certainties.find((certainty) => String(certainty) === value) ?? null;
}
