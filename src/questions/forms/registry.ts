// Every form there is, in the order in which a teacher is offered them. A type without a line here can still be imported, and its
// name, text and points can be changed; what is its own stays as it came.
import { descriptionForm } from './description.ts';
import { essayForm } from './essay.ts';
import { matchingForm } from './matching.ts';
import { multipleChoiceForm } from './multiple-choice.ts';
import { numericForm } from './numeric.ts';
import type { QuestionForm } from './question-form.ts';
import { shortTextForm } from './short-text.ts';
import { singleChoiceForm } from './single-choice.ts';
import { trueFalseForm } from './true-false.ts';

export const questionForms = [
  singleChoiceForm,
  multipleChoiceForm,
  trueFalseForm,
  numericForm,
  shortTextForm,
  matchingForm,
  essayForm,
  descriptionForm,
] as const;

/** The form of a type, with the link between the two forgotten; null for a type that has none. */
export function formOf(type: string): QuestionForm | null {
  const forms: readonly QuestionForm[] = questionForms;
  return forms.find((form) => form.type.name === type) ?? null;
}
