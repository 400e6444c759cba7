// Areas of a picture, of which one, or several, are what is asked for. All are drawn, each with a letter: who uses no mouse, or does
// not see the picture, chooses among the same ones.
import Fraction from 'fraction.js';
import { z } from 'zod';
import type { Order } from '../question-type.ts';
import { questionType } from '../question-type.ts';
import { byPlace, centreOf, drawingOf, hasItsNumbers, isInside, placeOf } from './hotspot-area.ts';

const pictureSchema = z.strictObject({
  /** The SHA-256 of a picture that the deployment has. */
  asset: z.string().regex(/^[0-9a-f]{64}$/),
  /** Empty where its author has not said yet what it shows. */
  alt: z.string().max(1000),
  /** In pixels, in which the areas are measured. */
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
});

const regionSchema = z
  .strictObject({
    shape: z.enum(['rectangle', 'circle', 'polygon']),
    coordinates: z.array(z.number().min(0).max(20_000)).max(200),
    /** What is there, in the author's words: shown with the result alone, for it may say the answer. */
    label: z.string().max(1000),
    isRight: z.boolean(),
  })
  .refine(hasItsNumbers, { error: 'expected the numbers of the shape' });

/** One for each letter. */
const mostRegions = 26;

const details = z
  .strictObject({
    picture: pictureSchema,
    regions: z
      .array(regionSchema)
      .min(1)
      .max(mostRegions)
      .refine((regions) => regions.some(({ isRight }) => isRight), { error: 'expected a region that is right' }),
    choose: z.enum(['one', 'any']),
  })
  .refine(({ picture, regions }) => regions.every((region) => isInside(region, picture)), {
    error: 'expected the middle of each region in the picture',
  });

const response = z.strictObject({ choices: z.array(z.int().nonnegative()).min(1).max(mostRegions) });

type Details = z.infer<typeof details>;

/**
 * The regions as one reads the picture, each with its letter: the author's order, in which the right one is often the first, does
 * not show.
 */
function inReadingOrder({ picture, regions }: Details, order: Order) {
  const places = order(regions.length);
  return regions
    .map((region, index) => ({ region, index, value: places.indexOf(index) }))
    .sort((one, other) => byPlace(one.region, other.region, picture) || one.value - other.value)
    .map(({ region, index, value }, place) => ({
      region,
      index,
      value: String(value),
      letter: String.fromCharCode('A'.charCodeAt(0) + place),
      place: placeOf(region, picture),
      drawing: drawingOf(region),
      centre: centreOf(region),
    }));
}

/** Its address is null where a question that is still being written has none yet. */
function pictureOf({ picture: { asset, ...picture } }: Details) {
  return { ...picture, address: asset === '' ? null : `/assets/${asset}` };
}

const rectangle = (left: number, label: string, isRight: boolean) => ({
  shape: 'rectangle' as const,
  coordinates: [left, 20, left + 80, 100],
  label,
  isRight,
});

const heart = (choose: Details['choose'], right: readonly [boolean, boolean, boolean, boolean]): Details => ({
  picture: { asset: 'c0'.repeat(32), alt: 'A heart cut open', width: 400, height: 300 },
  regions: [
    rectangle(10, 'right atrium', right[0]),
    rectangle(210, 'left atrium', right[1]),
    { shape: 'circle', coordinates: [100, 250, 30], label: 'right ventricle', isRight: right[2] },
    { shape: 'polygon', coordinates: [250, 200, 350, 200, 300, 290], label: 'left ventricle', isRight: right[3] },
  ],
  choose,
});

export const hotspot = questionType({
  name: 'hotspot',
  marking: 'automatic',
  script: 'hotspot',
  details,
  response,

  present(question, order, answer) {
    return {
      picture: pictureOf(question),
      choose: question.choose,
      areas: inReadingOrder(question, order).map(({ value, letter, place, drawing, centre, index }) => {
        const isChosen = answer?.choices.includes(index) ?? false;
        return { value, letter, place, drawing, centre, isChosen };
      }),
    };
  },

  parseResponse(fields, { regions, choose }, order) {
    const places = order(regions.length);
    const indices = fields(null).map((value) => (/^\d{1,2}$/.test(value) ? places[Number(value)] : undefined));
    const choices = [...new Set(indices.filter((index) => index !== undefined))];
    if (choices.length === 0) return null;
    return { choices: choose === 'one' ? choices.slice(0, 1) : choices.sort((one, other) => one - other) };
  },

  mark({ regions, choose }, { choices }) {
    const isChosen = (_: unknown, index: number) => choices.includes(index);
    const right = regions.filter(({ isRight }) => isRight);
    const chosen = regions.filter(isChosen);
    const rightChosen = chosen.filter(({ isRight }) => isRight).length;
    if (choose === 'one') return { fraction: new Fraction(rightChosen > 0 ? 1 : 0), feedback: [] };

    // Choosing all of them earns nothing: the shares of right ones and of wrong ones are then both whole.
    const wrong = regions.length - right.length;
    const lost = wrong === 0 ? 0 : new Fraction(chosen.length - rightChosen, wrong);
    return { fraction: new Fraction(rightChosen, right.length).sub(lost), feedback: [] };
  },

  review(question, order, answer) {
    return {
      picture: pictureOf(question),
      areas: inReadingOrder(question, order).map(({ region, letter, place, drawing, centre, index }) => {
        const isChosen = answer?.choices.includes(index) ?? false;
        const { label, isRight } = region;
        return { letter, place, drawing, centre, label, isRight, isChosen };
      }),
    };
  },

  key({ regions }) {
    return regions.map(({ isRight }) => isRight);
  },

  examples: [
    {
      about: 'one is chosen, and it is the right one or not',
      details: heart('one', [false, false, false, true]),
      otherKey: heart('one', [true, false, false, true]),
      answers: [
        { fields: { '': ['3'] }, response: { choices: [3] }, fraction: '1' },
        { fields: { '': ['0'] }, response: { choices: [0] }, fraction: '0' },
        { fields: { '': ['2', '3'] }, response: { choices: [2] }, fraction: '0' },
        { fields: {}, response: null, fraction: null },
        { fields: { '': ['4', '-1', 'x', ''] }, response: null, fraction: null },
      ],
    },
    {
      about: 'of several right ones each earns its share, a wrong one costs one, and choosing all earns nothing',
      details: heart('any', [true, true, true, false]),
      otherKey: heart('any', [true, false, false, true]),
      answers: [
        { fields: { '': ['0', '1', '2'] }, response: { choices: [0, 1, 2] }, fraction: '1' },
        { fields: { '': ['2', '0', '2'] }, response: { choices: [0, 2] }, fraction: '2/3' },
        { fields: { '': ['0', '3'] }, response: { choices: [0, 3] }, fraction: '-2/3' },
        { fields: { '': ['0', '1', '2', '3'] }, response: { choices: [0, 1, 2, 3] }, fraction: '0' },
        { fields: {}, response: null, fraction: null },
      ],
    },
  ],
});
