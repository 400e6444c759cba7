// Any number of options, marked in one of three ways. Whoever ticks everything has chosen nothing, and in none of them earns
// anything by it, unless everything is right.
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

/** An option that earns something, however small its share, belongs to the right answer. */
const isRight = ({ weight }: Pick<Option, 'weight'>) => new Fraction(weight).gt(0);

const details = z
  .strictObject({
    options: optionsSchema.refine((options) => sumOfRight(options).gte(1), {
      error: 'expected the right options to add up to everything',
    }),
    /**
     * `weights`: those of the ticked options are added up (Moodle's qtype_multichoice); what is stored without a grading is
     * marked so. `all-or-nothing`: for the right options and no other (Moodle's qtype_multichoiceset).
     * `right-minus-wrong`: of r right and w wrong options each right one earns 1/r and each wrong one costs 1/w (R/exams,
     * `exams_eval(rule = "false")`). Canvas and Moodle's oumultiresponse take 1/r for a wrong one, too: with more right
     * options than wrong ones, ticking everything would pay there.
     */
    grading: z.enum(['weights', 'all-or-nothing', 'right-minus-wrong']).optional(),
  })
  .refine(({ options, grading = 'weights' }) => grading === 'weights' || !options.every(isRight), {
    error: 'expected an option that is not right',
  });

const response = z.strictObject({ choices: z.array(z.int().nonnegative()).min(1).max(100) });

type Details = z.infer<typeof details>;

function shareOf({ options, grading = 'weights' }: Details, ticked: ReadonlySet<number>): Fraction {
  const chosen = options.filter((_, index) => ticked.has(index));
  const isEverything = chosen.length === options.length && !options.every(isRight);
  switch (grading) {
    case 'weights': {
      const sum = chosen.reduce((total, { weight }) => total.add(weight), new Fraction(0));
      // Where wrong options cost nothing Moodle gives full marks for all of them; that is the one difference.
      const most = new Fraction(isEverything ? 0 : 1);
      return sum.gt(most) ? most : sum;
    }
    case 'all-or-nothing':
      return new Fraction(options.every((option, index) => isRight(option) === ticked.has(index)) ? 1 : 0);
    case 'right-minus-wrong': {
      const rightCount = options.filter(isRight).length;
      const rightTicked = chosen.filter(isRight).length;
      const wrong = new Fraction(chosen.length - rightTicked, options.length - rightCount);
      return new Fraction(rightTicked, rightCount).sub(wrong);
    }
  }
}

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

  mark(question, { choices }) {
    return { fraction: shareOf(question, new Set(choices)), feedback: feedbackTo(question.options, choices) };
  },

  review({ options, grading = 'weights' }, order, answer) {
    const worthOf = (weight: Fraction) => (weight.gt(0) ? 'right' : 'wrong');
    return {
      options: reviewOptions(options, order, answer?.choices ?? [], worthOf),
      grading: grading === 'weights' ? null : grading,
    };
  },

  key({ options, grading = 'weights' }) {
    return { grading, options: grading === 'weights' ? weightsOf(options) : options.map(isRight) };
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
        { fields: { '': ['0', '1', '2', '3', '4'] }, response: { choices: [0, 1, 2, 3, 4] }, fraction: '0' },
      ],
    },
    {
      about: 'all or nothing',
      details: { ...vectors(['1/3', '1/3', '1/3', '0', '0']), grading: 'all-or-nothing' },
      otherKey: { ...vectors(['0', '1/2', '1/2', '0', '0']), grading: 'all-or-nothing' },
      answers: [
        { fields: { '': ['0', '1', '2'] }, response: { choices: [0, 1, 2] }, fraction: '1' },
        { fields: { '': ['0', '1'] }, response: { choices: [0, 1] }, fraction: '0' },
        { fields: { '': ['0', '1', '2', '3'] }, response: { choices: [0, 1, 2, 3] }, fraction: '0' },
      ],
    },
    {
      about: 'right minus wrong: three right ones, two wrong ones',
      details: { ...vectors(['1/3', '1/3', '1/3', '0', '0']), grading: 'right-minus-wrong' },
      otherKey: { ...vectors(['1/3', '1/3', '1/3', '0', '0']), grading: 'all-or-nothing' },
      answers: [
        { fields: { '': ['0', '1', '2'] }, response: { choices: [0, 1, 2] }, fraction: '1' },
        { fields: { '': ['0', '1', '3'] }, response: { choices: [0, 1, 3] }, fraction: '1/6' },
        { fields: { '': ['3', '4'] }, response: { choices: [3, 4] }, fraction: '-1' },
        { fields: { '': ['0', '1', '2', '3', '4'] }, response: { choices: [0, 1, 2, 3, 4] }, fraction: '0' },
      ],
    },
  ],
});
