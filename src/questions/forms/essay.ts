// An essay asks nothing besides its text.
import { essay } from '../types/essay.ts';
import { questionForm } from './question-form.ts';

export const essayForm = questionForm({
  type: essay,
  blank: {},
  lists: {},
  toForm: () => ({ values: {}, rows: {} }),
  fromForm: () => ({}),
});
