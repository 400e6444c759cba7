// Of the sittings of an activity that people mark, the one that counts; and what of it the plan counts.
import Fraction from 'fraction.js';
import type { ActivityResult } from './evaluate.ts';
import type { Mark } from './mark.store.ts';
import type { CreditPolicy } from './policy.ts';

/** As much of a mark as decides what counts. */
export type SatMark = Pick<Mark, 'id' | 'sitting' | 'state' | 'points' | 'maximumPoints'>;

/**
 * What a student's marks of one activity come to. Under `best` a retake never lowers; under `last` the latest sitting counts, even one
 * that was missed. Being excused counts only where nothing was assessed.
 *
 * @param marks the last of each sitting
 */
export function countingMark(
  marks: readonly SatMark[],
  { retakes: { counting } }: Pick<CreditPolicy, 'retakes'>,
): ActivityResult {
  const sat = marks.filter(({ state }) => state !== 'empty').sort((one, other) => one.sitting - other.sitting);
  if (counting === 'last') return resultOf(sat.at(-1));
  const scored = sat.filter(({ state }) => state === 'points');
  if (scored.length === 0) return resultOf(sat.at(-1));
  return resultOf(scored.reduce((best, next) => (share(next).gt(share(best)) ? next : best)));
}

function resultOf(mark: SatMark | undefined): ActivityResult {
  switch (mark?.state) {
    case undefined:
    case 'empty':
      return { state: 'none' };
    case 'absent':
    case 'excused':
      return { state: mark.state };
    case 'points':
      return { state: 'scored', share: share(mark), source: `mark:${mark.id}` };
  }
}

/** Of the points that could be had when the mark was given, never more than all. */
function share({ points, maximumPoints }: SatMark): Fraction {
  if (!points || !maximumPoints || maximumPoints.lte(0)) return new Fraction(0);
  const is = points.div(maximumPoints);
  return is.gt(1) ? new Fraction(1) : is;
}
