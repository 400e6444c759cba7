// Text between the questions. It asks nothing and earns nothing.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { questionType } from '../question-type.ts';

export const description = questionType({
  name: 'description',
  marking: 'none',
  details: z.strictObject({}),
  response: z.strictObject({}),

  present() {
    return {};
  },

  parseResponse() {
    return null;
  },

  mark() {
    return { fraction: new Fraction(0), feedback: [] };
  },

  review() {
    return {};
  },

  key() {
    return null;
  },

  examples: [
    {
      about: 'nothing can be answered',
      details: {},
      otherKey: {},
      answers: [{ fields: { '': ['something'] }, response: null, fraction: null }],
    },
  ],
});
