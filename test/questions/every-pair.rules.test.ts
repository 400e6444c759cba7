// From each format into every other and back: what a teacher takes elsewhere and brings home is what it was, but for what either
// format said it lost.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyQuestionOf, everyType } from './any-question.ts';
import { through, told, writable } from './through.ts';
import { withoutLost } from './without-lost.ts';

const pairs = writable.flatMap((one) =>
  writable.filter((other) => other !== one).map((other) => [one, other] as const),
);
const oneOfEachType = fc.tuple(...everyType.map((type) => anyQuestionOf(type)));

describe.each(
  pairs.map(([one, other], place) => [`${one.label} → ${other.label} → ${one.label}`, one, other, place] as const),
)('%s', (_, one, other, place) => {
  test('is the question it was, but for what either says it lost', async () => {
    await fc.assert(
      fc.asyncProperty(oneOfEachType, async (questions) => {
        const first = (await through(one, questions)).flatMap(({ back }) => back ?? []);
        const second = (await through(other, first)).flatMap(({ back, ...sent }) => (back ? [{ ...sent, back }] : []));
        const third = await through(
          one,
          second.map(({ back }) => back),
        );
        for (const [index, { question, codes }] of second.entries()) {
          const last = third[index];
          if (!last?.back) continue;
          const losses = [...codes, ...last.codes];
          expect(withoutLost(told(last.back), losses)).toEqual(withoutLost(told(question), losses));
        }
      }),
      // Other questions for each pair, and the same ones every time.
      { numRuns: 2, seed: place },
    );
  });
});
