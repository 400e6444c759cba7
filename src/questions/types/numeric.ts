// A number, compared exactly with accepted values and ranges. What was typed is kept as typed, read or not.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { weightSchema } from '../exact.ts';
import { questionType } from '../question-type.ts';
import { readNumber } from '../read-number.ts';
import { typedText } from '../typed-text.ts';
import { worthOf } from '../worth.ts';

const numberText = z.string().refine((text) => readNumber(text) !== null, { error: 'expected a number', abort: true });

const acceptedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('near'), value: numberText, tolerance: numberText }),
  z.strictObject({ kind: z.literal('between'), from: numberText, to: numberText }),
  z.strictObject({ kind: z.literal('anything') }),
]);

const answerSchema = z.strictObject({
  accepted: acceptedSchema,
  weight: weightSchema,
  feedback: contentSchema.nullable(),
});

const details = z.strictObject({
  /** Tried in this order; the first that accepts the number decides. */
  answers: z
    .array(answerSchema)
    .min(1)
    .max(100)
    .refine((answers) => answers.some(({ weight }) => new Fraction(weight).equals(1)), 'expected an answer worth all'),
});

const response = z.strictObject({ text: z.string() });

const maximumLength = 60;

type Accepted = z.infer<typeof acceptedSchema>;
type Answer = z.infer<typeof answerSchema>;

/** Both ends of what is accepted belong to it; null stands for every number, and for what is not a number too. */
function interval(accepted: Accepted): { from: Fraction; to: Fraction } | null {
  if (accepted.kind === 'anything') return null;
  if (accepted.kind === 'between') return { from: exactly(accepted.from), to: exactly(accepted.to) };
  const value = exactly(accepted.value);
  const tolerance = exactly(accepted.tolerance);
  return { from: value.sub(tolerance), to: value.add(tolerance) };
}

function exactly(text: string): Fraction {
  const number = readNumber(text);
  if (!number) throw new Error(`Not a number: ${text}`);
  return number;
}

function firstMatch(answers: readonly Answer[], text: string): Answer | undefined {
  const number = readNumber(text);
  return answers.find(({ accepted }) => {
    const range = interval(accepted);
    return range === null || (number !== null && number.gte(range.from) && number.lte(range.to));
  });
}

const nearly = (value: string, tolerance: string, weight = '1'): Answer => ({
  accepted: { kind: 'near', value, tolerance },
  weight,
  feedback: null,
});

export const numeric = questionType({
  name: 'numeric',
  marking: 'automatic',
  details,
  response,

  present(_, __, answer) {
    return { text: answer?.text ?? '', maximumLength };
  },

  parseResponse(fields) {
    const text = typedText(fields(null), maximumLength);
    return text === null ? null : { text };
  },

  mark({ answers }, { text }) {
    const match = firstMatch(answers, text);
    return { fraction: new Fraction(match?.weight ?? 0), feedback: match?.feedback ? [match.feedback] : [] };
  },

  review({ answers }, _, answer) {
    const text = answer?.text ?? null;
    const match = text === null ? undefined : firstMatch(answers, text);
    return {
      text,
      isNumber: text === null || readNumber(text) !== null,
      worth: worthOf(new Fraction(match?.weight ?? 0)),
      accepted: answers.filter(({ weight }) => new Fraction(weight).equals(1)).map(({ accepted }) => accepted),
      feedback: match?.feedback ?? null,
    };
  },

  key({ answers }) {
    return answers.map(({ accepted, weight }) => {
      const range = interval(accepted);
      const ends = range && [range.from.toFraction(), range.to.toFraction()];
      return { ends, weight: new Fraction(weight).toFraction() };
    });
  },

  examples: [
    {
      about: 'a range includes both its ends and nothing beyond',
      details: {
        answers: [{ accepted: { kind: 'between', from: '9.78', to: '9.84' }, weight: '1', feedback: null }],
      },
      otherKey: { answers: [nearly('5', '0')] },
      answers: [
        { fields: { '': ['9,84'] }, response: { text: '9,84' }, fraction: '1' },
        { fields: { '': [' 9.78 '] }, response: { text: '9.78' }, fraction: '1' },
        { fields: { '': ['9.8400001'] }, response: { text: '9.8400001' }, fraction: '0' },
        { fields: { '': ['9.8 m/s'] }, response: { text: '9.8 m/s' }, fraction: '0' },
        { fields: { '': ['  '] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
    {
      about: 'half for a rough answer, something to say to any other',
      details: {
        answers: [
          nearly('5', '0.1'),
          nearly('5', '1', '1/2'),
          { accepted: { kind: 'anything' }, weight: '0', feedback: { format: 'plain', source: 'a = F/m' } },
        ],
      },
      otherKey: { answers: [nearly('7', '0')] },
      answers: [
        { fields: { '': ['5.1'] }, response: { text: '5.1' }, fraction: '1' },
        { fields: { '': ['4'] }, response: { text: '4' }, fraction: '1/2' },
        { fields: { '': ['0.4·10^1'] }, response: { text: '0.4·10^1' }, fraction: '1/2' },
        { fields: { '': ['6.01'] }, response: { text: '6.01' }, fraction: '0' },
      ],
    },
  ],
});
