// A text with gaps: each asks for a word, a number or a choice as a question of that type would, and is worth a share of the points.
// It stands in the question's text as `[[1]]`, `[[2]]` …
import Fraction from 'fraction.js';
import { z } from 'zod';
import { plainText, renderContent } from '../content.ts';
import type { Content } from '../content.ts';
import { pointsSchema } from '../exact.ts';
import { questionType } from '../question-type.ts';
import type { FieldReader, Mark, Order, QuestionType, StoredResponse } from '../question-type.ts';
import { worthOf } from '../worth.ts';
import { presentOptions } from './choice-option.ts';
import { numeric, numericDetails } from './numeric.ts';
import { shortText, shortTextDetails } from './short-text.ts';
import { singleChoice, singleChoiceDetails } from './single-choice.ts';

const common = {
  /** What it is worth beside the other gaps. */
  points: pointsSchema.refine((text) => new Fraction(text).gt(0), 'expected points above 0'),
};

/** One gap, as it is stored. */
export const gapSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('text'), details: shortTextDetails }),
  z.strictObject({ ...common, kind: z.literal('number'), details: numericDetails }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    layout: z.enum(['menu', 'vertical', 'horizontal']),
    details: singleChoiceDetails,
  }),
]);

const details = z.strictObject({ gaps: z.array(gapSchema).min(1).max(50) });

/** By the gap's place from 0: what was typed, or the option chosen. Gaps without an answer are left out. */
const response = z.record(z.string().regex(/^\d{1,2}$/), z.union([z.string(), z.int().nonnegative()]));

export type ClozeGap = z.infer<typeof gapSchema>;
type Gap = ClozeGap;
type Response = z.infer<typeof response>;

/** The type whose rules a gap follows. The link between the two is what `gapSchema` has checked. */
const gapTypes: Readonly<Record<Gap['kind'], QuestionType>> = {
  text: shortText,
  number: numeric,
  choice: singleChoice,
};

const mostOptions = 100;

/** An order of its own for each gap: with one for all, gaps with as many options would have the right one in the same place. */
function orderOf(place: number, order: Order): Order {
  return (n) => order(n + mostOptions * (place + 1)).filter((index) => index < n);
}

/** The gap's part of a form: `q7.0` for the first. */
function fieldsOf(place: number, fields: FieldReader): FieldReader {
  return (part) => fields(part === null ? String(place) : `${place}.${part}`);
}

/** The answer to one gap, as its type stores it. */
function answerTo({ kind }: Gap, place: number, given: Response | null): StoredResponse | null {
  const kept = given?.[String(place)];
  if (kept === undefined) return null;
  return kind === 'choice' ? { choice: kept } : { text: kept };
}

function markGap(gap: Gap, place: number, given: Response | null): Mark {
  const answer = answerTo(gap, place, given);
  return answer ? gapTypes[gap.kind].mark(gap.details, answer) : { fraction: new Fraction(0), feedback: [] };
}

/** Its control as a form shows it. */
function presentGap(gap: Gap, place: number, order: Order, given: Response | null) {
  const part = String(place);
  const answer = answerTo(gap, place, given);
  if (gap.kind !== 'choice')
    return { kind: gap.kind, part, view: gapTypes[gap.kind].present(gap.details, order, answer) };
  const chosen = answer ? [Number(answer['choice'])] : [];
  const options = presentOptions(gap.details.options, orderOf(place, order), chosen);
  const kind = gap.layout === 'menu' && !options.every(({ text }) => isWords(text)) ? 'horizontal' : gap.layout;
  return { kind, part, view: { options: options.map((each) => ({ ...each, words: plainText(each.text) })) } };
}

/** Whether a menu can show it: that has room for words, and for no formula or picture. */
function isWords(text: Content): boolean {
  return !/<(?:math|img)\b/.test(renderContent(text, 'inline'));
}

/** Its result: in the text what was given and how that went, below it what its type has to say. */
function reviewGap(gap: Gap, place: number, order: Order, given: Response | null) {
  const kept = given?.[String(place)];
  const chosen = gap.kind === 'choice' && typeof kept === 'number' ? gap.details.options[kept] : undefined;
  return {
    type: gapTypes[gap.kind].name,
    /** What was typed, or what was chosen; both null if nothing was. */
    typed: typeof kept === 'string' ? kept : null,
    chosen: chosen?.text ?? null,
    worth: worthOf(markGap(gap, place, given).fraction),
    view: gapTypes[gap.kind].review(gap.details, orderOf(place, order), answerTo(gap, place, given)),
  };
}

function sum(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce((total, each) => total.add(each), new Fraction(0));
}

const plain = (source: string) => ({ format: 'plain' as const, source });
const words = (pattern: string): Gap => ({
  kind: 'text',
  points: '1',
  details: { answers: [{ pattern, weight: '1', feedback: null }] },
});
const near = (value: string): Gap => ({
  kind: 'number',
  points: '2',
  details: { answers: [{ accepted: { kind: 'near', value, tolerance: '0' }, weight: '1', feedback: null }] },
});
const choice = (layout: 'menu' | 'vertical', weights: readonly [string, string, string]): Gap => ({
  kind: 'choice',
  points: '1',
  layout,
  details: {
    options: ['melts', 'boils', 'burns'].map((text, index) => ({
      text: plain(text),
      weight: weights[index] ?? '0',
      feedback: null,
    })),
  },
});

export const cloze = questionType({
  name: 'cloze',
  marking: 'automatic',
  details,
  response,

  gaps({ gaps }) {
    return gaps.length;
  },

  present({ gaps }, order, given) {
    return { gaps: gaps.map((gap, place) => presentGap(gap, place, order, given)) };
  },

  parseResponse(fields, { gaps }, order) {
    const answers = gaps.flatMap((gap, place) => {
      const own = orderOf(place, order);
      const answer = gapTypes[gap.kind].parseResponse(fieldsOf(place, fields), gap.details, own);
      const kept = answer?.[gap.kind === 'choice' ? 'choice' : 'text'];
      return typeof kept === 'string' || typeof kept === 'number' ? [[String(place), kept] as const] : [];
    });
    return answers.length > 0 ? Object.fromEntries(answers) : null;
  },

  /** Each gap by its points, as in Moodle (qtype_multianswer, `grade_response`): what one costs is taken from the others too. */
  mark({ gaps }, given) {
    const marks = gaps.map((gap, place) => ({ points: new Fraction(gap.points), mark: markGap(gap, place, given) }));
    const earned = sum(marks.map(({ points, mark }) => mark.fraction.mul(points)));
    return {
      fraction: earned.div(sum(marks.map(({ points }) => points))),
      feedback: marks.flatMap(({ mark }) => mark.feedback),
    };
  },

  review({ gaps }, order, given) {
    return { gaps: gaps.map((gap, place) => reviewGap(gap, place, order, given)) };
  },

  key({ gaps }) {
    return gaps.map(({ kind, points, details }) => [new Fraction(points).toFraction(), gapTypes[kind].key(details)]);
  },

  examples: [
    {
      about: 'a word, a number worth two, and two choices, of which one can cost',
      text: plain('What is it? At [[2]] °C [[1]] [[3]], and at 1000 °C it [[4]].'),
      details: {
        gaps: [words('suv'), near('100'), choice('menu', ['0', '1', '1/2']), choice('vertical', ['1', '0', '-1/2'])],
      },
      otherKey: {
        gaps: [words('spirt'), near('78'), choice('menu', ['1', '0', '0']), choice('vertical', ['0', '1', '0'])],
      },
      answers: [
        {
          fields: { 0: ['Suv'], 1: ['100,0'], 2: ['1'], 3: ['0'] },
          response: { 0: 'Suv', 1: '100,0', 2: 1, 3: 0 },
          fraction: '1',
        },
        { fields: { 0: [' suv '], 1: [''] }, response: { 0: 'suv' }, fraction: '1/5' },
        { fields: { 1: ['100'], 2: ['2'], 3: ['9'] }, response: { 1: '100', 2: 2 }, fraction: '1/2' },
        { fields: { 0: ['suv'], 3: ['2'] }, response: { 0: 'suv', 3: 2 }, fraction: '1/10' },
        { fields: { 0: ['muz'], 3: ['2'] }, response: { 0: 'muz', 3: 2 }, fraction: '-1/10' },
        { fields: { '': ['suv'] }, response: null, fraction: null },
        { fields: {}, response: null, fraction: null },
      ],
    },
  ],
});
