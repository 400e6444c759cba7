// Things to be matched with things: for each left side one right side out of a list, in which some may belong to none.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { questionType } from '../question-type.ts';
import { asWritten } from '../shuffle.ts';
import { readRows } from './row-answers.ts';

const rightSide = z.string().trim().min(1).max(1000);

const details = z.strictObject({
  pairs: z
    .array(z.strictObject({ left: contentSchema, right: rightSide }))
    .min(2)
    .max(50),
  /** Right sides that belong to no left side. */
  distractors: z.array(rightSide).max(50),
});

const response = z.strictObject({ matches: z.array(z.int().nonnegative().nullable()).max(50) });

type Details = z.infer<typeof details>;

/** Every different right side once, sorted: pairs with the same right side can be answered with either. */
function choicesOf({ pairs, distractors }: Details): string[] {
  return [...new Set([...pairs.map(({ right }) => right), ...distractors])].sort();
}

const plain = (source: string) => ({ format: 'plain' as const, source });

const units = (rights: readonly [string, string, string, string], distractors: string[]) => ({
  pairs: ['force', 'pressure', 'energy', 'work'].map((left, index) => ({
    left: plain(left),
    right: rights[index] ?? '',
  })),
  distractors,
});

export const matching = questionType({
  name: 'matching',
  marking: 'automatic',
  details,
  response,

  present(question, order, answer) {
    const choices = choicesOf(question);
    const places = order(choices.length);
    return {
      choices: places.map((index, place) => ({ value: String(place), text: choices[index] ?? '' })),
      rows: question.pairs.map(({ left }, row) => {
        const place = places.indexOf(answer?.matches[row] ?? -1);
        return { part: String(row), text: left, chosen: place < 0 ? null : String(place) };
      }),
    };
  },

  parseResponse(fields, question, order) {
    const places = order(choicesOf(question).length);
    const matches = readRows(fields, asWritten(question.pairs.length), (place) => places[place] ?? null);
    return matches && { matches };
  },

  mark(question, { matches }) {
    const choices = choicesOf(question);
    const right = question.pairs.filter((pair, row) => choices[matches[row] ?? -1] === pair.right);
    return { fraction: new Fraction(right.length, question.pairs.length), feedback: [] };
  },

  review(question, _, answer) {
    const choices = choicesOf(question);
    return {
      rows: question.pairs.map(({ left, right }, row) => {
        const chosen = choices[answer?.matches[row] ?? -1];
        const isRight = chosen === right;
        return { text: left, chosen: chosen === undefined ? null : plain(chosen), right: plain(right), isRight };
      }),
    };
  },

  key({ pairs }) {
    return pairs.map(({ right }) => right);
  },

  examples: [
    {
      about: 'each pair earns its share, and two left sides may share a right one',
      details: units(['N', 'Pa', 'J', 'J'], ['kg']),
      otherKey: units(['kg', 'J', 'N', 'Pa'], []),
      answers: [
        {
          // The choices, sorted: J, N, Pa, kg.
          fields: { 0: ['1'], 1: ['2'], 2: ['0'], 3: ['0'] },
          response: { matches: [1, 2, 0, 0] },
          fraction: '1',
        },
        { fields: { 0: ['1'], 1: ['3'], 2: ['0'] }, response: { matches: [1, 3, 0, null] }, fraction: '1/2' },
        { fields: { 0: [''], 1: ['9'], 2: ['x'] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
  ],
});
