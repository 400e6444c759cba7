// Questions whose numbers differ from student to student, in files: one set of numbers stands there, right in itself, and it is said.
import { expect, test } from '@jest/globals';
import { plainText } from '../../src/questions/content.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { through, writable } from './through.ts';

const plain = (source: string) => ({ format: 'plain', source });
const area = questionSchema.parse({
  type: 'single-choice',
  name: '{a} m × {b} m?',
  text: plain('{a} m × {b} m?'),
  generalFeedback: null,
  points: '1',
  variables: [
    { name: 'a', from: '2', to: '9', step: '1' },
    { name: 'b', from: '0.5', to: '4.5', step: '0.5' },
  ],
  details: {
    options: [
      { text: plain('=a*b'), weight: '1', feedback: null },
      { text: plain('=a*b+1'), weight: '0', feedback: null },
    ],
  },
});

test.each(writable.map((format) => [format.label, format] as const))(
  '%s holds one set of numbers, whose right answer is right, and says so',
  async (_, format) => {
    const [returned] = await through(format, [area]);
    expect(returned?.codes).toContain('variables');
    if (returned?.back?.type !== 'single-choice') throw new Error('It is a choice');
    const [, a, b] = /^(\d) m × ([\d.]+) m\?$/.exec(plainText(returned.back.text)) ?? [];
    const right = returned.back.details.options.filter(({ weight }) => weight === '1');
    expect(right.map(({ text }) => plainText(text))).toEqual([String(Number(a) * Number(b))]);
  },
);
