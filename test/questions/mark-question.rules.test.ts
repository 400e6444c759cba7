import { describe, expect, test } from '@jest/globals';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { fieldsOf } from '../../src/questions/response.ts';

const plain = (source: string) => ({ format: 'plain', source });

const question = (type: string, details: unknown, points = '1') =>
  questionSchema.parse({ type, name: 'Q', text: plain('?'), generalFeedback: null, points, details });

const vectors = question(
  'multiple-choice',
  {
    options: [
      { text: plain('velocity'), weight: '1/3', feedback: null },
      { text: plain('force'), weight: '1/3', feedback: null },
      { text: plain('momentum'), weight: '1/3', feedback: null },
      { text: plain('mass'), weight: '-1/2', feedback: plain('A scalar.') },
      { text: plain('energy'), weight: '-1/2', feedback: null },
    ],
  },
  '2.5',
);

const marked = (stored: unknown) => {
  const { points, maximum, state, feedback } = markQuestion(vectors, stored);
  return [points.toFraction(), maximum.toFraction(), state, feedback.map(({ source }) => source)];
};

describe('An answer earns its exact share of the points', () => {
  test('three thirds are everything', () => {
    expect(marked({ choices: [0, 1, 2] })).toEqual(['5/2', '5/2', 'correct', []]);
  });
  test('one third of two and a half is five sixths', () => {
    expect(marked({ choices: [0] })).toEqual(['5/6', '5/2', 'partial', []]);
  });
  test('Mallory, who ticks everything, earns nothing', () => {
    expect(marked({ choices: [0, 1, 2, 3, 4] })).toEqual(['0', '5/2', 'incorrect', ['A scalar.']]);
  });
  test('nobody loses points already earned elsewhere', () => {
    expect(marked({ choices: [3, 4] })).toEqual(['0', '5/2', 'incorrect', ['A scalar.']]);
  });
  test('no answer is not a wrong answer', () => {
    expect(marked(null)).toEqual(['0', '5/2', 'unanswered', []]);
    expect(marked(undefined)).toEqual(['0', '5/2', 'unanswered', []]);
  });
});

test('An essay waits for a person, and a description is worth nothing', () => {
  expect(markQuestion(question('essay', {}), { text: 'a' }).state).toBe('waiting');
  expect(markQuestion(question('essay', {}), null).state).toBe('unanswered');
  const description = markQuestion(question('description', {}, '3'), null);
  expect([description.state, description.maximum.toFraction()]).toEqual(['information', '0']);
});

test('A response of another type is a fault', () => {
  expect(() => markQuestion(vectors, { text: 'velocity' })).toThrow();
});

test.each([
  ['an unknown type', { type: 'hotspot' }],
  ['details of another type', { details: { isTrue: true } }],
  ['a zero denominator', { points: '1/0' }],
  ['points that are no number', { points: 'many' }],
  [
    'weights that are no number',
    {
      details: {
        options: [
          { text: plain('a'), weight: 'x', feedback: null },
          { text: plain('b'), weight: '1/0', feedback: null },
        ],
      },
    },
  ],
  ['points below zero', { points: '-1' }],
  ['no name', { name: ' ' }],
])('A stored question with %s is refused', (_, change) => {
  expect(questionSchema.safeParse({ ...vectors, ...change }).success).toBe(false);
});

test('A form body is read by prefix, and what is not text is not there', () => {
  const fields = fieldsOf({ q7: '2', 'q7.0': ['1', 3, null, '4'], q70: 'x', 'q7.1': { a: 'b' } }, 'q7');
  expect([fields(null), fields('0'), fields('1'), fields('2')]).toEqual([['2'], ['1', '4'], [], []]);
  expect(fieldsOf(null, 'q7')(null)).toEqual([]);
  expect(fieldsOf({}, '__proto__')(null)).toEqual([]);
});
