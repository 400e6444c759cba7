// Any number of options. The weights of the ticked ones are added up; the sum is kept within 0 and 1.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { questionType } from '../question-type.ts';
import { feedbackTo, optionAt, optionsSchema, presentOptions, reviewOptions, weightsOf } from './choice-option.ts';
import type { Option } from './choice-option.ts';

/** What all the options that earn something are worth together. Less than 1 would make full marks impossible. */
export function sumOfRight(options: readonly Pick<Option, 'weight'>[]): Fraction {
  return options
    .map(({ weight }) => new Fraction(weight))
    .filter((weight) => weight.gt(0))
    .reduce((sum, weight) => sum.add(weight), new Fraction(0));
}

const details = z.strictObject({
  options: optionsSchema.refine((options) => sumOfRight(options).gte(1), {
    error: 'expected the right options to add up to everything',
  }),
});

const response = z.strictObject({ choices: z.array(z.int().nonnegative()).min(1).max(100) });

const plain = (source: string) => ({ format: 'plain' as const, source });

const vectors = (weights: readonly [string, string, string, string, string]) => ({
  options: ['velocity', 'force', 'momentum', 'mass', 'energy'].map((text, index) => ({
    text: plain(text),
    weight: weights[index] ?? '0',
    feedback: text === 'mass' ? plain('A scalar.') : null,
  })),
});

export const multipleChoice = questionType({
  name: 'multiple-choice',
  marking: 'automatic',
  hint: 'choose-any',
  details,
  response,

  present({ options }, order, answer) {
    return { options: presentOptions(options, order, answer?.choices ?? []) };
  },

  parseResponse(fields, { options }, order) {
    const ticked = fields(null).map((value) => optionAt(value, options, order));
    const choices = [...new Set(ticked.filter((index) => index !== null))].sort((one, other) => one - other);
    return choices.length > 0 ? { choices } : null;
  },

  mark({ options }, { choices }) {
    const fraction = [...new Set(choices)]
      .map((index) => new Fraction(options[index]?.weight ?? 0))
      .reduce((sum, weight) => sum.add(weight), new Fraction(0));
    return { fraction: fraction.gt(1) ? new Fraction(1) : fraction, feedback: feedbackTo(options, choices) };
  },

  review({ options }, order, answer) {
    // Every option worth something belongs to the right answer, however small its share.
    const worthOf = (weight: Fraction) => (weight.gt(0) ? 'right' : 'wrong');
    return { options: reviewOptions(options, order, answer?.choices ?? [], worthOf) };
  },

  key({ options }) {
    return weightsOf(options);
  },

  examples: [
    {
      about: 'three thirds make exactly one, and ticking everything makes nothing',
      details: vectors(['1/3', '1/3', '1/3', '-1/2', '-1/2']),
      otherKey: vectors(['0', '1/2', '-1', '-1', '1/2']),
      answers: [
        { fields: { '': ['0', '1', '2'] }, response: { choices: [0, 1, 2] }, fraction: '1' },
        { fields: { '': ['2', '0', '2'] }, response: { choices: [0, 2] }, fraction: '2/3' },
        { fields: { '': ['0', '3'] }, response: { choices: [0, 3] }, fraction: '-1/6' },
        { fields: { '': ['0', '1', '2', '3', '4'] }, response: { choices: [0, 1, 2, 3, 4] }, fraction: '0' },
        { fields: {}, response: null, fraction: null },
        { fields: { '': ['', '-1', '5', 'x'] }, response: null, fraction: null },
      ],
    },
    {
      about: 'any two of three are enough, and three are not more',
      details: vectors(['1/2', '1/2', '1/2', '0', '0']),
      otherKey: vectors(['0', '0', '0', '1', '0']),
      answers: [
        { fields: { '': ['0', '2'] }, response: { choices: [0, 2] }, fraction: '1' },
        { fields: { '': ['0', '1', '2'] }, response: { choices: [0, 1, 2] }, fraction: '1' },
      ],
    },
  ],
});
