// The grid of marks: which columns a plan has for it, and how much of them stands on one page.
import Fraction from 'fraction.js';
import { countsHours, markMaximum, sittingsOf } from '../enter-marks.ts';
import type { Mark } from '../mark.store.ts';
import { attendance, type CreditPlan } from '../plan.ts';
import type { PublishedPlan } from '../plan.store.ts';

/** One column: an activity, or a retake of one. */
export interface MarkColumn {
  /** Of the activity, or `attendance`. */
  key: string;
  sitting: number;
  /** Empty for missed hours. */
  title: string;
  moduleKey: string | null;
  controlKey: string | null;
  /** What is typed there; nothing of a quiz, which is marked by itself. */
  entry: 'points' | 'hours' | null;
  maximumPoints: Fraction;
}

/** Of which activities a page shows the marks. */
export type GridScope = { kind: 'all' } | { kind: 'control' | 'module' | 'activity'; key: string };

/** So many cells a browser shows and a form sends without anybody waiting for it. */
export const mostCells = 4000;
const fewestRows = 25;

type RulesAndPlan = Pick<PublishedPlan, 'plan' | 'policy'>;

/**
 * All columns in the order of the plan, missed hours last.
 *
 * @param marks those that were entered: a retake has a column once anybody was marked in the sitting before it
 */
export function columnsOf(
  of: RulesAndPlan,
  marks: readonly Pick<Mark, 'activityKey' | 'sitting' | 'state'>[],
): MarkColumn[] {
  const last = new Map<string, number>();
  for (const { activityKey, sitting, state } of marks)
    if (state !== 'empty') last.set(activityKey, Math.max(sitting, last.get(activityKey) ?? 0));
  const columns = of.plan.activities.flatMap((activity): MarkColumn[] => {
    const { key, title, moduleKey, controlKey, points } = activity;
    const column = { key, title, moduleKey, controlKey };
    if (activity.form === 'quiz') return [{ ...column, sitting: 1, entry: null, maximumPoints: new Fraction(points) }];
    const shown = Math.min(sittingsOf(key, of), (last.get(key) ?? 0) + 1);
    return Array.from({ length: shown }, (_, index) => ({
      ...{ ...column, sitting: index + 1, entry: 'points' as const },
      maximumPoints: markMaximum(activity),
    }));
  });
  return countsHours(of) ? [...columns, hoursColumn(of.plan)] : columns;
}

function hoursColumn({ contactHours }: CreditPlan): MarkColumn {
  const maximumPoints = new Fraction(contactHours);
  return { key: attendance, sitting: 1, title: '', moduleKey: null, controlKey: null, entry: 'hours', maximumPoints };
}

/** The columns that a page with this scope shows. */
export function columnsIn(columns: readonly MarkColumn[], scope: GridScope): MarkColumn[] {
  switch (scope.kind) {
    case 'all':
      return [...columns];
    case 'control':
      return columns.filter(({ controlKey }) => controlKey === scope.key);
    case 'module':
      return columns.filter(({ moduleKey }) => moduleKey === scope.key);
    case 'activity':
      return columns.filter(({ key }) => key === scope.key);
  }
}

/** What there is to choose from, besides everything: what has anything to be entered in it. */
export function scopesOf({ controls, modules }: CreditPlan, columns: readonly MarkColumn[]) {
  const isEntered = (scope: GridScope) => columnsIn(columns, scope).some(({ entry }) => entry !== null);
  return {
    controls: controls.filter(({ key }) => isEntered({ kind: 'control', key })),
    modules: modules.filter(({ key }) => isEntered({ kind: 'module', key })),
    activities: columns.filter(({ entry, sitting }) => entry !== null && sitting === 1),
  };
}

/** Where nobody has chosen: everything, or the first control where that would be too much for a page. */
export function usualScope(plan: CreditPlan, columns: readonly MarkColumn[], studentCount: number): GridScope {
  if (columns.length * studentCount <= mostCells) return { kind: 'all' };
  const [first] = scopesOf(plan, columns).controls;
  return first ? { kind: 'control', key: first.key } : { kind: 'all' };
}

/** How many students stand on a page of so many columns. */
export function rowsOnPage(columnCount: number): number {
  return Math.max(fewestRows, Math.floor(mostCells / Math.max(1, columnCount)));
}
