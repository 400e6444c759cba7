// One option out of several. Usually one is right; others may be worth a part, or cost something.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { questionType } from '../question-type.ts';
import { worthOf } from '../worth.ts';
import { feedbackTo, optionAt, optionsSchema, presentOptions, reviewOptions, weightsOf } from './choice-option.ts';

export const singleChoiceDetails = z.strictObject({
  options: optionsSchema.refine((options) => options.some(({ weight }) => new Fraction(weight).equals(1)), {
    error: 'expected an option worth everything',
  }),
});

const response = z.strictObject({ choice: z.int().nonnegative() });

const chosenBy = (answer: z.infer<typeof response> | null) => (answer ? [answer.choice] : []);

const plain = (source: string) => ({ format: 'plain' as const, source });

export const singleChoice = questionType({
  name: 'single-choice',
  marking: 'automatic',
  hint: 'choose-one',
  details: singleChoiceDetails,
  response,

  present({ options }, order, answer) {
    return { options: presentOptions(options, order, chosenBy(answer)) };
  },

  parseResponse(fields, { options }, order) {
    const [value] = fields(null);
    const index = value === undefined ? null : optionAt(value, options, order);
    return index === null ? null : { choice: index };
  },

  mark({ options }, { choice }) {
    return { fraction: new Fraction(options[choice]?.weight ?? 0), feedback: feedbackTo(options, [choice]) };
  },

  review({ options }, order, answer) {
    return { options: reviewOptions(options, order, chosenBy(answer), worthOf) };
  },

  key({ options }) {
    return weightsOf(options);
  },

  examples: [
    {
      about: 'one right option, one that is partly right, one that costs',
      details: {
        options: [
          { text: plain('newton'), weight: '1', feedback: plain('Yes.') },
          { text: plain('kilogram metre per second squared'), weight: '1/2', feedback: null },
          { text: plain('joule'), weight: '-1/3', feedback: plain('That is energy.') },
        ],
      },
      otherKey: {
        options: [
          { text: plain('newton'), weight: '0', feedback: null },
          { text: plain('kilogram metre per second squared'), weight: '0', feedback: plain('No.') },
          { text: plain('joule'), weight: '1', feedback: null },
        ],
      },
      answers: [
        { fields: { '': ['0'] }, response: { choice: 0 }, fraction: '1' },
        { fields: { '': ['1'] }, response: { choice: 1 }, fraction: '1/2' },
        { fields: { '': ['2'] }, response: { choice: 2 }, fraction: '-1/3' },
        { fields: {}, response: null, fraction: null },
        { fields: { '': ['3'] }, response: null, fraction: null },
        { fields: { '': ['newton'] }, response: null, fraction: null },
      ],
    },
  ],
});
