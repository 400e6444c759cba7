// Areas of a picture: what an author may draw, in which order they are read out, and what choosing them earns.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { asWritten, shuffled } from '../../src/questions/shuffle.ts';
import { hotspot } from '../../src/questions/types/hotspot.ts';
import { byPlace, hasItsNumbers, placeOf, type Area } from '../../src/questions/types/hotspot-area.ts';

const size = { width: 300, height: 300 };
const circle = (x: number, y: number): Area => ({ shape: 'circle', coordinates: [x, y, 10] });
const details = (regions: object[], choose = 'any') => ({
  picture: { asset: 'a'.repeat(64), alt: '', ...size },
  regions: regions.map((region) => ({ label: 'secret', isRight: false, ...region })),
  choose,
});
const parse = (given: unknown) => hotspot.details.safeParse(given);

describe('An author may draw', () => {
  test.each([
    ['rectangle', [10, 20, 50, 60], true],
    ['rectangle', [50, 20, 10, 60], false],
    ['rectangle', [10, 20, 50], false],
    ['circle', [10, 20, 5], true],
    ['circle', [10, 20, 0], false],
    ['circle', [10, 20], false],
    ['polygon', [0, 0, 10, 0, 5, 10], true],
    ['polygon', [0, 0, 10, 0], false],
    ['polygon', [0, 0, 10, 0, 5, 10, 7], false],
  ] as const)('a %s with the numbers %j: %s', (shape, coordinates, isPossible) => {
    expect(hasItsNumbers({ shape, coordinates })).toBe(isPossible);
    expect(parse(details([{ shape, coordinates, isRight: true }])).success).toBe(isPossible);
  });

  test('nothing whose middle is outside the picture, and something that is right', () => {
    expect(parse(details([{ ...circle(301, 10), isRight: true }])).success).toBe(false);
    expect(parse(details([circle(10, 10)])).success).toBe(false);
    const many = Array.from({ length: 27 }, (_, place) => ({ ...circle(place, 10), isRight: true }));
    expect(parse(details(many)).success).toBe(false);
    expect(parse(details(many.slice(1))).success).toBe(true);
  });
});

test.each([
  [circle(10, 10), 'top', 'left'],
  [circle(150, 150), 'middle', 'middle'],
  [circle(300, 300), 'bottom', 'right'],
  [{ shape: 'rectangle', coordinates: [0, 120, 300, 180] } as const, 'middle', 'middle'],
  [{ shape: 'polygon', coordinates: [0, 250, 40, 250, 20, 290] } as const, 'bottom', 'left'],
])('%j lies at the %s, %s', (area, row, column) => {
  expect(placeOf(area, size)).toEqual({ row, column });
});

test('Areas are lettered as one reads the picture, whatever the order of their author', () => {
  const areas = [circle(250, 280), circle(20, 20), circle(150, 40), circle(20, 150)];
  expect([...areas].sort((one, other) => byPlace(one, other, size)).map(({ coordinates }) => coordinates[0])).toEqual([
    20, 150, 20, 250,
  ]);
});

test('What is shown before submission says neither what is right nor what anything is', () => {
  const question = hotspot.details.parse(details([{ ...circle(20, 20), isRight: true }, circle(150, 40)]));
  expect(JSON.stringify(hotspot.present(question, shuffled('seed'), null))).not.toMatch(/isRight|label|secret/);
});

test('For any regions the key earns everything, everything earns nothing where something is wrong, and nothing is below -1', () => {
  const rights = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }).filter((all) => all.includes(true));
  fc.assert(
    fc.property(rights, fc.infiniteStream(fc.boolean()), (all, stream) => {
      const regions = all.map((isRight, place) => ({ ...circle(20 * place, 10), isRight }));
      const question = hotspot.details.parse(details(regions));
      const indices = all.map((_, index) => index);
      const worth = (choices: number[]) => hotspot.mark(question, { choices }).fraction;
      expect(worth(indices.filter((index) => all[index])).toFraction()).toBe('1');
      expect(worth(indices).toFraction()).toBe(all.includes(false) ? '0' : '1');
      const some = indices.filter(() => stream.next().value);
      expect(worth(some).gte(-1) && worth(some).lte(new Fraction(1))).toBe(true);
    }),
  );
});

test('A form that names an area of another question, or several where one is asked for, is read as far as it makes sense', () => {
  const question = hotspot.details.parse(details([{ ...circle(20, 20), isRight: true }, circle(150, 40)], 'one'));
  const read = (values: string[]) => hotspot.parseResponse(() => values, question, asWritten);
  expect(read(['1', '0'])).toEqual({ choices: [1] });
  expect(read(['2', '99', '1e0'])).toBeNull();
});
