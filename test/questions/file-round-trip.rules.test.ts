// What a file format writes it reads back as the same questions, but for what it said it lost.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assetKeysOf } from '../../src/questions/contents-of.ts';
import { fileFormats } from '../../src/questions/formats/file-registry.ts';
import type { FileFormat } from '../../src/questions/formats/format.ts';
import type { Question } from '../../src/questions/question.ts';
import { anyQuestion, meaningOf, pictures } from './any-question.ts';
import { withoutLost } from './without-lost.ts';

const writers: readonly FileFormat[] = fileFormats.filter(({ write }) => write !== null);

/** Questions written and read back together; what could not be written is null. */
async function through(format: FileFormat, questions: readonly Question[]) {
  const { body, losses } = await format.write!(questions, pictures);
  const codesOf = (index: number) => losses.filter((loss) => loss.index === index).map(({ code }) => code);
  const read = await format.read!(body);
  expect(read.problems).toEqual([]);
  const shown = [...new Set(read.questions.flatMap(({ question }) => assetKeysOf(question)))];
  expect((read.assets ?? []).map(({ sha256 }) => sha256).toSorted()).toEqual(shown.toSorted());
  const back = read.questions.map(({ question }) => question);
  return questions.map((question, index) => {
    const codes = codesOf(index);
    return { question, codes, back: codes.includes('type') ? null : (back.shift() ?? null) };
  });
}

describe.each(writers.map((format) => [format.label, format] as const))('%s', (_, format) => {
  test('gives back what it was given, but for what it says it lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        for (const { question, back, codes } of await through(format, questions)) {
          if (codes.includes('type')) continue;
          expect(withoutLost(meaningOf(back), codes)).toEqual(withoutLost(meaningOf(question), codes));
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
        expect({ losses: twice?.codes, question: meaningOf(twice?.back) }).toEqual({
          losses: [],
          question: meaningOf(once),
        });
      }),
      { numRuns: 60 },
    );
  });
});
