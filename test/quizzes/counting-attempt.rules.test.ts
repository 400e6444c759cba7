// Which attempt counts, whatever the attempts are.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { countedScore, type SubmittedAttempt } from '../../src/quizzes/counting-attempt.ts';
import { countingAttempts, type CountingAttempt } from '../../src/quizzes/quiz.ts';

const start = Date.UTC(2026, 10, 21);

/** Attempts 1, 2, 3 …, a minute after each other, of which some have nothing that is marked. */
const attempts = fc
  .array(
    fc.record({ maximum: fc.constantFrom(0, 1, 2, 3, 7, 10), share: fc.tuple(fc.nat(12), fc.constantFrom(12, 13)) }),
    { maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ maximum, share: [part, whole] }, index): SubmittedAttempt => ({
      number: index + 1,
      submittedAt: new Date(start + index * 60_000),
      points: new Fraction(part, whole).mul(maximum),
      maximumPoints: new Fraction(maximum),
    })),
  );

const marked = (all: SubmittedAttempt[]) => all.filter(({ maximumPoints }) => maximumPoints.compare(0) > 0);
const shareOf = ({ points, maximumPoints }: { points: Fraction; maximumPoints: Fraction }) => points.div(maximumPoints);

test('Something counts as soon as one attempt has points to give, and only then', () => {
  fc.assert(
    fc.property(attempts, fc.constantFrom(...countingAttempts), (all, rule) => {
      expect(countedScore(all, rule) !== null).toBe(marked(all).length > 0);
    }),
  );
});

test('The best is as good as every other, and of equally good ones the first', () => {
  fc.assert(
    fc.property(attempts, (all) => {
      const best = countedScore(all, 'best');
      for (const attempt of marked(all)) {
        expect(best && shareOf(best).gte(shareOf(attempt))).toBe(true);
        if (best && shareOf(best).equals(shareOf(attempt))) expect(best.number).toBeLessThanOrEqual(attempt.number);
      }
    }),
  );
});

test('The first and the last are the first and the last, with their own points', () => {
  fc.assert(
    fc.property(attempts, (all) => {
      const [first] = marked(all);
      const last = marked(all).at(-1);
      expect(countedScore(all, 'first')).toEqual(first ? { ...counted(first), ...why(all, 'first') } : null);
      expect(countedScore(all, 'last')).toEqual(last ? { ...counted(last), ...why(all, 'last') } : null);
    }),
  );
});

test('The average lies between the worst and the best, is exact, and belongs to no attempt', () => {
  fc.assert(
    fc.property(attempts, (all) => {
      const average = countedScore(all, 'average');
      if (!average) return;
      const shares = marked(all).map(shareOf);
      const sum = shares.reduce((total, share) => total.add(share));
      expect(shareOf(average).mul(shares.length).equals(sum)).toBe(true);
      expect(average.number).toBeNull();
      expect(average.scoredAt).toEqual(marked(all).at(-1)?.submittedAt);
    }),
  );
});

test('The order in which attempts are handed over changes nothing', () => {
  fc.assert(
    fc.property(attempts, fc.constantFrom(...countingAttempts), (all, rule) => {
      expect(countedScore(all.toReversed(), rule)).toEqual(countedScore(all, rule));
    }),
  );
});

test('Under “best” an attempt that is no better changes nothing at all', () => {
  fc.assert(
    fc.property(attempts, (all) => {
      const before = countedScore(all, 'best');
      if (!before) return;
      const another = { ...before, number: all.length + 1, submittedAt: new Date(start + 86_400_000) };
      expect(countedScore([...all, another], 'best')).toEqual({ ...before, ...why([...all, another], 'best') });
    }),
  );
});

test('The rule is the reason as soon as there is a choice, and it is said among how many', () => {
  fc.assert(
    fc.property(attempts, fc.constantFrom(...countingAttempts), (all, rule) => {
      const score = countedScore(all, rule);
      if (score) expect(score).toMatchObject(why(all, rule));
    }),
  );
});

function why(all: SubmittedAttempt[], rule: CountingAttempt) {
  return { reason: all.length === 1 ? 'only' : rule, madeCount: all.length };
}

function counted({ points, maximumPoints, submittedAt, number }: SubmittedAttempt) {
  return { points, maximumPoints, scoredAt: submittedAt, number };
}
