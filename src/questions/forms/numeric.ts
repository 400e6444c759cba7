// Numbers that are accepted, tried from the first to the last.
import Fraction from 'fraction.js';
import { readNumber } from '../read-number.ts';
import { numeric } from '../types/numeric.ts';
import { contentFields, optionalContent, shareText, typedNumber, typedShare } from './fields.ts';
import { filledRows, questionForm, type Report } from './question-form.ts';
import type { TypedForm, TypedRow } from './typed-form.ts';

/** The ways in which a number is accepted, in the order offered. */
export const acceptedKinds = ['near', 'between', 'significant', 'anything'] as const;

const blankRow: TypedRow = {
  kind: 'near',
  value: '',
  tolerance: '0',
  figures: '',
  from: '',
  to: '',
  share: '',
  ...contentFields('feedback', null),
};

export const numericForm = questionForm({
  type: numeric,
  blank: { unitRule: 'optional', unitPenalty: '' },
  lists: {
    answers: { least: 1, most: 100, first: 1, blank: blankRow },
    units: { least: 0, most: 30, first: 0, blank: { unit: '', factor: '' } },
  },

  toForm({ answers, units = [], unitRule = 'optional', unitPenalty }) {
    return {
      values: { unitRule, unitPenalty: unitPenalty === undefined ? '' : shareText(unitPenalty) },
      rows: {
        units,
        answers: answers.map(({ accepted: { kind, ...numbers }, weight, feedback }) => ({
          ...blankRow,
          kind,
          ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)])),
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
    return { answers, ...unitsIn(form, report) };
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
  if (row.kind === 'significant') {
    const figures = /^([1-9]|1[0-2])$/.test(row.figures?.trim() ?? '') ? Number(row.figures) : null;
    if (figures === null) report(`${at}.figures`, 'not-figures');
    return { kind: 'significant' as const, value: number('value'), figures: figures ?? 1 };
  }
  const tolerance = row.tolerance?.trim() ? number('tolerance') : '0';
  if (readNumber(tolerance)?.lt(0)) report(`${at}.tolerance`, 'negative-tolerance');
  return { kind: 'near' as const, value: number('value'), tolerance };
}

/** The units, the first of which the author's numbers are in, and what a missing one costs; nothing without units. */
function unitsIn(form: TypedForm, report: Report) {
  const rows = filledRows(form, 'units');
  if (rows.length === 0) return {};
  const units = rows.map(({ row, at }, index) => {
    const unit = (row.unit ?? '').trim();
    if (unit === '') report(`${at}.unit`, 'empty');
    const factor = (row.factor ?? '').trim() || (index === 0 ? '1' : '');
    if (factor === '') report(`${at}.factor`, 'empty');
    return { unit, factor };
  });
  const { unitRule, unitPenalty = '' } = form.values;
  return {
    units,
    ...(unitRule === 'required' && { unitRule: 'required' as const }),
    ...(unitPenalty.trim() !== '' && { unitPenalty: typedShare(unitPenalty, 'unitPenalty', report) }),
  };
}
