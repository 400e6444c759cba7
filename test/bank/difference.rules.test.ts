// What a teacher reads between two versions of a question.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { questionDifference } from '../../src/bank/difference.ts';
import { differenceOf, wordDifference, type Span } from '../../src/bank/word-difference.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { anyQuestion, everyType, anyQuestionOf } from '../questions/any-question.ts';

const plain = (source: string) => ({ format: 'plain' as const, source });

const capital: Question = {
  type: 'single-choice',
  name: 'Capital',
  text: plain('The capital of Kyrgyzstan is'),
  generalFeedback: null,
  points: '1',
  details: {
    options: [
      { text: plain('Bishkek'), weight: '1', feedback: null },
      { text: plain('Osh'), weight: '0', feedback: plain('The second city.') },
    ],
  },
};

/** As a teacher would write it: [-gone-] {+come+}. */
const written = (spans: readonly Span[]) =>
  spans
    .map(({ change, text }) => (change === 'same' ? text : change === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
const read = (before: Question, after: Question) =>
  questionDifference(before, after).map(({ field, lines }) => [field, lines.map(written)]);

describe('Words', () => {
  test.each([
    ['The unit is km/h', 'The unit is km/s', 'The unit is km/[-h-]{+s+}'],
    ['Bishkek', 'Bishkek, the capital', 'Bishkek{+, the capital+}'],
    ['oʻquv yili boshlandi', 'yangi oʻquv yili boshlandi', '{+yangi +}oʻquv yili boshlandi'],
    ['', 'new', '{+new+}'],
    ['old', '', '[-old-]'],
    ['same', 'same', 'same'],
    ['one two three', 'four five six', '[-one two three-]{+four five six+}'],
  ])('that came and went between %j and %j are told apart', (before, after, expected) => {
    expect(written(wordDifference(before, after))).toBe(expected);
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', 'ў', ' ', ', ', 'oʻ', '1', '\n'), { maxLength: 30 })
    .map((parts) => parts.join(''));
  const side = (spans: readonly Span[], without: Span['change']) =>
    spans.flatMap(({ change, text: words }) => (change === without ? [] : words)).join('');

  test('are all there: what stayed and went is the one text, what stayed and came the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = wordDifference(before, after);
        expect(side(spans, 'added')).toBe(before);
        expect(side(spans, 'removed')).toBe(after);
      }),
    );
  });

  test('of two long texts are compared in no time', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word}${index}`).join(' ');
    const started = performance.now();
    const spans = wordDifference(`begin ${long('a')} end`, `begin ${long('b')} end`);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(spans.map(({ change }) => change)).toEqual(['same', 'removed', 'added', 'same']);
  });

  test('of lines that stay are not mixed with those of their neighbours', () => {
    const lines = differenceOf(['one', 'two', 'three'], ['one', 'two and a half', 'three', 'four']).map(written);
    expect(lines).toEqual(
      ['one', 'two{+ and a half+}', 'three', '{+four+}'].map((line) => expect.stringContaining(line.slice(0, 3))),
    );
    expect(lines).toHaveLength(4);
  });
});

describe('A question', () => {
  test('differs in the fields that were changed, and says which words', () => {
    const after: Question = {
      ...capital,
      text: plain('The capital of the Kyrgyz Republic is'),
      points: '2',
      tags: ['geography'],
      details: {
        options: [
          { text: plain('Bishkek'), weight: '1', feedback: null },
          { text: plain('Osh city'), weight: '0', feedback: plain('The second city.') },
          { text: plain('Naryn'), weight: '0', feedback: null },
        ],
      },
    };
    expect(read(capital, after)).toEqual([
      ['text', ['The capital of [-Kyrgyzstan -]{+the Kyrgyz Republic +}is']],
      ['points', ['[-1-]{+2+}']],
      ['options', ['Bishkek · weight 1', expect.stringContaining('city'), '{+Naryn · weight 0+}']],
      ['tags', ['{+geography+}']],
    ]);
  });

  test('that was only given other points by a quiz says the same', () => {
    expect(questionDifference(capital, { ...capital, points: '5' }, { pointsCount: false })).toEqual([]);
  });

  test('whose markup alone was changed is shown as it is written', () => {
    const bold: Question = { ...capital, text: { format: 'html', source: 'The <b>capital</b> of Kyrgyzstan is' } };
    const more: Question = { ...capital, text: { format: 'html', source: 'The capital of <b>Kyrgyzstan</b> is' } };
    expect(read(bold, more)[0]?.[0]).toBe('text');
    expect(questionDifference(capital, { ...capital, text: { ...capital.text, format: 'markdown' } })).toHaveLength(1);
  });

  test('has names for what stands alone, in the reader’s language', () => {
    const truth: Question = {
      ...capital,
      type: 'true-false',
      details: { isTrue: true, feedbackToTrue: null, feedbackToFalse: null },
    };
    const lie: Question = { ...truth, details: { ...truth.details, isTrue: false } };
    const [difference] = questionDifference(truth, lie, { nameOf: () => 'toʻgʻri' });
    expect(difference?.lines.map(written)).toEqual(['toʻgʻri: [-true-]{+false+}']);
  });

  test('of any type says the same as itself, and something else as any other', () => {
    const normal = (question: Question) => JSON.stringify(questionSchema.parse(question));
    fc.assert(
      fc.property(anyQuestion, anyQuestion, (one, other) => {
        expect(questionDifference(one, one)).toEqual([]);
        if (normal(one) !== normal(other)) expect(questionDifference(one, other)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each(everyType.map((type) => [type]))('of the type %s has its details told', (type) => {
    fc.assert(
      fc.property(anyQuestionOf(type), anyQuestionOf(type), (one, other) => {
        const mixed = questionSchema.safeParse({ ...one, details: other.details });
        if (!mixed.success || JSON.stringify(one.details) === JSON.stringify(other.details)) return;
        expect(questionDifference(one, mixed.data)).not.toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
