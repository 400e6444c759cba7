// "What if I get …": the same rules on results that are only supposed. Nothing of it is kept.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { readNumber } from '../../questions/read-number.ts';
import { studentCredits, type StudentCredits } from '../course-credits.ts';
import type { PlanActivity } from '../plan.ts';
import type { PublishedPlan } from '../plan.store.ts';
import type { ActivityRow } from './statement.ts';
import type { ShownCredits } from './shown-credits.ts';

export type SupposedProblem = 'not-a-number' | 'out-of-range';

/** One field of the form, as it was typed. */
export interface SupposedField {
  activity: PlanActivity;
  /** Its name in the form. */
  name: string;
  typed: string;
  problem: SupposedProblem | null;
}

export interface Supposition {
  fields: readonly SupposedField[];
  /** Shares from 0 to 1, by the activity's key, of what was typed rightly. */
  shares: ReadonlyMap<string, Fraction>;
  /** Whether there is something to work out: something was typed, and all of it can be read. */
  isComplete: boolean;
}

const fields = z.record(z.string(), z.unknown()).catch({});
const text = z
  .string()
  .transform((typed) => typed.trim().slice(0, 40))
  .catch('');

/** What may be supposed: activities that count, of which the student knows no points yet. */
export function readSupposition(query: unknown, rows: readonly ActivityRow[]): Supposition {
  const given = fields.parse(query);
  const open = rows.filter(({ activity, state }) => activity.controlKey !== null && !isKnown(state));
  const read = open.map(({ activity }) => {
    const name = `if-${activity.key}`;
    const typed = text.parse(given[name]);
    return { activity, name, typed, ...readPoints(typed, activity) };
  });
  return {
    fields: read.map(({ activity, name, typed, problem }) => ({ activity, name, typed, problem })),
    shares: new Map(read.flatMap(({ activity, share }) => (share ? [[activity.key, share]] : []))),
    isComplete: read.some(({ share }) => share) && read.every(({ problem }) => problem === null),
  };
}

function isKnown(state: ActivityRow['state']): boolean {
  return state === 'scored' || state === 'excused';
}

function readPoints(typed: string, { points }: PlanActivity): Pick<SupposedField, 'problem'> & { share?: Fraction } {
  if (typed === '') return { problem: null };
  const value = readNumber(typed);
  if (!value) return { problem: 'not-a-number' };
  if (value.lt(0) || value.gt(points)) return { problem: 'out-of-range' };
  return { problem: null, share: new Fraction(points).equals(0) ? new Fraction(0) : value.div(points) };
}

/** What the student would come to with these shares in the place of what is known; all else stays as it is. */
export function suppose(
  plan: PublishedPlan,
  { results, accounts }: Pick<ShownCredits, 'results' | 'accounts'>,
  shares: ReadonlyMap<string, Fraction>,
): StudentCredits {
  const supposed = [...shares].map(([key, share]) => [key, { state: 'scored', share, source: 'supposed' }] as const);
  return studentCredits(plan, { ...results, activities: new Map([...results.activities, ...supposed]) }, accounts);
}
