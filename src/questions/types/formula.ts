// A formula in the question's variables: any that is equivalent to the author's, however it is written. It is compared by its values
// at points that the author's expression decides on, so that every answer meets the same ones.
import { z } from 'zod';
import { isEquivalent, probes } from '../expression/equivalent.ts';
import type { Range } from '../expression/equivalent.ts';
import { readExpression } from '../expression/expression.ts';
import { functions } from '../expression/names.ts';
import { foldName, maximumExpressionLength } from '../expression/tokens.ts';
import { questionType } from '../question-type.ts';
import { readNumber } from '../read-number.ts';
import { numberText } from './numeric.ts';
import {
  answersKey,
  answersSchema,
  firstThat,
  markTyped,
  parseTyped,
  presentTyped,
  reviewTyped,
  typedResponse,
  weighed,
  worthAll,
} from './typed-answer.ts';
import type { Decision } from './typed-answer.ts';

const variableSchema = z
  .strictObject({
    /** A letter or a few, perhaps with a number: `x`, `v0`, `x_1`, `λ`. */
    name: z
      .string()
      .regex(/^\p{L}{1,8}(?:_?\p{N}{1,2})?$/u)
      .refine((name) => !functions.has(foldName(name).toLowerCase()), 'expected a name that no function has'),
    from: numberText,
    to: numberText,
  })
  .refine(({ from, to }) => floating(from) <= floating(to), 'expected the smaller number first');

const answerSchema = z.strictObject({
  expression: z.string().trim().min(1).max(maximumExpressionLength),
  ...weighed,
});

type Variable = z.infer<typeof variableSchema>;
type Answer = z.infer<typeof answerSchema>;

const details = z
  .strictObject({
    /** What may stand in an answer, and where each is tried. */
    variables: z
      .array(variableSchema)
      .max(10)
      .refine(
        (variables) => new Set(variables.map(({ name }) => foldName(name))).size === variables.length,
        'expected different names',
      ),
    answers: answersSchema(answerSchema),
    /** How far from the right value another may be, as a share of it. */
    tolerance: numberText.refine(
      (text) => floating(text) >= 0 && floating(text) < 1,
      'expected a share from 0 to below 1',
    ),
  })
  .superRefine(({ variables, answers }, context) => {
    answers.forEach(({ expression }, index) => {
      const fault = faultIn(expression, variables);
      if (fault) context.addIssue({ code: 'custom', path: ['answers', index, 'expression'], message: fault });
    });
  });

type Details = z.infer<typeof details>;

function floating(text: string): number {
  return readNumber(text)?.valueOf() ?? NaN;
}

function rangesOf(variables: readonly Variable[]): Range[] {
  return variables.map(({ name, from, to }) => ({ name: foldName(name), from: floating(from), to: floating(to) }));
}

function read(text: string, variables: readonly Variable[]) {
  return readExpression(
    text,
    variables.map(({ name }) => name),
  );
}

/** What is wrong with an author's expression; null if nothing is. */
function faultIn(expression: string, variables: readonly Variable[]): string | null {
  const own = read(expression, variables);
  if (!own) return 'expected an expression in the variables';
  return probes(own, rangesOf(variables)).length > 0 ? null : 'expected an expression with a value within the ranges';
}

function decide({ variables, answers, tolerance }: Details, text: string): Decision<Answer> {
  const typed = read(text, variables);
  if (!typed) return null;
  const ranges = rangesOf(variables);
  return firstThat(answers, ({ expression }) => {
    const own = read(expression, variables);
    return own !== null && isEquivalent(own, typed, ranges, floating(tolerance));
  });
}

const x = { name: 'x', from: '-5', to: '5' };
const answer = (expression: string, weight = '1'): Answer => ({ expression, weight, feedback: null });
const typed = (text: string, fraction: string) => ({ fields: { '': [text] }, response: { text }, fraction });

export const formula = questionType({
  name: 'formula',
  marking: 'automatic',
  details,
  response: typedResponse,

  present({ variables }, _, given) {
    return {
      ...presentTyped(given, maximumExpressionLength),
      variables: variables.map(({ name }) => name),
      isReadable: given === null || read(given.text, variables) !== null,
    };
  },

  parseResponse(fields) {
    return parseTyped(fields, maximumExpressionLength);
  },

  mark(question, { text }) {
    return markTyped(decide(question, text));
  },

  review(question, _, given) {
    return {
      ...reviewTyped(given, (text) => decide(question, text)),
      isReadable: given === null || read(given.text, question.variables) !== null,
      accepted: worthAll(question.answers).map(({ expression }) => expression),
    };
  },

  key({ variables, answers, tolerance }) {
    return {
      ranges: rangesOf(variables),
      answers: answersKey(answers, ({ expression }) => ({ expression: read(expression, variables) })),
      tolerance: floating(tolerance),
    };
  },

  examples: [
    {
      about: 'a square, written out or not',
      details: {
        variables: [x],
        answers: [answer('(x+1)^2'), answer('x^2+1', '1/4')],
        tolerance: '0,0001',
      },
      otherKey: { variables: [{ ...x, to: '3' }], answers: [answer('2x')], tolerance: '0' },
      answers: [
        typed('x² + 2x + 1', '1'),
        typed('y = (х+1)·(1+X)', '1'),
        typed('1+x^2', '1/4'),
        typed('x^2+2x', '0'),
        typed('x^2+2', '0'),
        typed('(x+1', '0'),
        typed('z', '0'),
        { fields: { '': ['  '] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
    {
      about: 'a root, which has no value at negative numbers',
      details: { variables: [x], answers: [answer('√x')], tolerance: '0' },
      otherKey: { variables: [x], answers: [answer('ln x')], tolerance: '0' },
      answers: [typed('x^0,5', '1'), typed('sqrt(|x|)', '1'), typed('x/√x', '1'), typed('x', '0')],
    },
  ],
});
