// Things to be sorted into categories. A thing may belong to none of them, which is then a choice like the others.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema, plainText, renderContent } from '../content.ts';
import type { Content } from '../content.ts';
import { questionType } from '../question-type.ts';
import { readRows, rowsInOrder } from './row-answers.ts';

const details = z
  .strictObject({
    categories: z.array(contentSchema).min(2).max(20),
    /** `category` is an index, null for an item that belongs to none. */
    items: z
      .array(z.strictObject({ text: contentSchema, category: z.int().nonnegative().nullable() }))
      .min(2)
      .max(100),
    /** `per-item`: each item earns its share, one that belongs nowhere too. */
    grading: z.enum(['per-item', 'all-or-nothing']),
  })
  .refine(({ categories, items }) => items.every(({ category }) => (category ?? 0) < categories.length), {
    error: 'expected each item to belong to one of the categories',
  });

/** "None of these", said by the student; null stands for nothing said. */
const none = -1;

const response = z.strictObject({ categories: z.array(z.int().min(none).nullable()).max(100) });

type Details = z.infer<typeof details>;

/** Whether "none of these" can be chosen: only where some item is in no category, and then that is part of what is asked. */
const offersNone = ({ items }: Pick<Details, 'items'>) => items.some(({ category }) => category === null);

/** Whether a menu, which can show text only, shows all of it. */
const isTextAlone = (content: Content) => !renderContent(content, 'inline').includes('<');

const formulas = /\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$/g;

/** What a menu can say of each category. Where one holds a formula or a picture all of them are numbered, and shown besides. */
function menuOf({ categories }: Details): { legend: readonly Content[] | null; words: string[] } {
  const texts = categories.map(plainText);
  if (categories.every(isTextAlone)) return { legend: null, words: texts };
  return { legend: categories, words: texts.map((text, index) => `${index + 1}. ${text.replace(formulas, '…')}`) };
}

const plain = (source: string) => ({ format: 'plain' as const, source });

const quantities = (categories: readonly (number | null)[], grading: Details['grading']): Details => ({
  categories: [plain('vector'), plain('scalar')],
  items: ['velocity', 'mass', 'Newton', 'force'].map((text, index) => ({
    text: plain(text),
    category: categories[index] ?? null,
  })),
  grading,
});

export const categorise = questionType({
  name: 'categorise',
  marking: 'automatic',
  hint: 'sort-items',
  details,
  response,

  present(question, order, answer) {
    const { items, categories } = question;
    const { legend, words } = menuOf(question);
    return {
      legend,
      choices: words.map((text, index) => ({ value: String(index), text })),
      none: offersNone(question) ? String(categories.length) : null,
      rows: rowsInOrder(items, order(items.length)).map(({ row, index, part }) => {
        const chosen = answer?.categories[index] ?? null;
        return {
          part,
          text: row.text,
          chosen: chosen === null ? null : String(chosen === none ? categories.length : chosen),
        };
      }),
    };
  },

  parseResponse(fields, question, order) {
    const { items, categories } = question;
    const chosen = readRows(fields, order(items.length), (value) => {
      if (value < categories.length) return value;
      return value === categories.length && offersNone(question) ? none : null;
    });
    return chosen && { categories: chosen };
  },

  mark({ items, grading }, { categories }) {
    const rightCount = items.filter(({ category }, index) => categories[index] === (category ?? none)).length;
    const share = new Fraction(rightCount, items.length);
    return { fraction: grading === 'per-item' ? share : share.floor(), feedback: [] };
  },

  review({ items, categories, grading }, order, answer) {
    return {
      rows: rowsInOrder(items, order(items.length)).map(({ row: { text, category }, index }) => {
        const chosen = answer?.categories[index] ?? null;
        return {
          text,
          /** null for "none of these"; `isAnswered` tells it from nothing said. */
          chosen: chosen === null ? null : (categories[chosen] ?? null),
          isAnswered: chosen !== null,
          right: category === null ? null : (categories[category] ?? null),
          isRight: chosen === (category ?? none),
        };
      }),
      grading,
    };
  },

  key({ items, grading }) {
    return { grading, items: items.map(({ category }) => category) };
  },

  examples: [
    {
      about: 'each item earns its share, and saying nothing is not saying "none"',
      details: quantities([0, 1, null, 0], 'per-item'),
      otherKey: quantities([null, 0, 0, 1], 'per-item'),
      answers: [
        {
          fields: { 0: ['0'], 1: ['1'], 2: ['2'], 3: ['0'] },
          response: { categories: [0, 1, -1, 0] },
          fraction: '1',
        },
        { fields: { 0: ['0'], 1: ['0'], 3: ['0'] }, response: { categories: [0, 0, null, 0] }, fraction: '1/2' },
        { fields: { 0: [''], 1: ['3'], 2: ['x'] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
    {
      about: 'all or nothing, and everything belongs somewhere',
      details: quantities([0, 1, 1, 0], 'all-or-nothing'),
      otherKey: quantities([1, 0, 1, 0], 'all-or-nothing'),
      answers: [
        { fields: { 0: ['0'], 1: ['1'], 2: ['1'], 3: ['0'] }, response: { categories: [0, 1, 1, 0] }, fraction: '1' },
        { fields: { 0: ['0'], 1: ['1'], 2: ['1'], 3: ['1'] }, response: { categories: [0, 1, 1, 1] }, fraction: '0' },
        { fields: { 2: ['2'] }, response: null, fraction: null },
      ],
    },
  ],
});
