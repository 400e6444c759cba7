// Several right options. Where no share is typed, the right ones earn equal shares and each wrong one takes as much away, so that
// ticking everything never pays.
import Fraction from 'fraction.js';
import { multipleChoice, sumOfRight } from '../types/multiple-choice.ts';
import { contentFields, oneOf, optionalContent, requiredContent, shareText, typedShare } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

/** How ticked options are marked, in the order offered. */
export const multipleChoiceGradings = ['weights', 'all-or-nothing', 'right-minus-wrong'] as const;

/** What an option is worth where its author says only whether it is right. */
function plainShare(isRight: boolean, rightCount: number): Fraction {
  const share = new Fraction(1, Math.max(rightCount, 1));
  return isRight ? share : share.neg();
}

export const multipleChoiceForm = questionForm({
  type: multipleChoice,
  blank: { grading: 'weights' },
  lists: {
    options: {
      least: 2,
      most: 100,
      first: 4,
      blank: { ...contentFields('text', null), share: '', ...contentFields('feedback', null) },
    },
  },

  toForm({ options, grading = 'weights' }) {
    const rightCount = options.filter(({ weight }) => new Fraction(weight).gt(0)).length;
    return {
      values: { grading },
      rows: {
        options: options.map(({ text, weight, feedback }) => {
          const isRight = new Fraction(weight).gt(0);
          const isPlain = new Fraction(weight).equals(plainShare(isRight, rightCount));
          return {
            ...contentFields('text', text),
            ...(isRight && { right: 'on' }),
            share: isPlain ? '' : shareText(weight),
            ...contentFields('feedback', feedback),
          };
        }),
      },
    };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'options');
    if (rows.length < 2) report('options', 'too-few-rows', { count: rows.length, least: 2 });
    const rightCount = rows.filter(({ row }) => row.right).length;
    const options = rows.map(({ row, at }) => ({
      text: requiredContent(row, 'text', `${at}.text`, report),
      weight: row.share?.trim()
        ? typedShare(row.share, `${at}.share`, report)
        : plainShare(Boolean(row.right), rightCount).toFraction(),
      feedback: optionalContent(row, 'feedback'),
    }));
    if (rightCount === 0) report('options', 'no-right-answer');
    else if (sumOfRight(options).lt(1))
      report('options', 'shares-below-all', { sum: shareText(sumOfRight(options).toFraction()) });
    const grading = oneOf(multipleChoiceGradings, form.values.grading);
    if (grading !== 'weights' && rightCount === rows.length) report('options', 'all-right');
    return { options, ...(grading !== 'weights' && { grading }) };
  },
});
