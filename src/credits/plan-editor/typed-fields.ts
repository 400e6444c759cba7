// The kinds of fields that the forms of a plan and of its rules have. What cannot be read is reported and stands for nothing.
import { oneOf } from '../../questions/forms/fields.ts';
import { readPoints } from '../../questions/forms/question-in-form.ts';
import type { TypedRow } from '../../questions/forms/typed-form.ts';
import { readNumber } from '../../questions/read-number.ts';
import type { PlanControl } from '../plan.ts';
import { percentSchema } from '../policy.ts';

/** Why something typed says nothing. Each has a message under `credits.plan.faults`. */
export type FaultCode =
  | 'empty'
  | 'too-long'
  | 'not-credits'
  | 'not-whole'
  | 'not-points'
  | 'not-percent'
  | 'not-workload'
  | 'not-a-year'
  | 'not-a-day'
  | 'none'
  | 'rubric-shape'
  | 'rubric-best'
  | 'hours-out-of-order'
  | 'contact-out-of-order'
  | 'bands-out-of-order'
  | 'controls-total'
  | 'not-storable';

/** One field that cannot be read; `params` are for its message. */
export interface Fault {
  /** `units`, `modules.2.dueOn`, or a list, `modules`. */
  field: string;
  code: FaultCode;
  params: Readonly<Record<string, number>>;
}

/** Says that a field is at fault; reading goes on, so that everything is told at once. */
export type Report = (field: string, code: FaultCode, params?: Fault['params']) => void;

/** A row of the list of controls, whose fields both forms have alike. */
export function controlIn(row: TypedRow, at: string, report: Report): PlanControl {
  return {
    key: row.key ?? '',
    kind: oneOf(['current', 'midterm', 'independent', 'final'], row.kind),
    title: textIn(row, 'title', { at: `${at}.title`, most: 255 }, report),
    points: pointsIn(row.points ?? '', `${at}.points`, report),
    minimumPercent: percentIn(row.minimumPercent ?? '', `${at}.minimumPercent`, report),
    sheetColumn: oneOf(['JN', 'ON', 'YN'], row.sheetColumn),
  };
}

/** A text without spaces at its ends. */
export function textIn(
  row: TypedRow,
  name: string,
  { at, most, mayBeEmpty = false }: { at: string; most: number; mayBeEmpty?: boolean },
  report: Report,
): string {
  const text = (row[name] ?? '').trim();
  if (text === '' && !mayBeEmpty) report(at, 'empty');
  if (text.length > most) report(at, 'too-long', { most });
  return text;
}

/** A whole number; 0 where none can be read. */
export function wholeIn(
  row: TypedRow,
  name: string,
  { at, least, most }: { at: string; least: number; most: number },
  report: Report,
): number {
  const read = readNumber(row[name] ?? '')?.valueOf();
  if (read !== undefined && Number.isInteger(read) && read >= least && read <= most) return read;
  report(at, 'not-whole', { least, most });
  return 0;
}

/** Nothing typed is no points. */
export function pointsIn(typed: string, at: string, report: Report): string {
  const points = typed.trim() === '' ? '0' : readPoints(typed);
  if (points === null) report(at, 'not-points');
  return points ?? '0';
}

/** A share in percent, with or without its sign; nothing typed is 0. */
export function percentIn(typed: string, at: string, report: Report): string {
  const text = typed.trim().replace(/\s*%$/, '').replace(',', '.');
  const percent = text === '' ? '0' : percentSchema.safeParse(text).data;
  if (percent === undefined) report(at, 'not-percent');
  return percent ?? '0';
}
