// The class as a table: one row a student, the whole of it from what course-credits.ts knows, sorted and narrowed as a teacher likes.
import type Fraction from 'fraction.js';
import type { CourseCredits, StudentCredits } from '../course-credits.ts';
import type { EvaluatedControl } from '../evaluate.ts';
import { inForce, type CreditStanding } from '../ledger.ts';
import type { Student } from '../student.store.ts';
import { lacksOf, type Lack } from './lacks.ts';
import { comparePaces, isBehind, paceOf, type Pace } from './pace.ts';

export const sorts = ['name', 'behind'] as const;
export const shows = ['all', 'behind', 'provisional', 'changed', 'lost'] as const;
export type Sort = (typeof sorts)[number];
export type Show = (typeof shows)[number];

/** A student's row. Credits are hundredths. */
export interface ClassRow {
  personId: number;
  name: string | null;
  isActive: boolean;
  controls: readonly EvaluatedControl[];
  points: Fraction;
  maximumPoints: Fraction;
  /** Null until it is known. */
  grade: string | null;
  isPassed: boolean;
  credits: { confirmed: number; provisional: number; planned: number };
  /** Where the student's components stand, each standing once. */
  standings: ReadonlySet<CreditStanding>;
  /** How many of the awards in force rest on an older plan. */
  underOlderPlan: number;
  pace: Pace;
  lacks: readonly Lack[];
}

/**
 * Everybody's row, as many as there are students. Who left the course, and has nothing that counts, is left out.
 *
 * @param today as `2026-11-26`, where the course is
 */
export function classRows({ inForce: plan, of }: CourseCredits, students: readonly Student[], today: string) {
  return students.flatMap(({ personId, name, isActive }): ClassRow[] => {
    const credits = of(personId);
    const { evaluation, components, sums } = credits;
    if (!isActive && isEmpty(credits)) return [];
    const pace = paceOf(evaluation, plan, today);
    const { controls, points, maximumPoints, grade, isPassed } = evaluation;
    return [
      {
        ...{ personId, name, isActive, controls, points, maximumPoints, isPassed, pace },
        grade: grade?.grade ?? null,
        credits: { ...sums, planned: plan.plan.units },
        standings: new Set(components.map(({ standing }) => standing)),
        underOlderPlan: underOlderPlan(credits, plan.id),
        lacks: lacksOf(evaluation, plan.plan, pace),
      },
    ];
  });
}

function isEmpty({ evaluation, accounts }: StudentCredits): boolean {
  return accounts.size === 0 && evaluation.activities.every(({ points }) => points === null);
}

function underOlderPlan({ accounts }: StudentCredits, planId: number): number {
  return [...accounts.values()].filter((account) => {
    const award = inForce(account);
    return award?.kind === 'award' && award.planId !== planId;
  }).length;
}

/** Whether a row is among those that are asked for. */
export function isShown({ pace, standings, isActive }: ClassRow, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'behind':
      return isActive && isBehind(pace);
    case 'provisional':
    case 'changed':
    case 'lost':
      return standings.has(show);
  }
}

/** A copy in order; who left comes last either way. */
export function sortRows(rows: readonly ClassRow[], sort: Sort, language: string): ClassRow[] {
  const collator = new Intl.Collator(language);
  const byName = (one: ClassRow, other: ClassRow) => collator.compare(one.name ?? '', other.name ?? '');
  const byPace = (one: ClassRow, other: ClassRow) =>
    comparePaces(one.pace, other.pace) || one.points.compare(other.points);
  return [...rows].sort(
    (one, other) =>
      Number(other.isActive) - Number(one.isActive) || (sort === 'behind' && byPace(one, other)) || byName(one, other),
  );
}

/** The class at a glance: how many are in which rows, and the credits of all together, in hundredths. */
export interface ClassSummary {
  students: number;
  passed: number;
  counts: Record<Show, number>;
  confirmed: number;
  provisional: number;
  underOlderPlan: number;
}

export function summarise(rows: readonly ClassRow[]): ClassSummary {
  const active = rows.filter(({ isActive }) => isActive);
  const countOf = (show: Show) => rows.filter((row) => isShown(row, show)).length;
  const sum = (amount: (row: ClassRow) => number) => rows.reduce((total, row) => total + amount(row), 0);
  return {
    students: active.length,
    passed: active.filter(({ isPassed }) => isPassed).length,
    counts: {
      all: countOf('all'),
      behind: countOf('behind'),
      provisional: countOf('provisional'),
      changed: countOf('changed'),
      lost: countOf('lost'),
    },
    confirmed: sum(({ credits }) => credits.confirmed),
    provisional: sum(({ credits }) => credits.provisional),
    underOlderPlan: sum((row) => row.underOlderPlan),
  };
}
