// Columns, and rows of which each belongs to one of them.
import { matrix } from '../types/matrix.ts';
import { contentFields, oneOf, requiredContent } from './fields.ts';
import { filledRows, indexOfRow, questionForm } from './question-form.ts';

const gradings = ['per-row', 'all-or-nothing', 'kprim'] as const;

export const matrixForm = questionForm({
  type: matrix,
  blank: { grading: 'per-row' },
  lists: {
    columns: { least: 2, most: 10, first: 2, blank: contentFields('text', null) },
    rows: { least: 1, most: 50, first: 4, blank: { ...contentFields('text', null), right: '' } },
  },

  toForm({ columns, rows, grading }) {
    return {
      values: { grading },
      rows: {
        columns: columns.map((text) => contentFields('text', text)),
        rows: rows.map(({ text, right }) => ({ ...contentFields('text', text), right: String(right) })),
      },
    };
  },

  fromForm(form, report) {
    const columns = filledRows(form, 'columns');
    const rows = filledRows(form, 'rows');
    if (columns.length < 2) report('columns', 'too-few-rows', { count: columns.length, least: 2 });
    if (rows.length < 1) report('rows', 'too-few-rows', { count: 0, least: 1 });
    return {
      columns: columns.map(({ row, at }) => requiredContent(row, 'text', `${at}.text`, report)),
      rows: rows.map(({ row, at }) => {
        const right = indexOfRow(columns, 'columns', row.right);
        if (right === null) report(`${at}.right`, 'empty');
        return { text: requiredContent(row, 'text', `${at}.text`, report), right: right ?? 0 };
      }),
      grading: oneOf(gradings, form.values.grading),
    };
  },
});
