// What an order earns by each rule. Wherever Moodle's own tests say what its qtype_ordering gives for one of these answers
// (question/type/ordering/tests/question_test.php, Moodle 4.4), it is marked with a star and is the same here; the others were
// reckoned by hand from `grade_response` in its question.php.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { asWritten, shuffled } from '../../src/questions/shuffle.ts';
import { orderingGradings, orderingShare } from '../../src/questions/types/ordering-share.ts';
import type { OrderingGrading, Sequence } from '../../src/questions/types/ordering-share.ts';
import { ordering } from '../../src/questions/types/ordering.ts';

const shown = z.object({ rows: z.array(z.object({ part: z.string(), text: z.object({ source: z.string() }) })) });

const plain = (source: string) => ({ format: 'plain' as const, source });

/** Moodle's example: Modular, Object, Oriented, Dynamic, Learning, Environment are 0 … 5. */
const right = [0, 1, 2, 3, 4, 5];
const backwards = [5, 4, 3, 2, 1, 0];
const endsSwapped = [5, 1, 2, 3, 4, 0];
const oneAtTheEnd = [1, 2, 3, 4, 5, 0];
const twoMoved = [2, 1, 3, 4, 5, 0];
const oneBetween = [0, 5, 1, 2, 3, 4];

const table: Record<OrderingGrading, [answer: number[], share: string, source: '★' | ''][]> = {
  'all-or-nothing': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [twoMoved, '0', '★'],
    [endsSwapped, '0', ''],
  ],
  'absolute-position': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [endsSwapped, '2/3', '★'],
    [twoMoved, '1/6', '★'],
    [oneAtTheEnd, '0', ''],
  ],
  'relative-next': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [endsSwapped, '3/5', '★'],
    [twoMoved, '2/5', '★'],
    [oneAtTheEnd, '4/5', ''],
  ],
  'relative-next-and-last': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [endsSwapped, '1/2', '★'],
    [oneAtTheEnd, '2/3', ''],
    [[1, 0, 2, 3, 4, 5], '2/3', ''],
  ],
  'one-previous-and-next': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [twoMoved, '1/3', '★'],
    [oneAtTheEnd, '2/3', ''],
    [[1, 0, 2, 3, 4, 5], '7/12', ''],
  ],
  'all-previous-and-next': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [twoMoved, '3/5', '★'],
    [oneAtTheEnd, '2/3', '★'],
  ],
  'longest-ordered': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [oneAtTheEnd, '5/6', '★'],
    [[3, 0, 4, 1, 5, 2], '1/2', ''],
  ],
  'longest-contiguous': [
    [right, '1', '★'],
    [backwards, '0', '★'],
    [oneAtTheEnd, '5/6', '★'],
    [[2, 3, 0, 1, 4, 5], '2/3', ''],
    // Others may stand between: Moodle's `get_ordered_subsets` looks at what an item is, not at where it stands.
    [oneBetween, '5/6', ''],
    [[0, 2, 4, 1, 3, 5], '1/3', ''],
  ],
  'relative-to-right': [
    [right, '1', '★'],
    [backwards, '2/5', '★'],
    [oneAtTheEnd, '2/3', '★'],
  ],
};

describe.each(orderingGradings)('By the rule %s', (grading) => {
  test.each(table[grading])('the order %j earns %s %s', (answer, share) => {
    expect(orderingShare(grading, answer).toFraction()).toBe(share);
  });

  test('nobody gets less than nothing or more than everything, and all of it only for the right order', () => {
    fc.assert(
      fc.property(sequences(), (sequence) => {
        const share = orderingShare(grading, sequence);
        expect(share.gte(0) && share.lte(1)).toBe(true);
        expect(share.equals(1)).toBe(sequence.every((item, place) => item === place));
      }),
    );
  });

  test('an item without a place never earns more than it would with one', () => {
    fc.assert(
      fc.property(permutations(), fc.nat(), (sequence, chosen) => {
        const without = sequence.map((item) => (item === chosen % sequence.length ? null : item));
        expect(orderingShare(grading, without).lte(orderingShare(grading, sequence))).toBe(true);
      }),
    );
  });

  test('whoever puts the items in the right order gets full points, in whatever order they were shown', () => {
    fc.assert(
      fc.property(texts(), fc.string(), (items, seed) => {
        const details = { items: items.map(plain), grading };
        const form = formOf(details, seed, (text) => items.indexOf(text) + 1);
        const response = ordering.parseResponse(form, details, shuffled(seed));
        expect(response && ordering.mark(details, response).fraction.toFraction()).toBe('1');
      }),
    );
  });
});

test('of items on one place none is there, and the others keep theirs', () => {
  const details = { items: ['a', 'b', 'c', 'd'].map(plain), grading: 'absolute-position' as const };
  const places = new Map([
    ['a', 1],
    ['b', 1],
    ['c', 3],
    ['d', 4],
  ]);
  const form = formOf(details, 'seed', (text) => places.get(text) ?? 0);
  const response = ordering.parseResponse(form, details, shuffled('seed'));
  expect(response && ordering.mark(details, response).fraction.toFraction()).toBe('1/2');
  expect(ordering.present(details, shuffled('seed'), response)).toMatchObject({ sharedPlaces: [1] });
  expect(ordering.review(details, shuffled('seed'), response)).toMatchObject({
    rows: [
      { chosen: 1, isRight: false },
      { chosen: 1, isRight: false },
      { chosen: 3, isRight: true },
      { chosen: 4, isRight: true },
    ],
  });
});

describe('What a student is shown of items to be put in order', () => {
  test('is the same whichever order is right, and an answer means the same by either key', () => {
    fc.assert(
      fc.property(texts(), fc.string(), fc.string(), (items, seed, otherSeed) => {
        const details = { items: items.map(plain), grading: 'relative-next' as const };
        const other = {
          ...details,
          items: shuffled(otherSeed)(items.length).map((index) => plain(items[index] ?? '')),
        };
        const form = formOf(details, seed, (text) => items.indexOf(text) + 1);
        const response = ordering.parseResponse(form, details, shuffled(seed));
        expect(ordering.parseResponse(form, other, shuffled(seed))).toEqual(response);
        expect(ordering.present(other, shuffled(seed), response)).toEqual(
          ordering.present(details, shuffled(seed), response),
        );
      }),
    );
  });

  test('is in the right order no oftener than chance has it, even where nobody shuffles', () => {
    let inOrder = 0;
    for (let year = 1000; year < 1600; year += 1) {
      const items = [year, year + 10, year + 20].map(String);
      const details = { items: items.map(plain), grading: 'relative-next' as const };
      const { rows } = shown.parse(ordering.present(details, asWritten, null));
      if (rows.map(({ text }) => text.source).join() === items.join()) inOrder += 1;
    }
    // 100 of 600 expected, by alphabet it would be all of them; the years are fixed, so this cannot fail by chance.
    expect(Math.abs(inOrder - 100)).toBeLessThan(45);
  });
});

test.each([
  ['one item', ['a']],
  ['two items that nobody can tell apart', ['a', 'b', 'a']],
])('A question with %s is refused', (_, items) => {
  expect(ordering.details.safeParse({ items: items.map(plain), grading: 'relative-next' }).success).toBe(false);
});

/** What a form sends when each item is given a place, from 1; 0 for none. */
function formOf(details: Parameters<typeof ordering.present>[0], seed: string, placeOf: (text: string) => number) {
  const { rows } = shown.parse(ordering.present(details, shuffled(seed), null));
  const sent = new Map(rows.map(({ part, text }) => [part, String(placeOf(text.source))]));
  return (part: string | null) => [sent.get(part ?? '') ?? ''];
}

function texts() {
  return fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 8 });
}

function permutations(): fc.Arbitrary<number[]> {
  return fc.integer({ min: 2, max: 8 }).chain((count) => {
    const items = [...Array(count).keys()];
    return fc.shuffledSubarray(items, { minLength: count });
  });
}

/** Orders in which some places are empty. */
function sequences(): fc.Arbitrary<Sequence> {
  return fc
    .tuple(permutations(), fc.array(fc.nat({ max: 7 }), { maxLength: 3 }))
    .map(([sequence, absent]) => sequence.map((item) => (absent.includes(item) ? null : item)));
}
