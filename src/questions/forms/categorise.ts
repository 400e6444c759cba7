// Categories, and items that belong to one of them or to none.
import { categorise } from '../types/categorise.ts';
import { contentFields, oneOf, requiredContent } from './fields.ts';
import { filledRows, indexOfRow, questionForm } from './question-form.ts';

const gradings = ['per-item', 'all-or-nothing'] as const;

export const categoriseForm = questionForm({
  type: categorise,
  blank: { grading: 'per-item' },
  lists: {
    categories: { least: 2, most: 20, first: 2, blank: contentFields('text', null) },
    items: { least: 2, most: 100, first: 4, blank: { ...contentFields('text', null), category: '' } },
  },

  toForm({ categories, items, grading }) {
    return {
      values: { grading },
      rows: {
        categories: categories.map((text) => contentFields('text', text)),
        items: items.map(({ text, category }) => ({
          ...contentFields('text', text),
          category: category === null ? '' : String(category),
        })),
      },
    };
  },

  fromForm(form, report) {
    const categories = filledRows(form, 'categories');
    const items = filledRows(form, 'items');
    if (categories.length < 2) report('categories', 'too-few-rows', { count: categories.length, least: 2 });
    if (items.length < 2) report('items', 'too-few-rows', { count: items.length, least: 2 });
    return {
      categories: categories.map(({ row, at }) => requiredContent(row, 'text', `${at}.text`, report)),
      items: items.map(({ row, at }) => ({
        text: requiredContent(row, 'text', `${at}.text`, report),
        category: indexOfRow(categories, 'categories', row.category),
      })),
      grading: oneOf(gradings, form.values.grading),
    };
  },
});
