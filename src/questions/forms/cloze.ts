// A text with gaps: a row for each gap, the first for `[[1]]`. A gap that lines of answers cannot say, such as one with units, stays
// as it came.
import { pointsSchema } from '../exact.ts';
import { renderContent } from '../content.ts';
import { gapsIn } from '../markup/gaps.ts';
import { cloze, gapSchema, type ClozeGap } from '../types/cloze.ts';
import { contentIn, oneOf } from './fields.ts';
import { flagsOf, gapOfLines, linesOfGap } from './gap-lines.ts';
import { filledRows, questionForm, type Report } from './question-form.ts';
import type { TypedForm, TypedRow } from './typed-form.ts';

export const gapKinds = ['text', 'number', 'choice'] as const;
export const gapLayouts = ['menu', 'vertical', 'horizontal'] as const;

const blank: TypedRow = { answers: '', kind: 'text', points: '1', layout: 'menu' };

export const clozeForm = questionForm({
  type: cloze,
  blank: {},
  lists: { gaps: { least: 1, most: 50, first: 2, blank } },

  toForm({ gaps }) {
    return { values: {}, rows: { gaps: gaps.map(rowOf) } };
  },

  fromForm(form, report) {
    const rows = filledRows(form, 'gaps');
    if (rows.length === 0) report('gaps', 'too-few-rows', { count: 0, least: 1 });
    else checkText(form, rows.length, report);
    return { gaps: rows.map(({ row, at }) => gapIn(row, at, report)) };
  },
});

function rowOf(gap: ClozeGap): TypedRow {
  const { kind, points } = gap;
  const lines = linesOfGap(gap);
  return {
    ...blank,
    kind,
    points,
    answers: lines ?? '',
    ...(lines === null && { kept: JSON.stringify(gap) }),
    ...(gap.kind === 'choice' && { layout: gap.layout }),
    ...(gap.kind === 'text' && lines !== null && ticked(flagsOf(gap.details))),
  };
}

function ticked(flags: Readonly<Record<string, boolean>>): TypedRow {
  return Object.fromEntries(Object.keys(flags).map((name) => [name, 'on']));
}

function gapIn(row: TypedRow, at: string, report: Report): ClozeGap {
  const points = pointsIn(row.points ?? '', `${at}.points`, report);
  const kept = row.kept !== undefined && row.answers?.trim() === '' ? keptGap(row.kept) : null;
  if (kept) return { ...kept, points };
  const read = gapOfLines(oneOf(gapKinds, row.kind), row.answers ?? '', `${at}.answers`, report);
  const flags = { isCaseSensitive: Boolean(row.isCaseSensitive), foldsLookAlikes: Boolean(row.foldsLookAlikes) };
  switch (read.kind) {
    case 'text':
      return { points, kind: 'text', details: { ...read.details, ...flagsOf(flags) } };
    case 'number':
      return { points, kind: 'number', details: read.details };
    case 'choice':
      return { points, kind: 'choice', layout: oneOf(gapLayouts, row.layout), details: read.details };
  }
}

function pointsIn(typed: string, field: string, report: Report): string {
  const points = pointsSchema.safeParse((typed.trim() || '1').replace(',', '.')).data ?? null;
  if (points === null || /^0*(\.0*)?$/.test(points)) report(field, 'not-points');
  return points ?? '1';
}

function keptGap(json: string): ClozeGap | null {
  try {
    return gapSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** Says which gaps the text leaves out, and which it names and are not there. */
function checkText({ values }: TypedForm, count: number, report: Report): void {
  const named = gapsIn(renderContent(contentIn(values, 'text')));
  for (let number = 1; number <= count; number += 1) {
    const times = named.filter((one) => one === number).length;
    if (times === 0) report('text', 'gap-missing', { gap: `[[${number}]]` });
    if (times > 1) report('text', 'gap-twice', { gap: `[[${number}]]` });
  }
  for (const number of new Set(named.filter((one) => one < 1 || one > count)))
    report('text', 'gap-unknown', { gap: `[[${number}]]` });
}
