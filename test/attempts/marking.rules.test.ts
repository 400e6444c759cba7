// What a person's mark is worth, which answers wait for one, and what an essay may ask for.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { askedVersion, handMarkedDraws } from '../../src/attempts/asked.ts';
import { attemptScore, countUnmarked } from '../../src/attempts/attempt.ts';
import { readMark } from '../../src/attempts/marking/hand-mark-form.ts';
import { markForm, shownMark } from '../../src/attempts/marking/mark-view.ts';
import { countedScore } from '../../src/quizzes/counting-attempt.ts';
import { noWork, type HandMark } from '../../src/questions/behaviours/work.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { maximumPoints } from '../../src/quizzes/extent.ts';
import { noStructure, type Draw } from '../../src/quizzes/structure.ts';
import { versionOf } from '../support/gradings.ts';
import { essayOf, rubric, sum } from '../support/marking.ts';

const rule = { behaviour: 'deferred', penalty: '1/3' } as const;
const questions = [sum, essayOf()];
const asked = (...all: Question[]) => all.map((question, position) => ({ question, position }));
const byHand = { ...rule, questions: asked(...questions), marksByHand: true };
const before = { ...rule, questions: asked(...questions) };
const uncorrected = new Map();

const given = (response: object) => ({ ...noWork, saved: { response, certainty: null } });
const markOf = (points: Fraction): HandMark => ({
  ...{ number: 1, points, levels: null, comment: 'Which law?' },
  ...{ markedAt: new Date(0), markedBy: 1, markedByName: null },
});
const written = given({ text: 'Belanchak.' });

test('An answer waits until it is marked; what is blank, and what counts for nothing, waits for nobody', () => {
  expect(countUnmarked(byHand, new Map([[1, written]]), uncorrected)).toBe(1);
  expect(countUnmarked(byHand, new Map([[1, { ...written, handMark: markOf(new Fraction(0)) }]]), uncorrected)).toBe(0);
  expect(countUnmarked(byHand, new Map(), uncorrected)).toBe(0);
  expect(countUnmarked(before, new Map([[1, written]]), uncorrected)).toBe(0);
  expect(countUnmarked({ ...byHand, questions: asked(essayOf({}, '0')) }, new Map([[0, written]]), uncorrected)).toBe(
    0,
  );
  for (const kind of ['full-points', 'dropped'] as const)
    expect(countUnmarked(byHand, new Map([[1, written]]), new Map([[1, { kind }]]))).toBe(0);
});

test('A version of before gives the points that it gave, whatever is marked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), (points) => {
      const work = new Map([[1, { ...written, handMark: markOf(new Fraction(points)) }]]);
      expect(attemptScore(before, work, uncorrected).maximumPoints.toFraction()).toBe('1');
      expect(attemptScore(before, work, uncorrected).points.toFraction()).toBe('0');
      expect(attemptScore(byHand, work, uncorrected).maximumPoints.toFraction()).toBe('5');
      expect(attemptScore(byHand, work, uncorrected).points.equals(points)).toBe(true);
    }),
  );
  const quiz = { questions, structure: noStructure };
  expect(maximumPoints({ ...quiz, marksByHand: true }).valueOf()).toBe(5);
  expect(maximumPoints(quiz).valueOf()).toBe(1);
});

test('A drawn essay is worth what its draw says, and where it was not drawn nobody has it to mark', () => {
  const tagged = (name: string) => ({ ...essayOf({}, '0'), name, tags: ['optics'] });
  const draw: Draw = { count: 1, tags: ['optics'], match: 'any', points: '3' };
  const structure = { sections: [], draws: [draw] };
  const version = { ...versionOf(1, [sum, tagged('A'), tagged('B')]), structure, marksByHand: true };
  const [, essay = sum] = version.questions;
  expect(handMarkedDraws(version, essay)).toEqual([0]);
  expect(handMarkedDraws({ ...version, structure: noStructure }, essay)).toEqual([]);
  const twoDraws = { sections: [], draws: [{ ...draw, points: '0' }, draw] };
  expect(handMarkedDraws({ ...version, structure: twoDraws }, essayOf())).toEqual([-1, 1]);
  // An answer to both: the second is none of the attempt's.
  const work = new Map([1, 2].map((position) => [position, written]));
  const own = askedVersion({ seed: 's', drawn: [[1]] }, version, work);
  expect(countUnmarked(own, work, uncorrected)).toBe(1);
  expect(attemptScore(own, work, uncorrected).maximumPoints.toFraction()).toBe('4');
  const marked = new Map([1, 2].map((position) => [position, { ...written, handMark: markOf(new Fraction(2)) }]));
  expect(attemptScore(own, marked, uncorrected).points.toFraction()).toBe('2');
  expect(markForm(own.questions[1]!.question, written, { placementId: 1, attemptId: 1, position: 1 }).maximum).toBe(3);
  // Where nobody marks, essays are in no draw: all are asked, and count for nothing.
  const unmarked = askedVersion({ seed: 's', drawn: [[]] }, { ...version, marksByHand: false }, work);
  expect(unmarked.questions).toHaveLength(3);
  expect(countUnmarked(unmarked, work, uncorrected)).toBe(0);
});

test.each([
  ['3', '3'],
  ['2,5', '5/2'],
  ['0', '0'],
  ['4', '4'],
])('%s typed is %s points', (points, exact) => {
  const read = readMark(essayOf(), { points, levels: [], comment: '' });
  expect(read.ok && read.mark.points.toFraction()).toBe(exact);
});

test('The levels of a rubric make exact points: the best all, the least none, and one missing none at all', () => {
  const question = essayOf({ rubric });
  const picked = (...levels: (number | null)[]) => {
    const read = readMark(question, { points: '', levels, comment: '' });
    return read.ok ? read.mark.points.toFraction() : read.problem;
  };
  expect(picked(2, 1)).toBe('4');
  expect(picked(1, 1)).toBe('7/3');
  expect(picked(0, 0)).toBe('0');
  expect(picked(2, null)).toBe('level-missing');
  expect(picked(2, 7)).toBe('level-missing');
  expect(picked(null, null)).toBe('nothing-given');
});

test('A rubric whose best levels are not worth all is none', () => {
  const [first] = rubric;
  expect(questionSchema.safeParse({ ...essayOf(), details: { rubric: [first] } }).success).toBe(false);
  expect(questionSchema.safeParse({ ...essayOf(), details: { takesText: false } }).success).toBe(false);
  expect(questionSchema.safeParse({ ...essayOf(), details: { expectedWords: { least: 9, most: 3 } } }).success).toBe(
    false,
  );
});

test('A comment is specific feedback, and levels say their points only where points are shown', () => {
  const question = essayOf({ rubric });
  const work = { ...written, handMark: { ...markOf(new Fraction(4)), levels: [2, 1] } };
  expect(shownMark(question, work, null, () => false)).toBeNull();
  const shown = shownMark(question, work, null, (part) => part !== 'points');
  expect(shown?.comment?.source).toBe('Which law?');
  expect(shown?.criteria.map(({ picked, points }) => [picked.source, points])).toEqual([
    ['yes', null],
    ['one', null],
  ]);
});

test('An attempt that waits counts under no rule', () => {
  const attempt = (number: number, points: number, unmarked: number) => ({
    ...{ number, submittedAt: new Date(number), unmarked },
    ...{ points: new Fraction(points), maximumPoints: new Fraction(5) },
  });
  const all = [attempt(1, 2, 0), attempt(2, 4, 1)];
  for (const counting of ['best', 'last', 'average', 'first'] as const)
    expect(countedScore(all, counting)?.points.valueOf()).toBe(2);
  expect(countedScore([attempt(1, 2, 1), attempt(2, 4, 0)], 'first')).toBeNull();
  expect(countedScore([attempt(1, 2, 1)], 'best')).toBeNull();
});
