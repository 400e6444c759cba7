// A statement, whether it is true, and what is said to either answer.
import { trueFalse } from '../types/true-false.ts';
import { contentFields, optionalContent } from './fields.ts';
import { questionForm } from './question-form.ts';

export const trueFalseForm = questionForm({
  type: trueFalse,
  blank: { isTrue: 'true', ...contentFields('feedbackToTrue', null), ...contentFields('feedbackToFalse', null) },
  lists: {},

  toForm({ isTrue, feedbackToTrue, feedbackToFalse }) {
    return {
      values: {
        isTrue: String(isTrue),
        ...contentFields('feedbackToTrue', feedbackToTrue),
        ...contentFields('feedbackToFalse', feedbackToFalse),
      },
      rows: {},
    };
  },

  fromForm({ values }) {
    return {
      isTrue: values.isTrue !== 'false',
      feedbackToTrue: optionalContent(values, 'feedbackToTrue'),
      feedbackToFalse: optionalContent(values, 'feedbackToFalse'),
    };
  },
});
