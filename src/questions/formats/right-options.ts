// Options that are right or wrong and nothing between, as the simpler formats have them.
import Fraction from 'fraction.js';
import type { Content } from '../content.ts';
import type { Question } from '../question.ts';

export type MarkedOption = { text: Content; isRight: boolean };

type Choice = Extract<Question, { type: 'single-choice' | 'multiple-choice' }>;

/**
 * One option out of several if one is right, else any number of them. Several right ones share 1 equally, and each wrong one takes
 * away as much, or more if there are fewer wrong ones than right ones; so ticking everything never earns anything.
 *
 * @param options at least one of them right
 */
export function choiceAmong(options: readonly MarkedOption[]): Pick<Choice, 'type' | 'details'> {
  const count = options.filter(({ isRight }) => isRight).length;
  const right = count === 1 ? '1' : `1/${count}`;
  const wrong = count === 1 ? '0' : `-1/${Math.max(1, Math.min(count, options.length - count))}`;
  const weighted = options.map(({ text, isRight }) => ({ text, weight: isRight ? right : wrong, feedback: null }));
  return { type: count === 1 ? 'single-choice' : 'multiple-choice', details: { options: weighted } };
}

/**
 * The options as right or wrong: where one is chosen, right is what earns everything; where any are, what earns anything.
 *
 * @returns also whether `choiceAmong` would give them the weights they have; null if it would make another type of them
 */
export function markedOptions(question: Choice): { options: MarkedOption[]; isWhole: boolean } | null {
  const isSingle = question.type === 'single-choice';
  const options = question.details.options.map(({ text, weight }) => {
    const share = new Fraction(weight);
    return { text, isRight: isSingle ? share.equals(1) : share.gt(0) };
  });
  const again = choiceAmong(options);
  if (again.type !== question.type) return null;
  const isWhole = question.details.options.every(
    ({ weight }, index) =>
      again.details.options[index] && new Fraction(weight).equals(again.details.options[index].weight),
  );
  return { options, isWhole };
}
