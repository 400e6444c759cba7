// Items in their right order.
import { ordering } from '../types/ordering.ts';
import { orderingGradings } from '../types/ordering-share.ts';
import { contentFields, oneOf, requiredContent } from './fields.ts';
import { filledRows, questionForm } from './question-form.ts';

export const orderingForm = questionForm({
  type: ordering,
  blank: { grading: 'absolute-position' },
  lists: { items: { least: 2, most: 50, first: 4, blank: contentFields('text', null) } },

  toForm({ items, grading }) {
    return { values: { grading }, rows: { items: items.map((text) => contentFields('text', text)) } };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'items');
    if (rows.length < 2) report('items', 'too-few-rows', { count: rows.length, least: 2 });
    const items = rows.map(({ row, at }) => requiredContent(row, 'text', `${at}.text`, report));
    rows.forEach(({ at }, index) => {
      const isTwice = items.findIndex(({ source }) => source === items[index]?.source) < index;
      if (isTwice) report(`${at}.text`, 'twice');
    });
    return { items, grading: oneOf(orderingGradings, form.values.grading) };
  },
});
