// Formulas that are accepted, and the letters that may stand in them.
import Fraction from 'fraction.js';
import { readNumber } from '../read-number.ts';
import { formula } from '../types/formula.ts';
import { contentFields, optionalContent, shareText, typedNumber, typedShare } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

export const formulaForm = questionForm({
  type: formula,
  blank: { tolerance: '0.000001' },
  lists: {
    answers: {
      least: 1,
      most: 100,
      first: 1,
      blank: { expression: '', share: '', ...contentFields('feedback', null) },
    },
    variables: { least: 0, most: 10, first: 1, blank: { name: '', from: '', to: '' } },
  },

  toForm({ variables, answers, tolerance }) {
    return {
      values: { tolerance },
      rows: {
        variables,
        answers: answers.map(({ expression, weight, feedback }) => ({
          expression,
          share: new Fraction(weight).equals(1) ? '' : shareText(weight),
          ...contentFields('feedback', feedback),
        })),
      },
    };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'answers');
    if (rows.length === 0) report('answers.0.expression', 'empty');
    const answers = rows.map(({ row, at }) => {
      const expression = (row.expression ?? '').trim();
      if (expression === '') report(`${at}.expression`, 'empty');
      const weight = row.share?.trim() ? typedShare(row.share, `${at}.share`, report) : '1';
      return { expression, weight, feedback: optionalContent(row, 'feedback') };
    });
    if (rows.length > 0 && !answers.some(({ weight }) => new Fraction(weight).equals(1)))
      report('answers', 'no-right-answer');
    const variables = filledRows(form, 'variables').map(({ row, at }) => {
      const name = (row.name ?? '').trim();
      if (name === '') report(`${at}.name`, 'empty');
      const from = typedNumber(row.from ?? '', `${at}.from`, report);
      const to = typedNumber(row.to ?? '', `${at}.to`, report);
      const [least, most] = [readNumber(from), readNumber(to)];
      if (least && most && least.gt(most)) report(`${at}.to`, 'range-reversed', { from, to });
      return { name, from, to };
    });
    return { variables, answers, tolerance: typedNumber(form.values.tolerance ?? '', 'tolerance', report) };
  },
});
