// What an attempt earns, and how many there may be.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { wholeVersion, type AskedVersion } from '../../src/attempts/asked.ts';
import { attemptScore, mayStartAnother } from '../../src/attempts/attempt.ts';
import type { Corrections } from '../../src/attempts/correction.ts';
import type { Question } from '../../src/questions/question.ts';
import { maximumPoints } from '../../src/quizzes/extent.ts';
import { versionOf as quizOf } from '../support/gradings.ts';
import { allAnswered, answered } from '../support/work.ts';

const text = { format: 'plain' as const, source: 'Text' };
const common = { name: 'Name', text, generalFeedback: null };
const uncorrected: Corrections = new Map();

const choice = fc
  .record({
    points: fc.constantFrom('1', '2', '1/3', '0'),
    weights: fc.array(fc.constantFrom('1', '1/2', '1/3', '0', '-1/2', '-1'), { minLength: 1, maxLength: 5 }),
  })
  .map(({ points, weights }): Question => {
    const options = ['1', ...weights].map((weight) => ({ text, weight, feedback: null }));
    return { ...common, type: 'multiple-choice', points, details: { options } };
  });
const essay = fc.constant<Question>({ ...common, type: 'essay', points: '5', details: {} });
const description = fc.constant<Question>({ ...common, type: 'description', points: '0', details: {} });

/** A quiz, and for each question the options that somebody ticked, which may be none. */
const taken = fc
  .array(fc.tuple(fc.oneof({ weight: 4, arbitrary: choice }, essay, description), fc.uniqueArray(fc.nat(5))), {
    maxLength: 8,
  })
  .map((rows) => {
    const questions = rows.map(([question]) => question);
    const responses = new Map(rows.flatMap(([question, ticks], position) => answerTo(question, ticks, position)));
    return { version: versionOf(questions), responses: allAnswered(responses) };
  });

test('An attempt earns at least nothing and at most everything, whatever wrong ticks cost', () => {
  fc.assert(
    fc.property(taken, ({ version, responses }) => {
      const { points, maximumPoints: most } = attemptScore(version, responses, uncorrected);
      expect(points.gte(0) && points.lte(most)).toBe(true);
      expect(
        most.equals(maximumPoints({ ...version, questions: version.questions.map(({ question }) => question) })),
      ).toBe(true);
    }),
  );
});

test('An attempt earns what its questions earn one by one', () => {
  fc.assert(
    fc.property(taken, ({ version, responses }) => {
      const alone = version.questions.map(({ question, position }) => {
        const response = responses.get(position);
        const own = new Map(response === undefined ? [] : [[0, response]]);
        return attemptScore(versionOf([question]), own, uncorrected).points;
      });
      const sum = alone.reduce((total, points) => total.add(points), new Fraction(0));
      expect(attemptScore(version, responses, uncorrected).points.equals(sum)).toBe(true);
    }),
  );
});

test('Taking an answer back never leaves more than a right one in its place', () => {
  fc.assert(
    fc.property(taken, fc.nat(7), ({ version, responses }, position) => {
      const without = new Map([...responses].filter(([place]) => place !== position));
      const isChoice = version.questions[position]?.question.type === 'multiple-choice';
      const right = isChoice ? new Map([...responses, [position, answered({ choices: [0] })]]) : responses;
      const [less, more] = [without, right].map((answers) => attemptScore(version, answers, uncorrected).points);
      expect(more?.gte(less ?? NaN)).toBe(true);
    }),
  );
});

test('An empty attempt, and one of essays alone, earns nothing', () => {
  fc.assert(
    fc.property(taken, ({ version }) => {
      expect(attemptScore(version, new Map(), uncorrected).points.equals(0)).toBe(true);
    }),
  );
  const essays = versionOf([{ ...common, type: 'essay', points: '5', details: {} }]);
  const score = attemptScore(essays, new Map([[0, answered({ text: 'Belanchak.' })]]), uncorrected);
  expect([score.points.valueOf(), score.maximumPoints.valueOf()]).toEqual([0, 0]);
});

test('There may be as many attempts as allowed, and without a limit always another', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.integer({ min: 1, max: 10 }), (made, attemptsAllowed) => {
      expect(mayStartAnother(made, { attemptsAllowed })).toBe(made < attemptsAllowed);
      expect(mayStartAnother(made, { attemptsAllowed: null })).toBe(true);
    }),
  );
});

function versionOf(questions: Question[]): AskedVersion {
  return wholeVersion(quizOf(1, questions));
}

function answerTo(question: Question, ticks: number[], position: number): [number, unknown][] {
  if (question.type === 'essay') return [[position, { text: 'Belanchak.' }]];
  if (question.type !== 'multiple-choice') return [];
  const choices = ticks.filter((tick) => tick < question.details.options.length);
  return choices.length > 0 ? [[position, { choices }]] : [];
}
