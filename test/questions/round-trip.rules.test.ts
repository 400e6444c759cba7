// What a format writes it reads back as the same questions, but for what it said it lost.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assetKeysOf } from '../../src/questions/contents-of.ts';
import type { Loss, LossCode, TextFormat } from '../../src/questions/formats/format.ts';
import { formats } from '../../src/questions/formats/registry.ts';
import type { Question } from '../../src/questions/question.ts';
import { readQuestions } from '../../src/questions/read-questions.ts';
import { anyQuestion, meaningOf, pictures } from './any-question.ts';
import { withoutLost } from './without-lost.ts';

const writers: readonly TextFormat[] = formats.filter(({ write }) => write !== null);

/** One question written and read back: what it is then, and what was lost; null if it was left out. */
function through(
  format: TextFormat,
  question: Question,
): { question: Question | null; losses: LossCode[]; body: string } {
  const { body, losses } = format.write!([question], pictures);
  const codes = losses.map(({ code }: Loss) => code);
  if (codes.includes('type')) return { question: null, losses: codes, body };
  const { questions, problems, assets = [] } = readQuestions(body, format.name as (typeof formats)[number]['name']);
  expect({ body, problems, count: questions.length }).toEqual({ body, problems: [], count: 1 });
  const shown = [...new Set(questions.flatMap((read) => assetKeysOf(read.question)))];
  expect(assets.map(({ sha256 }) => sha256).toSorted()).toEqual(shown.toSorted());
  for (const asset of assets) expect(pictures).toContainEqual(asset);
  return { question: questions[0]!.question, losses: codes, body };
}

describe.each(writers.map((format) => [format.label, format] as const))('%s', (_, format) => {
  test('gives back what it was given, but for what it says it lost', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const { question: back, losses } = through(format, question);
        if (!back) return;
        expect(withoutLost(meaningOf(back), losses)).toEqual(withoutLost(meaningOf(question), losses));
      }),
      { numRuns: 300 },
    );
  });

  test('loses nothing the second time', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const once = through(format, question).question;
        if (!once) return;
        const twice = through(format, once);
        expect({ losses: twice.losses, question: meaningOf(twice.question) }).toEqual({
          losses: [],
          question: meaningOf(once),
        });
      }),
      { numRuns: 100 },
    );
  });
});

const pairs = writers.flatMap((one) => writers.filter((other) => other !== one).map((other) => [one, other] as const));

describe.each(pairs.map(([one, other]) => [`${one.label} → ${other.label} → ${one.label}`, one, other] as const))(
  '%s',
  (_, one, other) => {
    test('is the question it was, but for what either says it lost', () => {
      fc.assert(
        fc.property(anyQuestion, (question) => {
          const first = through(one, question).question;
          const second = first && through(other, first);
          const third = second?.question && through(one, second.question);
          if (!first || !third?.question) return;
          const losses = [...(second?.losses ?? []), ...third.losses];
          expect(withoutLost(meaningOf(third.question), losses)).toEqual(withoutLost(meaningOf(first), losses));
        }),
        { numRuns: 100 },
      );
    });
  },
);

test('Many questions at once are told apart by their place', () => {
  fc.assert(
    fc.property(fc.array(anyQuestion, { maxLength: 8 }), fc.constantFrom(...writers), (questions, format) => {
      const { body, losses } = format.write!(questions, pictures);
      const left = losses.filter(({ code }) => code === 'type').map(({ index }) => index);
      const kept = questions.filter((_, index) => !left.includes(index));
      const read = readQuestions(body, format.name as (typeof formats)[number]['name']);
      expect(read.questions.map(({ question }) => question.type)).toEqual(kept.map(({ type }) => type));
    }),
    { numRuns: 60 },
  );
});
