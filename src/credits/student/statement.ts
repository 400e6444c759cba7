// A student's page in words and rows: what stands, what is still needed and by when, and where each credit comes from.
import type Fraction from 'fraction.js';
import { dueFor } from '../../courses/accommodation.ts';
import { momentAt } from '../../i18n/local-time.ts';
import type { ComponentCredits } from '../course-credits.ts';
import type { ActivityResult, EvaluatedActivity, Missing } from '../evaluate.ts';
import { groupBy } from '../group-by.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { Mark } from '../mark.store.ts';
import { componentsOf, wholeCourse, type PlanModule } from '../plan.ts';
import type { PublishedPlan } from '../plan.store.ts';
import type { OwnCredits } from './own-credits.ts';

/** Until when; `isOwn`: later than for everybody; `isPast`: it is over. */
export interface Due {
  at: Date;
  isOwn: boolean;
  isPast: boolean;
}

/** One activity. `hidden`: assessed, and its points may not be seen yet. */
export interface ActivityRow extends EvaluatedActivity {
  state: ActivityResult['state'] | 'hidden';
  due: Due | null;
  /** What people entered for it, by sitting; none of a quiz. */
  marks: readonly Mark[];
}

export interface ModuleRow {
  module: PlanModule;
  due: Due | null;
  activities: readonly ActivityRow[];
}

/** One thing that is still needed. `points` as `Missing`; `due`: of the next activity of the component by which it can be had. */
export interface Need {
  code: Missing['code'] | 'result-hidden';
  /** Of the activity or control. */
  title: string;
  points: Fraction | null;
  leastPercent: string | null;
  due: Due | null;
}

export interface ComponentNeeds {
  component: ComponentCredits;
  needs: readonly Need[];
}

export interface Statement {
  modules: readonly ModuleRow[];
  /** Components that nobody has been given yet and whose rule is not met, the next one first. */
  toEarn: readonly ComponentNeeds[];
  /** In hundredths of a credit; together with what is confirmed and provisional, all that the plan has. */
  openUnits: number;
  /** Activities whose points are not shown yet. */
  hidden: readonly ActivityRow[];
  /** Every entry on the student's accounts, newest first. */
  history: readonly NamedEntry[];
  /** Reversals after which nothing was given on that account. */
  takenBack: readonly NamedEntry[];
}

/** A ledger entry with the title of what it is about; empty where the course itself has none. */
export interface NamedEntry {
  entry: LedgerEntry;
  title: string;
}

/**
 * Puts a student's credits into rows.
 *
 * @param of.earlier plans under which entries were made, by key
 * @param of.timeZone in which the plan's days end
 * @param of.now when it is read
 */
export function statementOf(
  { inForce, credits, marks, places, accommodation }: OwnCredits,
  { earlier, timeZone, now }: { earlier: ReadonlyMap<number, PublishedPlan>; timeZone: string; now: Date },
): Statement {
  const { plan } = inForce;
  const { evaluation, components, accounts, hidden } = credits;
  const dueAt = (at: Date, isOwn: boolean): Due => ({ at, isOwn, isPast: at < now });
  const marksOf = groupBy(marks, ({ activityKey }) => activityKey);
  const endOf = (day: string | null): Due | null => {
    const at = day === null ? null : momentAt(`${day}T23:59`, timeZone);
    const own = dueFor(at, null, accommodation);
    return own && dueAt(own, own.getTime() !== at?.getTime());
  };
  const moduleDays = new Map(plan.modules.map(({ key, dueOn }) => [key, dueOn]));
  const rows = evaluation.activities.map((evaluated): ActivityRow => {
    const { key, dueOn, moduleKey, placementId } = evaluated.activity;
    const place = placementId === null ? undefined : places.get(placementId);
    const due = place?.dueAt ? dueAt(place.dueAt, place.isOwnDue) : endOf(dueOn ?? moduleDays.get(moduleKey) ?? null);
    const sat = (marksOf.get(key) ?? []).filter(({ state }) => state !== 'empty');
    const state = hidden.has(key) ? 'hidden' : evaluated.result.state;
    return { ...evaluated, state, points: state === 'hidden' ? null : evaluated.points, due, marks: sat };
  });
  const history = [...accounts].flatMap(([key, account]) =>
    account.map((entry): NamedEntry => ({ entry, title: titleOf(key, earlier.get(entry.planId) ?? inForce) })),
  );
  const last = new Set([...accounts.values()].flatMap((account) => account.at(-1)?.id ?? []));
  return {
    modules: plan.modules.map((module) => ({
      module,
      due: endOf(module.dueOn),
      activities: rows.filter(({ activity }) => activity.moduleKey === module.key),
    })),
    toEarn: components
      .filter(({ standing }) => standing === 'not-yet')
      .map((component) => {
        const part = rows.filter(({ activity: { moduleKey } }) => [wholeCourse, moduleKey].includes(component.key));
        return { component, needs: component.missing.map((missing) => needOf(missing, plan, part)) };
      }),
    openUnits: components.reduce(
      (sum, { standing, units }) => sum + (['not-yet', 'held'].includes(standing) ? units : 0),
      0,
    ),
    hidden: rows.filter(({ state }) => state === 'hidden'),
    history: history.sort((one, other) => other.entry.id - one.entry.id),
    takenBack: history.filter(({ entry }) => entry.kind === 'reversal' && last.has(entry.id)),
  };
}

function titleOf(key: string, { plan, title }: PublishedPlan): string {
  return componentsOf(plan, title).find((component) => component.key === key)?.title ?? '';
}

function needOf(missing: Missing, { controls }: PublishedPlan['plan'], rows: readonly ActivityRow[]): Need {
  const need = { code: missing.code, title: '', points: null, leastPercent: null, due: null };
  switch (missing.code) {
    case 'activity': {
      const row = rows.find(({ activity }) => activity.key === missing.key);
      const code = row?.state === 'hidden' ? 'result-hidden' : missing.code;
      const { leastPercent } = missing;
      return { ...need, code, leastPercent, title: row?.activity.title ?? '', due: row?.due ?? null };
    }
    case 'control': {
      const title = controls.find(({ key }) => key === missing.key)?.title ?? '';
      const due = nextDue(rows.filter(({ activity }) => activity.controlKey === missing.key));
      return { ...need, title, points: missing.points, due };
    }
    case 'admission': {
      const before = controls.filter(({ kind }) => kind !== 'final').map(({ key }) => key);
      const due = nextDue(rows.filter(({ activity: { controlKey } }) => before.some((key) => key === controlKey)));
      return { ...need, points: missing.points, due };
    }
    case 'total':
      return { ...need, points: missing.points, due: nextDue(rows.filter(({ activity }) => activity.controlKey)) };
    case 'attendance':
      return need;
  }
}

/** The date of the next thing that can still be done in time, or the last that is over; null where nothing has a date. */
function nextDue(rows: readonly ActivityRow[]): Due | null {
  const dates = rows
    .filter(({ state }) => state === 'none')
    .flatMap(({ due }) => due ?? [])
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  return dates.find(({ isPast }) => !isPast) ?? dates.at(-1) ?? null;
}
