// A word or a few, compared with the answers the author thought of.
import { z } from 'zod';
import { fitsPattern, foldText, hasWildcard, readablePattern } from '../fold-text.ts';
import { questionType } from '../question-type.ts';
import {
  answersKey,
  answersSchema,
  firstThat,
  markTyped,
  parseTyped,
  presentTyped,
  reviewTyped,
  typedResponse,
  weighed,
  worthAll,
} from './typed-answer.ts';

const maximumLength = 200;

const answerSchema = z.strictObject({
  /** `*` stands for any characters, `\*` for a star; see `fitsPattern` for what counts as the same. */
  pattern: z.string().trim().min(1).max(maximumLength),
  ...weighed,
});

/** Its answers, and how what was typed is compared with them: see `Folding`. */
export const shortTextDetails = z.strictObject({
  answers: answersSchema(answerSchema),
  isCaseSensitive: z.boolean().optional(),
  foldsLookAlikes: z.boolean().optional(),
});

type Answer = z.infer<typeof answerSchema>;
type Details = z.infer<typeof shortTextDetails>;

function decide({ answers, ...folding }: Details, text: string) {
  return firstThat(answers, ({ pattern }) => fitsPattern(text, pattern, folding));
}

/**
 * The answers worth everything, for people to read; null stands for any text at all. Patterns are left out if there is an
 * answer without a wildcard, and what no folding tells apart is said once.
 */
function acceptedTexts({ answers, ...folding }: Details): (string | null)[] {
  const patterns = worthAll(answers).map(({ pattern }) => pattern);
  const plain = patterns.filter((pattern) => !hasWildcard(pattern));
  const shown = (plain.length > 0 ? plain : patterns).toReversed().map(readablePattern);
  const different = [...new Map(shown.map((text) => [foldText(text, folding), text])).values()].toReversed();
  return plain.length === 0 && patterns.some((pattern) => /^\*+$/.test(pattern)) ? [null] : different;
}

const answer = (pattern: string, weight = '1'): Answer => ({ pattern, weight, feedback: null });

export const shortText = questionType({
  name: 'short-text',
  marking: 'automatic',
  details: shortTextDetails,
  response: typedResponse,

  present(_, __, given) {
    return presentTyped(given, maximumLength);
  },

  parseResponse(fields) {
    const typed = parseTyped(fields, maximumLength);
    return typed && { text: typed.text.replace(/\s+/g, ' ') };
  },

  mark(details, { text }) {
    return markTyped(decide(details, text));
  },

  review(details, _, given) {
    return { ...reviewTyped(given, (text) => decide(details, text)), accepted: acceptedTexts(details) };
  },

  key({ answers, isCaseSensitive = false, foldsLookAlikes = false }) {
    const folding = { isCaseSensitive, foldsLookAlikes };
    const patterns = answersKey(answers, ({ pattern }) => ({ pattern: foldText(pattern, folding) }));
    return { patterns, ...folding };
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
    {
      about: 'a symbol in which capitals decide, typed on whichever keyboard',
      details: { answers: [answer('Cu'), answer('cu', '1/2')], isCaseSensitive: true, foldsLookAlikes: true },
      otherKey: { answers: [answer('Cu'), answer('cu', '1/2')] },
      answers: [
        { fields: { '': ['Cu'] }, response: { text: 'Cu' }, fraction: '1' },
        { fields: { '': ['Сu'] }, response: { text: 'Сu' }, fraction: '1' },
        { fields: { '': ['cu'] }, response: { text: 'cu' }, fraction: '1/2' },
        { fields: { '': ['CU'] }, response: { text: 'CU' }, fraction: '0' },
      ],
    },
  ],
});
