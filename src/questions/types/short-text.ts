// A word or a few, compared with the answers the author thought of.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from '../content.ts';
import { weightSchema } from '../exact.ts';
import { fitsPattern, foldText, hasWildcard, readablePattern } from '../fold-text.ts';
import { questionType } from '../question-type.ts';
import { typedText } from '../typed-text.ts';
import { worthOf } from '../worth.ts';

const maximumLength = 200;

const answerSchema = z.strictObject({
  /** `*` stands for any characters, `\*` for a star; see `fitsPattern` for what counts as the same. */
  pattern: z.string().trim().min(1).max(maximumLength),
  weight: weightSchema,
  feedback: contentSchema.nullable(),
});

const details = z.strictObject({
  /** Tried in this order; the first that fits decides. */
  answers: z
    .array(answerSchema)
    .min(1)
    .max(100)
    .refine((answers) => answers.some(({ weight }) => new Fraction(weight).equals(1)), 'expected an answer worth all'),
});

const response = z.strictObject({ text: z.string() });

type Answer = z.infer<typeof answerSchema>;

const firstMatch = (answers: readonly Answer[], text: string) =>
  answers.find(({ pattern }) => fitsPattern(text, pattern));

/**
 * The answers worth everything, for people to read; null stands for any text at all. Patterns are left out if there is an
 * answer without a wildcard, and what no folding tells apart is said once.
 */
function acceptedTexts(answers: readonly Answer[]): (string | null)[] {
  const patterns = answers.filter(({ weight }) => new Fraction(weight).equals(1)).map(({ pattern }) => pattern);
  const plain = patterns.filter((pattern) => !hasWildcard(pattern));
  const shown = (plain.length > 0 ? plain : patterns).toReversed().map(readablePattern);
  const different = [...new Map(shown.map((text) => [foldText(text), text])).values()].toReversed();
  return plain.length === 0 && patterns.some((pattern) => /^\*+$/.test(pattern)) ? [null] : different;
}

const answer = (pattern: string, weight = '1'): Answer => ({ pattern, weight, feedback: null });

export const shortText = questionType({
  name: 'short-text',
  marking: 'automatic',
  details,
  response,

  present(_, __, saved) {
    return { text: saved?.text ?? '', maximumLength };
  },

  parseResponse(fields) {
    const text = typedText(fields(null), maximumLength)?.replace(/\s+/g, ' ') ?? null;
    return text === null ? null : { text };
  },

  mark({ answers }, { text }) {
    const match = firstMatch(answers, text);
    return { fraction: new Fraction(match?.weight ?? 0), feedback: match?.feedback ? [match.feedback] : [] };
  },

  review({ answers }, _, given) {
    const text = given?.text ?? null;
    const match = text === null ? undefined : firstMatch(answers, text);
    return {
      text,
      worth: worthOf(new Fraction(match?.weight ?? 0)),
      accepted: acceptedTexts(answers),
      feedback: match?.feedback ?? null,
    };
  },

  key({ answers }) {
    return answers.map(({ pattern, weight }) => ({
      pattern: foldText(pattern),
      weight: new Fraction(weight).toFraction(),
    }));
  },

  examples: [
    {
      about: 'case, spaces and the kind of apostrophe do not matter',
      details: { answers: [answer('toʻgʻri chiziqli'), answer('toʻgʻri*', '1/2'), answer('*egri*', '0')] },
      otherKey: { answers: [answer('egri')] },
      answers: [
        { fields: { '': ["  TO'G`RI   Chiziqli "] }, response: { text: "TO'G`RI Chiziqli" }, fraction: '1' },
        { fields: { '': ['to‘g’ri'] }, response: { text: 'to‘g’ri' }, fraction: '1/2' },
        { fields: { '': ['togri chiziqli'] }, response: { text: 'togri chiziqli' }, fraction: '0' },
        { fields: { '': [''] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
  ],
});
