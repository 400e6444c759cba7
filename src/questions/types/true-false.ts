// A statement that is true or false, with something to say to either answer.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { questionType } from '../question-type.ts';

const details = z.strictObject({
  isTrue: z.boolean(),
  feedbackToTrue: contentSchema.nullable(),
  feedbackToFalse: contentSchema.nullable(),
});

const response = z.strictObject({ saidTrue: z.boolean() });

type Details = z.infer<typeof details>;

const feedbackTo = (saidTrue: boolean, { feedbackToTrue, feedbackToFalse }: Details) =>
  saidTrue ? feedbackToTrue : feedbackToFalse;

const plain = (source: string) => ({ format: 'plain' as const, source });

export const trueFalse = questionType({
  name: 'true-false',
  marking: 'automatic',
  details,
  response,

  present(_, __, answer) {
    return { saidTrue: answer?.saidTrue ?? null };
  },

  parseResponse(fields) {
    const [value] = fields(null);
    return value === 'true' || value === 'false' ? { saidTrue: value === 'true' } : null;
  },

  mark(statement, { saidTrue }) {
    const feedback = feedbackTo(saidTrue, statement);
    return { fraction: new Fraction(saidTrue === statement.isTrue ? 1 : 0), feedback: feedback ? [feedback] : [] };
  },

  review(statement, _, answer) {
    const saidTrue = answer?.saidTrue ?? null;
    return {
      answers: [true, false].map((value) => ({
        value,
        isChosen: saidTrue === value,
        isRight: statement.isTrue === value,
        feedback: saidTrue === value ? feedbackTo(value, statement) : null,
      })),
    };
  },

  key({ isTrue }) {
    return isTrue;
  },

  examples: [
    {
      about: 'a false statement',
      details: { isTrue: false, feedbackToTrue: plain('They act on two bodies.'), feedbackToFalse: plain('Indeed.') },
      otherKey: { isTrue: true, feedbackToTrue: null, feedbackToFalse: null },
      answers: [
        { fields: { '': ['false'] }, response: { saidTrue: false }, fraction: '1' },
        { fields: { '': ['true'] }, response: { saidTrue: true }, fraction: '0' },
        { fields: {}, response: null, fraction: null },
        { fields: { '': ['yes'] }, response: null, fraction: null },
      ],
    },
  ],
});
