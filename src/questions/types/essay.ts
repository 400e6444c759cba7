// A text at length, or files, or both, which a person reads and marks.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { fileRuleSchema, rubricSchema } from '../rubric.ts';
import { questionType } from '../question-type.ts';
import { typedText } from '../typed-text.ts';

const maximumLength = 50_000;

const wordCount = z.number().int().min(1).max(10_000).nullable();

const expectedWords = z
  .strictObject({ least: wordCount, most: wordCount })
  .refine(
    ({ least, most }) => least === null || most === null || least <= most,
    'expected no more at least than at most',
  );

const details = z
  .strictObject({
    /** What learners are told; nobody is kept from writing more or less. */
    expectedWords: expectedWords.optional(),
    /** Absent: yes. */
    takesText: z.boolean().optional(),
    /** Absent: none. */
    files: fileRuleSchema.optional(),
    rubric: rubricSchema.optional(),
    /** For who marks. */
    guidance: contentSchema.nullable().optional(),
  })
  .refine(({ takesText, files }) => takesText !== false || files !== undefined, 'expected a text or files');

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What marks is not shown to who answers. */
const marked = {
  rubric: [
    {
      criterion: 'The law is named',
      levels: [
        { text: 'no', share: '0' },
        { text: 'yes', share: '2/3' },
      ],
    },
    {
      criterion: 'An example is given',
      levels: [
        { text: 'none', share: '0' },
        { text: 'one', share: '1/3' },
      ],
    },
  ],
  guidance: { format: 'plain' as const, source: 'Look for the second law' },
} satisfies Pick<z.input<typeof details>, 'rubric' | 'guidance'>;

export const essay = questionType({
  name: 'essay',
  marking: 'manual',
  details,
  response: z.strictObject({
    text: z.string(),
    /** Keys of its files, in the order in which they were handed in; absent for none. */
    files: z.array(sha256).min(1).optional(),
  }),

  present({ expectedWords: words, takesText = true }, _, answer) {
    return { text: answer?.text ?? '', maximumLength, takesText, words: words ?? null };
  },

  parseResponse(fields, { takesText = true }) {
    const text = takesText ? typedText(fields(null), maximumLength) : null;
    return text === null ? null : { text };
  },

  files({ files }) {
    return files ?? null;
  },

  withFiles(answer, keys) {
    const text = answer?.text ?? '';
    if (keys.length === 0) return text === '' ? null : { text };
    return { text, files: [...keys] };
  },

  rubric({ rubric }) {
    return rubric ?? null;
  },

  guidance({ guidance }) {
    return guidance ?? null;
  },

  mark() {
    return { fraction: new Fraction(0), feedback: [] };
  },

  review({ takesText = true }, _, answer) {
    return { text: answer?.text ?? null, takesText, hasFiles: answer?.files !== undefined };
  },

  key() {
    return null;
  },

  examples: [
    {
      about: 'a few lines',
      details: {},
      otherKey: {},
      answers: [
        { fields: { '': ['Belanchak.\r\nMayatnik.'] }, response: { text: 'Belanchak.\nMayatnik.' }, fraction: null },
        { fields: { '': [' \n '] }, response: null, fraction: null },
      ],
    },
    {
      about: 'a text of so many words, marked by a rubric',
      details: { expectedWords: { least: 50, most: null }, rubric: marked.rubric, guidance: marked.guidance },
      otherKey: {
        expectedWords: { least: 50, most: null },
        guidance: { format: 'plain', source: 'Look for examples' },
      },
      answers: [{ fields: { '': ['Belanchak.'] }, response: { text: 'Belanchak.' }, fraction: null }],
    },
    {
      about: 'a text with files',
      details: { files: { most: 2, kinds: ['picture', 'pdf'] }, guidance: marked.guidance },
      otherKey: { files: { most: 2, kinds: ['picture', 'pdf'] } },
      answers: [{ fields: { '': ['Belanchak.'] }, response: { text: 'Belanchak.' }, fraction: null }],
    },
  ],
});
