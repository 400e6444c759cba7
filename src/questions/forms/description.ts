// A text between questions is all text.
import { description } from '../types/description.ts';
import { questionForm } from './question-form.ts';

export const descriptionForm = questionForm({
  type: description,
  blank: {},
  lists: {},
  toForm: () => ({ values: {}, rows: {} }),
  fromForm: () => ({}),
});
