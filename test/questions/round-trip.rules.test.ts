// What a format writes it reads back as the same questions, but for what it said it lost.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyQuestion } from './any-question.ts';
import { through, told, writable } from './through.ts';
import { withoutLost } from './without-lost.ts';

describe.each(writable.map((format) => [format.label, format] as const))('%s', (_, format) => {
  test('gives back what it was given, each in its place, but for what it says it lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        for (const { question, back, codes } of await through(format, questions)) {
          if (!back) continue;
          expect(withoutLost(told(back), codes)).toEqual(withoutLost(told(question), codes));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('loses nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestion, async (question) => {
        const once = (await through(format, [question]))[0]?.back;
        if (!once) return;
        const twice = (await through(format, [once]))[0];
        expect({ losses: twice?.codes, question: told(twice?.back) }).toEqual({ losses: [], question: told(once) });
      }),
      { numRuns: 60 },
    );
  });
});
