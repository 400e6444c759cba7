// Every form there is, in the order in which a teacher is offered them. A type without a line here can still be imported, and its
// name, text and points can be changed; what is its own stays as it came.
import { commonLists } from './common-lists.ts';
import { categoriseForm } from './categorise.ts';
import { clozeForm } from './cloze.ts';
import { descriptionForm } from './description.ts';
import { essayForm } from './essay.ts';
import { formulaForm } from './formula.ts';
import { hotspotForm } from './hotspot.ts';
import { matchingForm } from './matching.ts';
import { matrixForm } from './matrix.ts';
import { multipleChoiceForm } from './multiple-choice.ts';
import { numericForm } from './numeric.ts';
import { orderingForm } from './ordering.ts';
import type { FormList, QuestionForm } from './question-form.ts';
import { shortTextForm } from './short-text.ts';
import { singleChoiceForm } from './single-choice.ts';
import { trueFalseForm } from './true-false.ts';

export const questionForms = [
  singleChoiceForm,
  multipleChoiceForm,
  trueFalseForm,
  numericForm,
  shortTextForm,
  clozeForm,
  formulaForm,
  matchingForm,
  matrixForm,
  orderingForm,
  categoriseForm,
  hotspotForm,
  essayForm,
  descriptionForm,
] as const;

/** The form of a type, with the link between the two forgotten; null for a type that has none. */
export function formOf(type: string): QuestionForm | null {
  const forms: readonly QuestionForm[] = questionForms;
  return forms.find((form) => form.type.name === type) ?? null;
}

/** A list of rows in the form of a type: its own, or one that all have; null if there is none of that name. */
export function listOf(type: string, name: string): FormList | null {
  return formOf(type)?.lists[name] ?? commonLists[name] ?? null;
}
