// What holds of every regrade and of several in a row, whatever is chosen.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { regradeChoices, type Gradings } from '../../src/attempts/regrade-questions.ts';
import { isLower, planRegrade } from '../../src/attempts/regrade.ts';
import { countedScore } from '../../src/quizzes/counting-attempt.ts';
import { countingAttempts, type CountingAttempt } from '../../src/quizzes/quiz.ts';
import { after, choice, chooseAll, gradingsOf, idOf, scoresOf, versionOf } from '../support/gradings.ts';

/** Two versions of three questions that differ in keys, and what people chose in them. */
const anyClass = fc
  .record({
    keys: fc.array(fc.tuple(fc.nat(2), fc.nat(2), fc.constantFrom('1', '2', '1/3')), { minLength: 1, maxLength: 3 }),
    taken: fc.array(
      fc.record({
        personId: fc.integer({ min: 1, max: 4 }),
        versionId: fc.constantFrom(1, 2),
        chosen: fc.array(fc.option(fc.nat(2)), { minLength: 3, maxLength: 3 }),
      }),
      { maxLength: 12 },
    ),
    rule: fc.constantFrom(...countingAttempts),
  })
  .map(({ keys, taken, rule }) => {
    const versions = [1, 2].map((id) =>
      versionOf(
        id,
        keys.map(([first, second, points], index) => choice(`Q${index}`, id === 1 ? first : second, points)),
      ),
    );
    return gradingsOf(versions, taken, rule);
  });
const anyChoices = fc.array(fc.constantFrom(...regradeChoices), { minLength: 3, maxLength: 3 });

/** Several regrades one after the other; one that would leave nothing is not accepted. */
function regradeAll(gradings: Gradings, wishes: { choices: string[]; mayLower: boolean }[]): Gradings {
  return wishes.reduce((before, { choices, mayLower }) => {
    const wish = new Map(['Q0', 'Q1', 'Q2'].map((name, index) => [idOf(before, name), choices[index] ?? 'as-it-is']));
    const plan = planRegrade(before, { choices: wish, mayLower });
    return plan.leavesNothing ? before : after(before, plan);
  }, gradings);
}

const counts = ({ attempts }: Gradings, personId: number, rule: CountingAttempt) =>
  countedScore(
    attempts.filter((attempt) => attempt.personId === personId),
    rule,
  );

describe('Whatever is chosen,', () => {
  test('nobody’s score falls where lowering is not allowed, by no rule of counting', () => {
    fc.assert(
      fc.property(anyClass, fc.array(anyChoices, { maxLength: 4 }), (gradings, all) => {
        const regraded = regradeAll(
          gradings,
          all.map((choices) => ({ choices, mayLower: false })),
        );
        regraded.attempts.forEach((attempt, index) => {
          expect(isLower(attempt, gradings.attempts[index] ?? attempt)).toBe(false);
        });
        for (const personId of [1, 2, 3, 4]) {
          for (const rule of countingAttempts) {
            const [before, now] = [counts(gradings, personId, rule), counts(regraded, personId, rule)];
            if (before && now) expect(isLower(now, before)).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('points for everybody lower nobody’s score, also where lowering is allowed', () => {
    fc.assert(
      fc.property(anyClass, (gradings) => {
        const plan = planRegrade(gradings, { choices: chooseAll(gradings, 'full-points'), mayLower: true });
        for (const { attempt, after: score } of plan.changes) expect(isLower(score, attempt)).toBe(false);
        expect(plan.kept).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('the same once more changes nothing', () => {
    const wishes = fc.array(fc.record({ choices: anyChoices, mayLower: fc.boolean() }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyClass, wishes, (gradings, all) => {
        const regraded = regradeAll(gradings, all);
        const again = regradeAll(regraded, all.slice(-1));
        expect(scoresOf(again)).toEqual(scoresOf(regraded));
        expect(again.corrections).toEqual(regraded.corrections);
      }),
      { numRuns: 40 },
    );
  });

  test('going back to what was published brings every score back', () => {
    const wishes = fc.array(fc.record({ choices: anyChoices, mayLower: fc.boolean() }), { maxLength: 4 });
    fc.assert(
      fc.property(anyClass, wishes, (gradings, all) => {
        const undo = { choices: ['as-published', 'as-published', 'as-published'], mayLower: true };
        const undone = regradeAll(gradings, [...all, undo]);
        expect(scoresOf(undone)).toEqual(scoresOf(gradings));
        expect([...undone.corrections.values()].every(({ size }) => size === 0)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('no attempt earns more than can be had, or less than nothing', () => {
    const wishes = fc.array(fc.record({ choices: anyChoices, mayLower: fc.boolean() }), { maxLength: 4 });
    fc.assert(
      fc.property(anyClass, wishes, (gradings, all) => {
        for (const { points, maximumPoints } of regradeAll(gradings, all).attempts) {
          expect(points.gte(new Fraction(0)) && points.lte(maximumPoints)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
