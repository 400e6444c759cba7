// Regrading where every attempt had its own numbers: a corrected formula is a key of its own for each.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { askedCorrections, askedQuestion, askedVersion } from '../../src/attempts/asked.ts';
import { attemptScore } from '../../src/attempts/attempt.ts';
import { planRegrade } from '../../src/attempts/regrade.ts';
import { regradableQuestions, withOutcomes, type Gradings } from '../../src/attempts/regrade-questions.ts';
import { markQuestion } from '../../src/questions/mark-question.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { questionFor, type QuizVersion } from '../../src/quizzes/quiz.ts';
import { newTimeRules } from '../../src/quizzes/time-rules.ts';
import { versionOf } from '../support/gradings.ts';
import { allAnswered } from '../support/work.ts';

const area = (value: string) =>
  questionSchema.parse({
    type: 'numeric',
    name: 'Area',
    text: { format: 'plain', source: '{a} × {b}?' },
    generalFeedback: null,
    points: '3',
    variables: [
      { name: 'a', from: '3', to: '999', step: '1' },
      { name: 'b', from: '3', to: '999', step: '1' },
    ],
    details: { answers: [{ accepted: { kind: 'near', value, tolerance: '0' }, weight: '1', feedback: null }] },
  });

test('Whoever had multiplied gets the points once the formula multiplies, each with their own numbers', () => {
  const [published, corrected] = [area('=a+b'), area('=a·b')];
  const seeds = ['ada', 'bek', 'cem'];
  const product = (seed: string) => {
    const [, a, b] = /^(\d+) × (\d+)\?$/.exec(questionFor(seed, 0, published).text.source)!;
    return String(Number(a) * Number(b));
  };
  expect(new Set(seeds.map(product)).size).toBe(3);

  // Cem has copied from Ada.
  const given = new Map([product('ada'), product('bek'), product('ada')].map((text, index) => [index + 1, text]));
  const [versions, current] = [[versionOf(2, [corrected]), versionOf(1, [published])], versionOf(2, [corrected])];
  const gradings: Gradings = {
    versions,
    current,
    corrections: new Map(),
    heldAttempts: [],
    work: new Map([...given].map(([id, text]) => [id, allAnswered(new Map([[0, { text }]]))])),
    attempts: seeds.map((seed, index) => ({
      ...{ id: index + 1, placementId: 1, personId: index + 1, quizVersionId: 1, number: 1, seed, drawn: null },
      ...{
        startedAt: new Date(0),
        submittedAt: new Date(1),
        abandonedAt: null,
        held: null,
        isTimedOut: false,
        unmarked: 0,
        erasedAt: null,
        ...newTimeRules,
        grantedMinutes: 0,
      },
      ...{ countingAttempt: 'best', guess: null, points: new Fraction(0), maximumPoints: new Fraction(3) },
    })),
  };
  const [question] = regradableQuestions(gradings);
  const plan = planRegrade(gradings, { choices: new Map([[question?.id ?? '', 'key']]), mayLower: false });
  expect(plan.changes.map(({ attempt, after }) => [attempt.seed, after.points.valueOf()])).toEqual([
    ['ada', 3],
    ['bek', 3],
  ]);

  const [{ quizVersionId, position, correction } = {}] = plan.corrections;
  if (quizVersionId === undefined || position === undefined || !correction) throw new Error('Nothing is corrected');
  const inForce = { ...gradings, corrections: new Map([[quizVersionId, new Map([[position, correction]])]]) };
  expect(withOutcomes(regradableQuestions(inForce), inForce).map(({ fullCount }) => fullCount)).toEqual([2]);
});

/** Few numbers to choose from, so that two draws are often the same. */
const bag = questionSchema.parse({
  type: 'numeric',
  name: 'Bag',
  text: { format: 'plain', source: 'Bag {a}' },
  generalFeedback: null,
  points: '1',
  variables: [{ name: 'a', from: '1', to: '3', step: '1' }],
  details: { answers: [{ accepted: { kind: 'near', value: '=a', tolerance: '0' }, weight: '1', feedback: null }] },
});
const numberIn = ({ text }: Question) => /\d+/.exec(text.source)?.[0] ?? '';

test('A question that is asked anew has other numbers than the time before, as long as there are others', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(30), (seed, round) => {
      const [before, now] = [round, round + 1].map((one) => numberIn(questionFor(seed, 0, bag, one)));
      expect(now).not.toBe(before);
    }),
  );
  const only = questionSchema.parse({ ...bag, variables: [{ name: 'a', from: '7', to: '7', step: '1' }] });
  expect(numberIn(questionFor('s', 0, only, 3))).toBe('7');
});

test('Whenever an attempt is marked again, each round counts by its own numbers, and gives the same points', () => {
  const round = fc.record({ isRight: fc.boolean(), wrong: fc.constantFrom('0', '8', 'no number') });
  fc.assert(
    fc.property(fc.string(), fc.array(round, { minLength: 1, maxLength: 5 }), (seed, rounds) => {
      const attempt = { seed, drawn: null };
      const version: QuizVersion = { ...versionOf(1, [area('=a+b'), bag]), behaviour: 'immediate', mayRedo: true };
      // What was told of each round when it was checked.
      const told = rounds.map(({ isRight, wrong }, index) => {
        const asked = askedQuestion(attempt, version, { question: bag, position: 1 }, index);
        const response = { text: isRight ? numberIn(asked) : wrong };
        return { response, certainty: null, fraction: markQuestion(asked, response).points };
      });
      expect(told.map(({ fraction }) => fraction.valueOf())).toEqual(rounds.map(({ isRight }) => Number(isRight)));

      const last = told.at(-1) ?? null;
      const saved = last && { response: last.response, certainty: null };
      const work = new Map([
        [1, { saved, checks: last ? [last] : [], round: rounds.length - 1, earlierChecks: rounds.length - 1 }],
      ]);
      const marked = () => attemptScore(askedVersion(attempt, version, work), work, new Map()).points;
      expect(marked().valueOf()).toBe(Number(rounds.at(-1)?.isRight));
      expect(marked().equals(marked())).toBe(true);
      // A key that is corrected to what it was has the numbers of the round, too.
      const corrections = askedCorrections(attempt, version, work, new Map([[1, { kind: 'key', question: bag }]]));
      expect(attemptScore(askedVersion(attempt, version, work), work, corrections).points.equals(marked())).toBe(true);
    }),
  );
});
