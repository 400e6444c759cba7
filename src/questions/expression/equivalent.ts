// Whether two expressions are the same, told by their values at points drawn from a seed: the same points in every process.
import { seededNumbers } from '../shuffle.ts';
import { evaluate } from './expression.ts';
import type { Expression, Values } from './expression.ts';

/** Where a variable lies. */
export type Range = { name: string; from: number; to: number };

const wanted = 20;
const attempts = 400;

// What two ways to compute one value may differ by, as a share of it …
const leastTolerance = 1e-9;
// … and, where nearly equal numbers were subtracted, as a share of the largest number on the way.
const rounding = 1e-13;

/**
 * Points at which an expression has a value: 20, or as many as 400 draws give. Where it has none, such as at negative x under a root,
 * nobody is asked for one.
 *
 * @returns values by name; empty if the expression has a value nowhere
 */
export function probes(expression: Expression, ranges: readonly Range[]): Values[] {
  const numbers = seededNumbers(JSON.stringify([expression, ranges]));
  const points: Values[] = [];
  for (let drawn = 0; drawn < attempts && points.length < wanted; drawn += 1) {
    const values = new Map(ranges.map(({ name, from, to }) => [name, from + (to - from) * numbers.next().value]));
    if (Number.isFinite(evaluate(expression, values).value)) points.push(values);
  }
  return points;
}

/**
 * Whether another expression has the values of this one wherever this one has any.
 *
 * @param tolerance relative: how far from a value another may be, as a share of it. What large numbers on the way to a small value
 *                  leave of it is allowed for, up to a billionth of this expression's largest value: so nobody can hide a
 *                  difference behind `10^30 - 10^30`
 */
export function isEquivalent(
  expression: Expression,
  other: Expression,
  ranges: readonly Range[],
  tolerance: number,
): boolean {
  const points = probes(expression, ranges).map((at) => ({ at, ...evaluate(expression, at) }));
  const largest = Math.max(0, ...points.map(({ value }) => Math.abs(value)));
  const share = Math.max(tolerance, leastTolerance);
  // What is 0 everywhere has no scale of its own.
  const most = leastTolerance * (largest === 0 ? 1 : largest);
  return (
    points.length > 0 &&
    points.every(({ at, value, scale }) => {
      const its = evaluate(other, at);
      const allowed = Math.min(most, rounding * Math.max(scale, its.scale));
      return Math.abs(its.value - value) <= Math.max(Math.abs(value) * share, allowed);
    })
  );
}
