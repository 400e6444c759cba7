// Regrading where every attempt had its own numbers: a corrected formula is a key of its own for each.
import { expect, test } from '@jest/globals';
import Fraction from 'fraction.js';
import { planRegrade } from '../../src/attempts/regrade.ts';
import { regradableQuestions, withOutcomes, type Gradings } from '../../src/attempts/regrade-questions.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { questionFor } from '../../src/quizzes/quiz.ts';
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
    work: new Map([...given].map(([id, text]) => [id, allAnswered(new Map([[0, { text }]]))])),
    attempts: seeds.map((seed, index) => ({
      ...{ id: index + 1, placementId: 1, personId: index + 1, quizVersionId: 1, number: 1, seed },
      ...{ startedAt: new Date(0), submittedAt: new Date(1), isTimedOut: false, unmarked: 0, timeLimitMinutes: null },
      ...{ countingAttempt: 'best', points: new Fraction(0), maximumPoints: new Fraction(3) },
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
