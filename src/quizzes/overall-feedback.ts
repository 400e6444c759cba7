// What a teacher says to a whole attempt, by the band that its grade falls into.
import Fraction from 'fraction.js';
import { z } from 'zod';

export const mostBands = 10;
export const mostBandText = 2000;

/** Each band reaches up to the next one; the highest first, no two from the same percentage. */
export const overallFeedbackSchema = z
  .array(
    z.strictObject({
      /** The least percentage of the points, 0 to 100, with at most two decimals. */
      fromPercent: z.number().min(0).max(100),
      text: z.string().min(1).max(mostBandText),
    }),
  )
  .max(mostBands);
export type OverallFeedback = z.infer<typeof overallFeedbackSchema>;

/**
 * The text for an attempt; null where it has no points to give or no band reaches down to it.
 *
 * @param score exact
 */
export function feedbackFor(
  bands: OverallFeedback,
  { points, maximumPoints }: { points: Fraction; maximumPoints: Fraction },
): string | null {
  if (maximumPoints.equals(0)) return null;
  const reached = (percent: number) => points.mul(100).gte(maximumPoints.mul(new Fraction(String(percent))));
  const fitting = bands.filter(({ fromPercent }) => reached(fromPercent));
  const [first, ...rest] = fitting;
  if (!first) return null;
  return rest.reduce((best, next) => (next.fromPercent > best.fromPercent ? next : best), first).text;
}
