// Numbers that are accepted, tried from the first to the last.
import Fraction from 'fraction.js';
import { readNumber } from '../read-number.ts';
import { numeric } from '../types/numeric.ts';
import { contentFields, optionalContent, shareText, typedNumber, typedShare } from './fields.ts';
import { filledRows, questionForm, type Report } from './question-form.ts';
import type { TypedRow } from './typed-form.ts';

/** The ways in which a number is accepted, in the order offered. */
export const acceptedKinds = ['near', 'between', 'anything'] as const;

const blankRow: TypedRow = {
  kind: 'near',
  value: '',
  tolerance: '0',
  from: '',
  to: '',
  share: '',
  ...contentFields('feedback', null),
};

export const numericForm = questionForm({
  type: numeric,
  blank: {},
  lists: { answers: { least: 1, most: 100, first: 1, blank: blankRow } },

  toForm({ answers }) {
    return {
      values: {},
      rows: {
        answers: answers.map(({ accepted: { kind, ...numbers }, weight, feedback }) => ({
          ...blankRow,
          kind,
          ...numbers,
          share: new Fraction(weight).equals(1) ? '' : shareText(weight),
          ...contentFields('feedback', feedback),
        })),
      },
    };
  },

  fromForm(form, report) {
    // “Any other answer” needs nothing typed.
    const all = (form.rows.answers ?? []).map((row, place) => ({ row, at: `answers.${place}` }));
    const filled = new Set(filledRows(form, 'answers').map(({ at }) => at));
    const rows = all.filter(({ row, at }) => filled.has(at) || row.kind === 'anything');
    if (rows.length === 0) report(all.length > 0 ? 'answers.0.value' : 'answers', 'empty');
    const answers = rows.map(({ row, at }) => ({
      accepted: acceptedIn(row, at, report),
      weight: row.share?.trim() ? typedShare(row.share, `${at}.share`, report) : '1',
      feedback: optionalContent(row, 'feedback'),
    }));
    if (rows.length > 0 && !answers.some(({ weight }) => new Fraction(weight).equals(1)))
      report('answers', 'no-right-answer');
    return { answers };
  },
});

function acceptedIn(row: TypedRow, at: string, report: Report) {
  const number = (name: string) => typedNumber(row[name] ?? '', `${at}.${name}`, report);
  if (row.kind === 'anything') return { kind: 'anything' as const };
  if (row.kind === 'between') {
    const [from, to] = [number('from'), number('to')];
    const [least, most] = [readNumber(from), readNumber(to)];
    if (least && most && least.gt(most)) report(`${at}.to`, 'range-reversed', { from, to });
    return { kind: 'between' as const, from, to };
  }
  const tolerance = row.tolerance?.trim() ? number('tolerance') : '0';
  if (readNumber(tolerance)?.lt(0)) report(`${at}.tolerance`, 'negative-tolerance');
  return { kind: 'near' as const, value: number('value'), tolerance };
}
