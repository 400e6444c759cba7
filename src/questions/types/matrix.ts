// Rows and columns: in each row one column is right. With the columns "true" and "false" it is a K-prim question.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { questionType } from '../question-type.ts';
import { readRows, rowsInOrder } from './row-answers.ts';

const details = z
  .strictObject({
    columns: z.array(contentSchema).min(2).max(10),
    /** `right` is the index of a column. */
    rows: z
      .array(z.strictObject({ text: contentSchema, right: z.int().nonnegative() }))
      .min(1)
      .max(50),
    /**
     * `per-row`: each row earns its share. `all-or-nothing`: only all of them together. `kprim`: everything for all rows,
     * half for all but one, nothing for less (Moodle's qtype_kprime and qtype_mtf, ILIAS's and ONYX's Kprim). Four rows are
     * the custom; the rule is the same for any number, except that a single row that is wrong earns nothing.
     */
    grading: z.enum(['per-row', 'all-or-nothing', 'kprim']),
  })
  .refine(({ columns, rows }) => rows.every(({ right }) => right < columns.length), {
    error: 'expected each right answer to be one of the columns',
  });

const response = z.strictObject({ columns: z.array(z.int().nonnegative().nullable()).max(50) });

type Details = z.infer<typeof details>;

function shareOf(grading: Details['grading'], rightCount: number, rowCount: number): Fraction {
  switch (grading) {
    case 'per-row':
      return new Fraction(rightCount, rowCount);
    case 'all-or-nothing':
      return new Fraction(rightCount === rowCount ? 1 : 0);
    case 'kprim':
      if (rightCount === rowCount) return new Fraction(1);
      return new Fraction(rightCount > 0 && rightCount === rowCount - 1 ? '1/2' : 0);
  }
}

const plain = (source: string) => ({ format: 'plain' as const, source });

const statements = (rights: readonly number[], grading: Details['grading']): Details => ({
  columns: [plain('true'), plain('false')],
  rows: ['Mass is a scalar.', 'Force is a scalar.', 'Speed is a vector.', 'Momentum is a vector.'].map(
    (text, index) => ({ text: plain(text), right: rights[index] ?? 0 }),
  ),
  grading,
});

export const matrix = questionType({
  name: 'matrix',
  marking: 'automatic',
  hint: 'choose-in-rows',
  details,
  response,

  present({ columns, rows }, order, answer) {
    return {
      columns,
      rows: rowsInOrder(rows, order(rows.length)).map(({ row, index, part }) => ({
        part,
        text: row.text,
        choices: columns.map((text, column) => ({
          value: String(column),
          text,
          isChosen: answer?.columns[index] === column,
        })),
      })),
    };
  },

  parseResponse(fields, { columns, rows }, order) {
    const chosen = readRows(fields, order(rows.length), (column) => (column < columns.length ? column : null));
    return chosen && { columns: chosen };
  },

  mark({ rows, grading }, { columns }) {
    const rightCount = rows.filter(({ right }, row) => columns[row] === right).length;
    return { fraction: shareOf(grading, rightCount, rows.length), feedback: [] };
  },

  review({ columns, rows, grading }, order, answer) {
    return {
      rows: rowsInOrder(rows, order(rows.length)).map(({ row: { text, right }, index }) => {
        const chosen = answer?.columns[index] ?? null;
        return {
          text,
          chosen: chosen === null ? null : (columns[chosen] ?? null),
          right: columns[right],
          isRight: chosen === right,
        };
      }),
      grading,
    };
  },

  key({ rows, grading }) {
    return { grading, rows: rows.map(({ right }) => right) };
  },

  examples: [
    {
      about: 'K-prim: half for three of four, an empty row is a wrong one',
      details: statements([0, 1, 1, 0], 'kprim'),
      otherKey: statements([1, 0, 0, 1], 'kprim'),
      answers: [
        {
          fields: { 0: ['0'], 1: ['1'], 2: ['1'], 3: ['0'] },
          response: { columns: [0, 1, 1, 0] },
          fraction: '1',
        },
        { fields: { 0: ['0'], 1: ['1'], 2: ['1'] }, response: { columns: [0, 1, 1, null] }, fraction: '1/2' },
        { fields: { 0: ['0'], 1: ['1'], 2: ['0'], 3: ['1'] }, response: { columns: [0, 1, 0, 1] }, fraction: '0' },
        { fields: { 0: [''], 1: ['2'], 2: ['x'] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
    {
      about: 'each row earns its share',
      details: statements([0, 1, 1, 0], 'per-row'),
      otherKey: statements([0, 1, 1, 0], 'all-or-nothing'),
      answers: [
        { fields: { 0: ['0'] }, response: { columns: [0, null, null, null] }, fraction: '1/4' },
        { fields: { 0: ['0'], 1: ['1'], 2: ['0'] }, response: { columns: [0, 1, 0, null] }, fraction: '1/2' },
      ],
    },
  ],
});
