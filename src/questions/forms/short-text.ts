// Texts that are accepted, tried from the first to the last.
import Fraction from 'fraction.js';
import { shortText } from '../types/short-text.ts';
import { contentFields, optionalContent, shareText, typedShare } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

const longestPattern = 200;

export const shortTextForm = questionForm({
  type: shortText,
  blank: {},
  lists: {
    answers: { least: 1, most: 100, first: 1, blank: { pattern: '', share: '', ...contentFields('feedback', null) } },
  },

  toForm({ answers, isCaseSensitive, foldsLookAlikes }) {
    return {
      values: { ...(isCaseSensitive && { isCaseSensitive: 'on' }), ...(foldsLookAlikes && { foldsLookAlikes: 'on' }) },
      rows: {
        answers: answers.map(({ pattern, weight, feedback }) => ({
          pattern,
          share: new Fraction(weight).equals(1) ? '' : shareText(weight),
          ...contentFields('feedback', feedback),
        })),
      },
    };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'answers');
    if (rows.length === 0) report('answers.0.pattern', 'empty');
    const answers = rows.map(({ row, at }) => {
      const pattern = (row.pattern ?? '').trim();
      if (pattern === '') report(`${at}.pattern`, 'empty');
      if (pattern.length > longestPattern) report(`${at}.pattern`, 'too-long', { most: longestPattern });
      const weight = row.share?.trim() ? typedShare(row.share, `${at}.share`, report) : '1';
      return { pattern, weight, feedback: optionalContent(row, 'feedback') };
    });
    if (rows.length > 0 && !answers.some(({ weight }) => new Fraction(weight).equals(1)))
      report('answers', 'no-right-answer');
    return {
      answers,
      ...(form.values.isCaseSensitive && { isCaseSensitive: true }),
      ...(form.values.foldsLookAlikes && { foldsLookAlikes: true }),
    };
  },
});
