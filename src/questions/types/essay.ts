// A text at length, which a person reads and marks.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { questionType } from '../question-type.ts';
import { typedText } from '../typed-text.ts';

const maximumLength = 50_000;

export const essay = questionType({
  name: 'essay',
  marking: 'manual',
  details: z.strictObject({}),
  response: z.strictObject({ text: z.string() }),

  present(_, __, answer) {
    return { text: answer?.text ?? '', maximumLength };
  },

  parseResponse(fields) {
    const text = typedText(fields(null), maximumLength);
    return text === null ? null : { text };
  },

  mark() {
    return { fraction: new Fraction(0), feedback: [] };
  },

  review(_, __, answer) {
    return { text: answer?.text ?? null };
  },

  key() {
    return null;
  },

  examples: [
    {
      about: 'a few lines',
      details: {},
      otherKey: {},
      answers: [
        { fields: { '': ['Belanchak.\r\nMayatnik.'] }, response: { text: 'Belanchak.\nMayatnik.' }, fraction: null },
        { fields: { '': [' \n '] }, response: null, fraction: null },
      ],
    },
  ],
});
