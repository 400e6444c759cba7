// What of a question a format may change, given what it said it lost.
import type { LossCode } from '../../src/questions/formats/format.ts';

const contents =
  /^(text|left|generalFeedback|feedback|feedbackToTrue|feedbackToFalse|name|columns|items|categories|guidance|label|alt)$/;

/** What of a question may be another after each loss. */
const touched: Record<Exclude<LossCode, 'type'>, RegExp> = {
  name: /^name$/,
  points: /^points$/,
  grading:
    /^(grading|weight|accepted|answers|distractors|isCaseSensitive|foldsLookAlikes|expectedWords|takesText|files|rubric|guidance)$/,
  feedback: /feedback/i,
  weights: /^weight$/,
  tags: /^tags$/,
  markup: contents,
  picture: contents,
  units: /^unit(s|Rule|Penalty)$/,
  hints: /^hints$/,
  penalty: /^penalty$/,
};

/** A question, or a part of one, without all that these losses may have touched. */
export function withoutLost(value: unknown, losses: readonly LossCode[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutLost(item, losses));
  const isLost = (key: string) => losses.some((code) => code !== 'type' && touched[code].test(key));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (isLost(key) ? [] : [[key, withoutLost(member, losses)]])),
  );
}
