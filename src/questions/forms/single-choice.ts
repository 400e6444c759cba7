// One right option; another may be worth a part, or cost something.
import Fraction from 'fraction.js';
import { singleChoice } from '../types/single-choice.ts';
import { contentFields, optionalContent, requiredContent, shareText, typedShare } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

export const singleChoiceForm = questionForm({
  type: singleChoice,
  blank: {},
  lists: {
    options: {
      least: 2,
      most: 100,
      first: 4,
      blank: { ...contentFields('text', null), share: '', ...contentFields('feedback', null) },
    },
  },

  toForm({ options }) {
    return {
      values: {},
      rows: {
        options: options.map(({ text, weight, feedback }) => {
          const isRight = new Fraction(weight).equals(1);
          return {
            ...contentFields('text', text),
            ...(isRight && { right: 'on' }),
            share: isRight || new Fraction(weight).equals(0) ? '' : shareText(weight),
            ...contentFields('feedback', feedback),
          };
        }),
      },
    };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'options');
    if (rows.length < 2) report('options', 'too-few-rows', { count: rows.length, least: 2 });
    const options = rows.map(({ row, at }) => ({
      text: requiredContent(row, 'text', `${at}.text`, report),
      weight: row.right ? '1' : row.share?.trim() ? typedShare(row.share, `${at}.share`, report) : '0',
      feedback: optionalContent(row, 'feedback'),
    }));
    if (!options.some(({ weight }) => new Fraction(weight).equals(1))) report('options', 'no-right-answer');
    return { options };
  },
});
