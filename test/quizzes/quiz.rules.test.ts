// The order in which a learner sees a quiz, and what it is worth, whatever its questions are.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import type { Question } from '../../src/questions/question.ts';
import { asWritten } from '../../src/questions/shuffle.ts';
import { maximumPoints } from '../../src/quizzes/extent.ts';
import { isAnswerable, optionOrder, placedQuestions, type AskedQuestions } from '../../src/quizzes/quiz.ts';
import { noStructure, sectionsOf } from '../../src/quizzes/structure.ts';

const points = fc.constantFrom('0', '1', '2', '1/3', '0.5', '7/3');
const content = { format: 'plain' as const, source: 'Text' };
const common = { name: 'Name', text: content, generalFeedback: null };

const question = fc.oneof(
  { weight: 3, arbitrary: points.map((worth): Question => essayOrTrue('true-false', worth)) },
  { weight: 1, arbitrary: points.map((worth): Question => essayOrTrue('essay', worth)) },
  { weight: 1, arbitrary: fc.constant<Question>({ ...common, type: 'description', points: '0', details: {} }) },
);
const questions = fc.array(question, { maxLength: 20 });

test('Every question stands in the attempt once, at a place of its own', () => {
  fc.assert(
    fc.property(questions, fc.string(), (all, seed) => {
      const placed = placedQuestions(asked(all), seed);
      const positions = placed.map(({ position }) => position);
      expect(positions.toSorted((one, other) => one - other)).toEqual(asWritten(all.length));
      for (const { position, question: own } of placed) expect(own).toBe(all[position]);
    }),
  );
});

test('What only informs stays where it was, and no question passes it', () => {
  fc.assert(
    fc.property(questions, fc.string(), (all, seed) => {
      const walls = all.flatMap((one, position) => (isAnswerable(one) ? [] : [position]));
      placedQuestions(asked(all), seed).forEach(({ position, question: own }, place) => {
        if (!isAnswerable(own)) expect(place).toBe(position);
        const before = (where: number) => walls.filter((wall) => wall < where).length;
        expect(before(place)).toBe(before(position));
      });
    }),
  );
});

test('Learners count the questions 1, 2, 3 …, and what only informs has no number', () => {
  fc.assert(
    fc.property(questions, fc.string(), (all, seed) => {
      const placed = placedQuestions(asked(all), seed);
      const labels = placed.flatMap(({ label }) => (label === null ? [] : [label]));
      expect(labels).toEqual(asWritten(all.filter(isAnswerable).length).map((place) => place + 1));
      expect(placed.every(({ label, question: own }) => (label === null) !== isAnswerable(own))).toBe(true);
    }),
  );
});

test('An attempt keeps its order, and another attempt may have another', () => {
  const all = Array.from({ length: 12 }, () => essayOrTrue('true-false', '1'));
  const order = (seed: string) => placedQuestions(asked(all), seed).map(({ position }) => position);
  expect(order('Ada’s first')).toEqual(order('Ada’s first'));
  expect(order('Ada’s first')).not.toEqual(order('Ada’s second'));
  expect(optionOrder('Ada’s first', 3)(9)).toEqual(optionOrder('Ada’s first', 3)(9));
  expect(optionOrder('Ada’s first', 3)(9)).not.toEqual(optionOrder('Ada’s first', 4)(9));
  // Asked anew, it is shuffled anew.
  expect(optionOrder('Ada’s first', 3, 1)(9)).not.toEqual(optionOrder('Ada’s first', 3)(9));
});

test('A quiz is worth what its machine-marked questions are worth together, to the last third', () => {
  fc.assert(
    fc.property(questions, (all) => {
      const marked = all.filter(({ type }) => type === 'true-false');
      const sum = marked.reduce((total, { points: worth }) => total.add(new Fraction(worth)), new Fraction(0));
      expect(maximumPoints({ questions: all, structure: noStructure }).equals(sum)).toBe(true);
    }),
  );
});

function essayOrTrue(type: 'essay' | 'true-false', worth: string): Question {
  if (type === 'essay') return { ...common, type, points: worth, details: {} };
  return { ...common, type, points: worth, details: { isTrue: true, feedbackToTrue: null, feedbackToFalse: null } };
}

function asked(questions: readonly Question[]): AskedQuestions {
  const sections = sectionsOf({ questions, structure: noStructure });
  return { questions: questions.map((question, position) => ({ question, position })), sections };
}
