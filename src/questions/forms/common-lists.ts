// The lists that every question has, whatever its type: hints after wrong tries, and variables of which each attempt has its own
// numbers.
import { contentFields, optionalContent, shareText, typedNumber, typedShare } from './fields.ts';
import type { Question } from '../question.ts';
import type { Variables } from '../variables.ts';
import { filledRows, type FormList, type Report } from './question-form.ts';
import type { TypedForm } from './typed-form.ts';

export const commonLists: Readonly<Record<string, FormList>> = {
  hints: { least: 0, most: 20, first: 0, blank: contentFields('text', null) },
  parameters: { least: 0, most: 30, first: 0, blank: { name: '', from: '', to: '', step: '', expression: '' } },
};

/** What stands in them, and in the field of the penalty. */
export function commonToForm({ hints = [], penalty, variables = [] }: Question): TypedForm {
  return {
    values: { penalty: penalty === undefined ? '' : shareText(penalty) },
    rows: {
      hints: hints.map(({ text }) => contentFields('text', text)),
      parameters: variables.map((one) => ({ from: '', to: '', step: '', expression: '', ...one })),
    },
  };
}

/** What was typed there; members that say nothing are left out. */
export function commonFromForm(
  form: TypedForm,
  report: Report,
): { hints?: NonNullable<Question['hints']>; penalty?: string; variables?: Variables } {
  const hints = filledRows(form, 'hints').flatMap(({ row }) => {
    const text = optionalContent(row, 'text');
    return text ? [{ text }] : [];
  });
  const variables = filledRows(form, 'parameters').map(({ row, at }): Variables[number] => {
    const name = (row.name ?? '').trim();
    if (name === '') report(`${at}.name`, 'empty');
    const expression = (row.expression ?? '').trim();
    if (expression !== '') return { name, expression };
    const number = (field: string, usual = '') => typedNumber(row[field]?.trim() || usual, `${at}.${field}`, report);
    return { name, from: number('from'), to: number('to'), step: number('step', '1') };
  });
  const typed = form.values.penalty?.trim() ?? '';
  return {
    ...(hints.length > 0 && { hints }),
    ...(typed !== '' && { penalty: typedShare(typed, 'penalty', report) }),
    ...(variables.length > 0 && { variables }),
  };
}
