// Marks for options, matrices and categories: tables with their sources, and what holds for every such question.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { shuffled } from '../../src/questions/shuffle.ts';
import { categorise } from '../../src/questions/types/categorise.ts';
import { matrix } from '../../src/questions/types/matrix.ts';
import { multipleChoice } from '../../src/questions/types/multiple-choice.ts';

const plain = (source: string) => ({ format: 'plain' as const, source });

type Grading = 'weights' | 'all-or-nothing' | 'right-minus-wrong';

const options = (weights: readonly string[], grading: Grading) => ({
  options: weights.map((weight, index) => ({ text: plain(`option ${index}`), weight, feedback: null })),
  grading,
});

const everythingIn = (all: readonly unknown[]) => [...all.keys()];

describe('Of seven animals four are mammals: 0, 3, 4 and 6', () => {
  // The example in the README of Moodle's qtype_oumultiresponse, which takes as much for a wrong choice as it gives for a right
  // one. Here a wrong one costs a third, for three are wrong: `exams_eval(rule = "false")` of R/exams. Moodle's
  // qtype_multichoiceset gives nothing unless the choice is exact.
  test.each([
    [[0, 3, 4, 6], '1', '1', '1'],
    [[3], '1/4', '0', '1/4'],
    [[0, 3, 4, 6, 5], '1', '0', '2/3'],
    [[0, 3, 4, 1, 2], '3/4', '0', '1/12'],
    [[1, 2, 5], '0', '0', '-1'],
    [[0, 1, 2, 3, 4, 5, 6], '0', '0', '0'],
  ])('choosing %j earns %s by weights, %s all or nothing, %s right minus wrong', (choices, ...shares) => {
    const weights = ['1/4', '0', '0', '1/4', '1/4', '0', '1/4'];
    const earned = (['weights', 'all-or-nothing', 'right-minus-wrong'] as const).map((grading) =>
      multipleChoice.mark(options(weights, grading), { choices }).fraction.toFraction(),
    );
    expect(earned).toEqual(shares);
  });
});

describe('Whatever the options of a question and however it is graded', () => {
  test('ticking everything earns nothing', () => {
    fc.assert(
      fc.property(choiceQuestions(), (question) => {
        const choices = everythingIn(question.options);
        expect(multipleChoice.mark(question, { choices }).fraction.lte(0)).toBe(true);
      }),
    );
  });

  test('the right options earn everything, and no choice earns more', () => {
    fc.assert(
      fc.property(choiceQuestions(), fc.array(fc.nat({ max: 9 })), (question, some) => {
        const right = everythingIn(question.options).filter((index) => isWorth(question, index));
        expect(multipleChoice.mark(question, { choices: right }).fraction.toFraction()).toBe('1');
        const choices = some.filter((index) => index < question.options.length);
        expect(multipleChoice.mark(question, { choices }).fraction.lte(1)).toBe(true);
      }),
    );
  });

  test('their order changes nothing', () => {
    fc.assert(
      fc.property(choiceQuestions(), fc.array(fc.nat({ max: 9 })), fc.string(), (question, choices, seed) => {
        const order = shuffled(seed)(question.options.length);
        const moved = { ...question, options: order.flatMap((index) => question.options[index] ?? []) };
        const movedChoices = everythingIn(order).filter((place) => choices.includes(order[place] ?? -1));
        expect(multipleChoice.mark(moved, { choices: movedChoices }).fraction.toFraction()).toBe(
          multipleChoice.mark(question, { choices }).fraction.toFraction(),
        );
      }),
    );
  });
});

test('Where every option is right, ticking everything is the answer by weights, and no other grading takes the question', () => {
  const weights = ['1/2', '1/2'];
  expect(multipleChoice.mark(options(weights, 'weights'), { choices: [0, 1] }).fraction.toFraction()).toBe('1');
  expect(multipleChoice.details.safeParse(options(weights, 'weights')).success).toBe(true);
  expect(multipleChoice.details.safeParse(options(weights, 'all-or-nothing')).success).toBe(false);
  expect(multipleChoice.details.safeParse(options(weights, 'right-minus-wrong')).success).toBe(false);
});

describe('Of the rows of a matrix', () => {
  // Moodle's qtype_kprime, `grade_question` in grading/qtype_kprime_grading_kprime.class.php and …_subpoints.class.php, and
  // ILIAS's assKprimChoice with half points, which takes a row without an answer for a wrong one, too. Both have four rows;
  // ONYX keeps the rule for any number.
  test.each([
    [4, 4, '1', '1', '1'],
    [4, 3, '1/2', '3/4', '0'],
    [4, 2, '0', '1/2', '0'],
    [4, 0, '0', '0', '0'],
    [2, 1, '1/2', '1/2', '0'],
    [6, 5, '1/2', '5/6', '0'],
    [6, 4, '0', '2/3', '0'],
    [1, 1, '1', '1', '1'],
    [1, 0, '0', '0', '0'],
  ])('of %i rows %i right earn %s by K-prim, %s row by row, %s all or nothing', (count, rightCount, ...shares) => {
    const columns = [plain('true'), plain('false')];
    const rows = Array.from({ length: count }, () => ({ text: plain('row'), right: 0 }));
    const answers = [
      rows.map((_, row) => (row < rightCount ? 0 : 1)),
      rows.map((_, row) => (row < rightCount ? 0 : null)),
    ];
    for (const answer of answers) {
      const earned = (['kprim', 'per-row', 'all-or-nothing'] as const).map((grading) =>
        matrix.mark({ columns, rows, grading }, { columns: answer }).fraction.toFraction(),
      );
      expect(earned).toEqual(shares);
    }
  });

  test('each earns no more and no less in whatever order they are shown, and the key earns everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 }),
        answersTo(2),
        fc.string(),
        (rights, given, seed) => {
          for (const grading of ['kprim', 'per-row', 'all-or-nothing'] as const) {
            const details = {
              columns: ['a', 'b', 'c'].map(plain),
              rows: rights.map((right, row) => ({ text: plain(String(row)), right })),
              grading,
            };
            const answer = rights.map((_, row) => given[row] ?? null);
            expectSameWhenMoved(
              details.rows,
              answer,
              seed,
              (rows, columns) => matrix.mark({ ...details, rows }, { columns }).fraction,
            );
            expect(matrix.mark(details, { columns: rights }).fraction.toFraction()).toBe('1');
          }
        },
      ),
    );
  });

  test('none may be right in a column that is not there', () => {
    const columns = [plain('a'), plain('b')];
    const details = { columns, rows: [{ text: plain('row'), right: 2 }], grading: 'per-row' };
    expect(matrix.details.safeParse(details).success).toBe(false);
  });
});

describe('Of items that belong to categories, or to none', () => {
  const things = (categories: readonly (number | null)[], grading: 'per-item' | 'all-or-nothing') => ({
    categories: ['a', 'b', 'c'].map(plain),
    items: categories.map((category, index) => ({ text: plain(String(index)), category })),
    grading,
  });

  // As Canvas's New Quizzes mark a categorization item by item or exactly; an item left out there is "none" here, and said.
  test.each([
    [[0, 1, 2, -1], '1', '1'],
    [[0, 1, 2, null], '3/4', '0'],
    [[0, 0, 0, 0], '1/4', '0'],
    [[1, 2, 0, 0], '0', '0'],
    [[-1, -1, -1, -1], '1/4', '0'],
  ])('saying %j earns %s item by item, %s all or nothing', (categories, ...shares) => {
    const earned = (['per-item', 'all-or-nothing'] as const).map((grading) =>
      categorise.mark(things([0, 1, 2, null], grading), { categories }).fraction.toFraction(),
    );
    expect(earned).toEqual(shares);
  });

  test('their order changes nothing, and the key earns everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat({ max: 2 })), { minLength: 2, maxLength: 8 }),
        answersTo(2),
        fc.string(),
        (belonging, given, seed) => {
          for (const grading of ['per-item', 'all-or-nothing'] as const) {
            const details = things(belonging, grading);
            const answer = belonging.map((_, item) => given[item] ?? null);
            expectSameWhenMoved(
              details.items,
              answer,
              seed,
              (items, categories) => categorise.mark({ ...details, items }, { categories }).fraction,
            );
            const key = belonging.map((category) => category ?? -1);
            expect(categorise.mark(details, { categories: key }).fraction.toFraction()).toBe('1');
          }
        },
      ),
    );
  });

  test('where every item belongs somewhere nobody is offered "none of these"', () => {
    const order = shuffled('seed');
    expect(categorise.present(things([0, 1], 'per-item'), order, null)).toMatchObject({ none: null });
    expect(categorise.present(things([0, null], 'per-item'), order, null)).toMatchObject({ none: '3' });
  });

  test('a category that a menu cannot show stands above the menus, under a number', () => {
    const details = { ...things([0, 1], 'per-item'), categories: [plain('half \\(x^2\\)'), plain("o'lcham")] };
    expect(categorise.present(details, shuffled('seed'), null)).toMatchObject({
      legend: details.categories,
      choices: [
        { value: '0', text: '1. half …' },
        { value: '1', text: "2. o'lcham" },
      ],
    });
    const words = { ...details, categories: [plain("o'lcham"), plain('son')] };
    expect(categorise.present(words, shuffled('seed'), null)).toMatchObject({
      legend: null,
      choices: [{ text: "o'lcham" }, {}],
    });
  });
});

/** Marks the same answer twice: as it is, and with the rows in another order. */
function expectSameWhenMoved<Row>(
  rows: readonly Row[],
  answer: readonly (number | null)[],
  seed: string,
  mark: (rows: Row[], answer: (number | null)[]) => Fraction,
) {
  const order = shuffled(seed)(rows.length);
  const moved = order.flatMap((index) => rows[index] ?? []);
  const movedAnswer = order.map((index) => answer[index] ?? null);
  expect(mark(moved, movedAnswer).toFraction()).toBe(mark([...rows], [...answer]).toFraction());
}

function answersTo(last: number) {
  return fc.array(fc.option(fc.nat({ max: last })), { minLength: 8, maxLength: 8 });
}

function isWorth(question: ReturnType<typeof options>, index: number) {
  return new Fraction(question.options[index]?.weight ?? 0).gt(0);
}

/** Questions with a right option and one that is not; wrong ones cost something, or nothing. */
function choiceQuestions() {
  return fc
    .tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.constantFrom('0', '-1/3', '-1'), { minLength: 1, maxLength: 5 }),
      fc.constantFrom<Grading>('weights', 'all-or-nothing', 'right-minus-wrong'),
    )
    .map(([rightCount, wrong, grading]) =>
      options([...Array.from({ length: rightCount }, () => `1/${rightCount}`), ...wrong], grading),
    );
}
