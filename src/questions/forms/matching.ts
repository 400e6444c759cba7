// Pairs, and right sides that belong to none.
import { matching } from '../types/matching.ts';
import { contentFields, requiredContent } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

const longestSide = 1000;

export const matchingForm = questionForm({
  type: matching,
  blank: {},
  lists: {
    pairs: { least: 2, most: 50, first: 3, blank: { ...contentFields('left', null), right: '' } },
    distractors: { least: 0, most: 50, first: 0, blank: { text: '' } },
  },

  toForm({ pairs, distractors }) {
    return {
      values: {},
      rows: {
        pairs: pairs.map(({ left, right }) => ({ ...contentFields('left', left), right })),
        distractors: distractors.map((text) => ({ text })),
      },
    };
  },

  fromForm(form, report) {
    const side = (typed: string | undefined, field: string) => {
      const text = (typed ?? '').trim();
      if (text === '') report(field, 'empty');
      if (text.length > longestSide) report(field, 'too-long', { most: longestSide });
      return text;
    };
    const rows = filledRows(form, 'pairs');
    if (rows.length < 2) report('pairs', 'too-few-rows', { count: rows.length, least: 2 });
    return {
      pairs: rows.map(({ row, at }) => ({
        left: requiredContent(row, 'left', `${at}.left`, report),
        right: side(row.right, `${at}.right`),
      })),
      distractors: filledRows(form, 'distractors').map(({ row, at }) => side(row.text, `${at}.text`)),
    };
  },
});
