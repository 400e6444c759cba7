// How one answer is marked after a regrade: every kind of correction on every type of question, by the examples of each type.
import { describe, expect, test } from '@jest/globals';
import { markCorrected } from '../../src/attempts/correction.ts';
import type { Content } from '../../src/questions/content.ts';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import type { QuestionType } from '../../src/questions/question-type.ts';
import { whatIsAsked, whatMarks, withKeyOf } from '../../src/questions/same-question.ts';
import { questionTypes } from '../../src/questions/types/registry.ts';

const types: readonly QuestionType[] = questionTypes;
const marked = types.filter(({ marking }) => marking === 'automatic');

const whatIsIt = { format: 'plain' as const, source: 'What is it?' };
const ask = (type: string, details: unknown, points: string, text: Content = whatIsIt): Question =>
  questionSchema.parse({ type, name: points, text, generalFeedback: null, points, details });
const written = ({ points, maximum, state }: ReturnType<typeof markCorrected>) => [
  points.toFraction(),
  maximum.toFraction(),
  state,
];

describe.each(marked.map((type) => [type.name, type] as const))('An answer to %s', (name, { examples }) => {
  const cases = examples.flatMap(({ text, details, otherKey, answers }) =>
    [null, ...answers.map(({ response }) => response)].map((response) => ({
      published: ask(name, details, '3', text),
      current: ask(name, otherKey, '7', text),
      response,
    })),
  );

  test('is marked by the corrected key, for the points that the question had', () => {
    for (const { published, current, response } of cases) {
      expect(whatIsAsked(current)).toBe(whatIsAsked(published));
      const question = withKeyOf(published, current);
      const share = markQuestion(current, response).points.div(7);
      const mark = markCorrected(published, { kind: 'key', question }, response);
      expect(mark.points.equals(share.mul(3))).toBe(true);
      expect(mark.maximum.equals(3)).toBe(true);
    }
  });

  test('earns everything where everybody gets the points, and is in no number where it is dropped', () => {
    for (const { published, response } of cases) {
      expect(written(markCorrected(published, { kind: 'full-points' }, response))).toEqual(['3', '3', 'credited']);
      expect(written(markCorrected(published, { kind: 'dropped' }, response))).toEqual(['0', '0', 'dropped']);
    }
  });

  test('is marked as published where nothing was corrected', () => {
    for (const { published, response } of cases) {
      expect(written(markCorrected(published, null, response))).toEqual(written(markQuestion(published, response)));
    }
  });
});

describe('Two questions', () => {
  const choice = (weights: [string, string], { source = 'A', feedback = '' } = {}) =>
    ask(
      'single-choice',
      {
        options: [source, 'B'].map((option, index) => ({
          text: { format: 'plain', source: option },
          weight: weights[index],
          feedback: feedback === '' ? null : { format: 'plain', source: feedback },
        })),
      },
      '1',
    );
  const numbers = (accepted: object) => ask('numeric', { answers: [{ accepted, weight: '1', feedback: null }] }, '1');

  test.each([
    ['another key', choice(['1', '0']), choice(['0', '1']), true, false],
    ['a weight written otherwise', choice(['1', '1/2']), choice(['1', '0.5']), true, true],
    ['other words to an answer', choice(['1', '0']), choice(['1', '0'], { feedback: 'Indeed.' }), true, true],
    ['another option', choice(['1', '0']), choice(['1', '0'], { source: 'C' }), false, true],
    ['another type', choice(['1', '0']), ask('essay', {}, '1'), false, false],
    [
      'a range written otherwise',
      numbers({ kind: 'near', value: '5', tolerance: '0.5' }),
      numbers({ kind: 'between', from: '4.5', to: '5.50' }),
      true,
      true,
    ],
  ])('with %s', (_what, one, other, askAlike, markAlike) => {
    expect(whatIsAsked(one) === whatIsAsked(other)).toBe(askAlike);
    expect(whatMarks(one) === whatMarks(other)).toBe(markAlike);
  });

  test('ask the same in whatever order a database gave their members', () => {
    const one = choice(['1', '0']);
    const turned = JSON.parse(JSON.stringify(one), (_name, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as unknown;
    expect(Object.keys(turned as object)).not.toEqual(Object.keys(one));
    expect(whatIsAsked(questionSchema.parse(turned))).toBe(whatIsAsked(one));
    expect(JSON.stringify(questionSchema.parse(turned))).toBe(JSON.stringify(one));
  });
});
