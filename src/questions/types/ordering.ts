// Items to be put in order. A form asks for the place of each, so two may be given one place: then neither stands there.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import type { Content } from '../content.ts';
import { questionType } from '../question-type.ts';
import { orderingGradings, orderingShare } from './ordering-share.ts';
import type { OrderingGrading, Sequence } from './ordering-share.ts';
import { readRows, rowsInOrder } from './row-answers.ts';

const isEachDifferent = (items: readonly Content[]) => new Set(items.map(({ source }) => source)).size === items.length;

const details = z.strictObject({
  /** In the right order. */
  items: z.array(contentSchema).min(2).max(50).refine(isEachDifferent, 'expected items that can be told apart'),
  grading: z.enum(orderingGradings),
});

/** The place chosen for each item, from 0, in the order of `unordered`. */
const response = z.strictObject({ places: z.array(z.int().nonnegative().nullable()).max(50) });

type Details = z.infer<typeof details>;
type Response = z.infer<typeof response>;

/**
 * The items in an order that only what they say decides, each by its place in the right order. It is what answers are stored by
 * and what is shuffled, so neither can tell which order is right; sorted by alphabet, years would stand in the right one.
 * Whether the order shown happens to be the right one is left to chance: if it never were, of two items one would know.
 */
function unordered(items: readonly Content[]): number[] {
  const digests = items.map(({ source }) => createHash('sha256').update(source).digest('hex'));
  return [...items.keys()].sort((one, other) => ((digests[one] ?? '') < (digests[other] ?? '') ? -1 : 1));
}

/** What stands at each place, by its place in the right order. */
function sequenceOf({ items }: Details, { places }: Response): Sequence {
  const known = unordered(items);
  return items.map((_, place) => {
    const standing = known.filter((__, index) => places[index] === place);
    return standing.length === 1 ? (standing[0] ?? null) : null;
  });
}

/** Places given to several items, as people count them. */
function sharedPlaces({ items }: Details, answer: Response | null): number[] {
  const countOf = (place: number) => answer?.places.filter((chosen) => chosen === place).length ?? 0;
  return [...items.keys()].filter((place) => countOf(place) > 1).map((place) => place + 1);
}

const plain = (source: string) => ({ format: 'plain' as const, source });

const units = (words: readonly string[], grading: OrderingGrading): Details => ({ items: words.map(plain), grading });

export const ordering = questionType({
  name: 'ordering',
  marking: 'automatic',
  hint: 'order-items',
  script: 'ordering',
  details,
  response,

  present(question, order, answer) {
    const { items } = question;
    const known = unordered(items).flatMap((index) => items[index] ?? []);
    const rows = rowsInOrder(known, order(items.length)).map(({ row, index, part }) => {
      const place = answer?.places[index] ?? null;
      return { part, text: row, place: place ?? items.length, chosen: place === null ? null : String(place + 1) };
    });
    return {
      choices: [...items.keys()].map((place) => ({ value: String(place + 1), text: String(place + 1) })),
      // Those with a place stand at it, so that an answer is seen as it was given.
      rows: rows
        .toSorted((one, other) => one.place - other.place)
        .map(({ part, text, chosen }) => ({ part, text, chosen })),
      sharedPlaces: sharedPlaces(question, answer),
    };
  },

  parseResponse(fields, { items }, order) {
    const places = readRows(fields, order(items.length), (place) =>
      place >= 1 && place <= items.length ? place - 1 : null,
    );
    return places && { places };
  },

  mark(question, answer) {
    return { fraction: orderingShare(question.grading, sequenceOf(question, answer)), feedback: [] };
  },

  review(question, _, answer) {
    const known = unordered(question.items);
    return {
      isAnswered: answer !== null,
      rows: question.items.map((text, place) => {
        const chosen = answer?.places[known.indexOf(place)] ?? null;
        const isRight = answer !== null && sequenceOf(question, answer)[place] === place;
        return { text, chosen: chosen === null ? null : chosen + 1, isRight };
      }),
      sharedPlaces: sharedPlaces(question, answer),
      grading: question.grading,
    };
  },

  key({ items, grading }) {
    return { grading, order: unordered(items) };
  },

  examples: [
    {
      about: 'places are kept as they were given, two on one place too',
      details: units(['gram', 'kilogram', 'centner', 'tonne'], 'absolute-position'),
      otherKey: units(['tonne', 'gram', 'centner', 'kilogram'], 'absolute-position'),
      answers: [
        {
          // By their digests: kilogram, centner, tonne, gram.
          fields: { 0: ['2'], 1: ['3'], 2: ['4'], 3: ['1'] },
          response: { places: [1, 2, 3, 0] },
          fraction: '1',
        },
        { fields: { 0: ['1'], 1: ['3'], 2: ['4'], 3: ['2'] }, response: { places: [0, 2, 3, 1] }, fraction: '1/2' },
        { fields: { 0: ['1'], 1: ['3'], 3: ['1'] }, response: { places: [0, 2, null, 0] }, fraction: '1/4' },
        { fields: { 0: [''], 1: ['0'], 2: ['5'], 3: ['x'] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
    {
      about: 'by what follows what',
      details: units(['gram', 'kilogram', 'centner', 'tonne'], 'relative-next'),
      otherKey: units(['gram', 'kilogram', 'centner', 'tonne'], 'all-or-nothing'),
      answers: [
        { fields: { 0: ['1'], 1: ['2'], 2: ['3'], 3: ['4'] }, response: { places: [0, 1, 2, 3] }, fraction: '2/3' },
      ],
    },
  ],
});
