// A number, compared exactly with accepted values and ranges. What was typed is kept as typed, read or not.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { weightSchema } from '../exact.ts';
import { questionType } from '../question-type.ts';
import { readNumber, readTypedNumber } from '../read-number.ts';
import type { TypedNumber } from '../read-number.ts';
import { roundToFigures } from '../round-to-figures.ts';
import { readQuantity, unitsKey, unitsSchema } from '../unit.ts';
import {
  answersKey,
  answersSchema,
  markTyped,
  parseTyped,
  presentTyped,
  reviewTyped,
  typedResponse,
  weighed,
  worthAll,
} from './typed-answer.ts';
import type { Decision } from './typed-answer.ts';

/** A number as people write them; see `readNumber`. */
export const numberText = z
  .string()
  .refine((text) => readNumber(text) !== null, { error: 'expected a number', abort: true });

const nonZero = numberText.refine((text) => !readNumber(text)?.equals(0), 'expected a number other than 0');

const acceptedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('near'), value: numberText, tolerance: numberText }),
  z.strictObject({ kind: z.literal('between'), from: numberText, to: numberText }),
  /** The number that is the value once both are rounded to so many figures, and that states as many at least. */
  z.strictObject({ kind: z.literal('significant'), value: nonZero, figures: z.int().min(1).max(12) }),
  z.strictObject({ kind: z.literal('anything') }),
]);

const answerSchema = z.strictObject({ accepted: acceptedSchema, ...weighed });

export const numericDetails = z
  .strictObject({
    answers: answersSchema(answerSchema),
    /** Absent: an answer is a number alone. */
    units: unitsSchema.optional(),
    /** Whether an answer must have one of the units; absent is `optional`: a number alone is in the first unit then. */
    unitRule: z.enum(['optional', 'required']).optional(),
    /** The share of what the number earns that a missing or a wrong unit costs; absent is all of it. */
    unitPenalty: weightSchema.refine((text) => new Fraction(text).gte(0), 'expected a share from 0 to 1').optional(),
  })
  .refine(({ units, unitRule, unitPenalty }) => units ?? (unitRule === undefined && unitPenalty === undefined), {
    error: 'expected units, or no rule for them',
  });

const maximumLength = 60;

type Accepted = z.infer<typeof acceptedSchema>;
type Answer = z.infer<typeof answerSchema>;
type Details = z.infer<typeof numericDetails>;

function exactly(text: string): Fraction {
  const number = readNumber(text);
  if (!number) throw new Error(`Not a number: ${text}`);
  return number;
}

/** Both ends of what is accepted belong to it. */
function interval(accepted: Extract<Accepted, { kind: 'near' | 'between' }>): { from: Fraction; to: Fraction } {
  if (accepted.kind === 'between') return { from: exactly(accepted.from), to: exactly(accepted.to) };
  const value = exactly(accepted.value);
  const tolerance = exactly(accepted.tolerance);
  return { from: value.sub(tolerance), to: value.add(tolerance) };
}

/**
 * Whether a number is accepted. Significant figures are counted as STACK's NumSigFigs counts them, in its form for "at least so
 * many": zeros at the end of a whole number have the benefit of the doubt, `1500` may state 2, 3 or 4.
 */
function accepts(accepted: Accepted, { value, figures }: TypedNumber): boolean {
  if (accepted.kind === 'anything') return true;
  if (accepted.kind === 'significant') {
    const wanted = roundToFigures(exactly(accepted.value), accepted.figures);
    return figures >= accepted.figures && roundToFigures(value, accepted.figures).equals(wanted);
  }
  const { from, to } = interval(accepted);
  return value.gte(from) && value.lte(to);
}

/** What was typed, in the first unit if its own can be converted. `plain` is without regard to units. */
type Reading = { plain: TypedNumber; converted: TypedNumber; isUnitRight: boolean };

function read({ units, unitRule = 'optional' }: Details, text: string): Reading | null {
  if (!units) {
    const plain = readTypedNumber(text);
    return plain && { plain, converted: plain, isUnitRight: true };
  }
  const quantity = readQuantity(text, units);
  if (!quantity) return null;
  const { number: plain, factor, hasUnit } = quantity;
  return {
    plain,
    converted: factor ? { ...plain, value: plain.value.mul(factor) } : plain,
    isUnitRight: factor !== null || (!hasUnit && unitRule === 'optional'),
  };
}

/**
 * The first answer that accepts the number, converted or not, with what the unit leaves of its worth: Moodle's rule
 * (qtype_numerical, `get_matching_answer` and the penalty "of the response grade"), except that there an optional unit costs nothing
 * if it is wrong, so that 12 m would be as good as 12 km.
 */
function decide(details: Details, text: string): Decision<Answer> {
  const reading = read(details, text);
  for (const answer of details.answers) {
    const isAnything = answer.accepted.kind === 'anything';
    if (isAnything || (reading?.isUnitRight && accepts(answer.accepted, reading.converted))) {
      return { answer, share: new Fraction(1) };
    }
    if (reading && details.units && accepts(answer.accepted, reading.plain)) {
      return { answer, share: new Fraction(1).sub(details.unitPenalty ?? 1) };
    }
  }
  return null;
}

/** The same of two answers that accept the same. */
function acceptedKey(accepted: Accepted): unknown {
  switch (accepted.kind) {
    case 'anything':
      return null;
    case 'significant': {
      const { figures, value } = accepted;
      return { figures, rounded: roundToFigures(exactly(value), figures).toFraction() };
    }
    case 'near':
    case 'between': {
      const { from, to } = interval(accepted);
      return [from.toFraction(), to.toFraction()];
    }
  }
}

const nearly = (value: string, tolerance: string, weight = '1'): Answer => ({
  accepted: { kind: 'near', value, tolerance },
  weight,
  feedback: null,
});

export const numeric = questionType({
  name: 'numeric',
  marking: 'automatic',
  details: numericDetails,
  response: typedResponse,

  present({ units, unitRule = 'optional' }, _, given) {
    return { ...presentTyped(given, maximumLength), unit: units ? unitRule : 'none' };
  },

  parseResponse(fields) {
    return parseTyped(fields, maximumLength);
  },

  mark(details, { text }) {
    return markTyped(decide(details, text));
  },

  review(details, _, given) {
    const reading = given && read(details, given.text);
    return {
      ...reviewTyped(given, (text) => decide(details, text)),
      isNumber: given === null || reading !== null,
      isUnitRight: reading?.isUnitRight ?? true,
      /** Of the numbers accepted; null if they have none. */
      unit: details.units?.[0]?.unit ?? null,
      accepted: worthAll(details.answers).map(({ accepted }) => accepted),
    };
  },

  key({ answers, units, unitRule = 'optional', unitPenalty = '1' }) {
    return {
      answers: answersKey(answers, ({ accepted }) => ({ accepted: acceptedKey(accepted) })),
      units: units ? { known: unitsKey(units), unitRule, penalty: new Fraction(unitPenalty).toFraction() } : null,
    };
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
    {
      about: 'three significant figures, however many zeros stand before them',
      details: {
        answers: [{ accepted: { kind: 'significant', value: '9.80665', figures: 3 }, weight: '1', feedback: null }],
      },
      otherKey: { answers: [nearly('9.81', '0')] },
      answers: [
        { fields: { '': ['9,81'] }, response: { text: '9,81' }, fraction: '1' },
        { fields: { '': ['9.8066'] }, response: { text: '9.8066' }, fraction: '1' },
        { fields: { '': ['0,981·10^1'] }, response: { text: '0,981·10^1' }, fraction: '1' },
        { fields: { '': ['9.8'] }, response: { text: '9.8' }, fraction: '0' },
        { fields: { '': ['9.80'] }, response: { text: '9.80' }, fraction: '0' },
        { fields: { '': ['9.815'] }, response: { text: '9.815' }, fraction: '0' },
      ],
    },
    {
      about: 'a length in either of two units, one of which must be there',
      details: {
        answers: [nearly('12', '0.1'), nearly('24', '0', '1/2')],
        units: [
          { unit: 'km', factor: '1' },
          { unit: 'm', factor: '1/1000' },
        ],
        unitRule: 'required',
        unitPenalty: '0.1',
      },
      otherKey: { answers: [nearly('5', '0')], units: [{ unit: 's', factor: '1' }], unitRule: 'required' },
      answers: [
        { fields: { '': ['12 km'] }, response: { text: '12 km' }, fraction: '1' },
        { fields: { '': ['12 км'] }, response: { text: '12 км' }, fraction: '1' },
        { fields: { '': ['12 000m'] }, response: { text: '12 000m' }, fraction: '1' },
        { fields: { '': ['1,2·10^4 m'] }, response: { text: '1,2·10^4 m' }, fraction: '1' },
        { fields: { '': ['12'] }, response: { text: '12' }, fraction: '9/10' },
        { fields: { '': ['12 kg'] }, response: { text: '12 kg' }, fraction: '9/10' },
        { fields: { '': ['24'] }, response: { text: '24' }, fraction: '9/20' },
        { fields: { '': ['12000 km'] }, response: { text: '12000 km' }, fraction: '0' },
        { fields: { '': ['km'] }, response: { text: 'km' }, fraction: '0' },
      ],
    },
  ],
});
