// What an award rests on, read back as people read it, and forms of decisions that say what is missing in them.
import { expect, test } from '@jest/globals';
import { confirmationForm } from '../../../src/credits/class/confirmation-list.ts';
import { problemsOf, recognitionForm, reevaluationForm } from '../../../src/credits/class/decision-form.ts';
import { readableEvidence } from '../../../src/credits/class/readable-evidence.ts';
import { planOf } from '../../support/credits.ts';

test.each([
  ['attempt:12:3', { kind: 'attempt', placementId: 12, number: 3 }],
  ['attempt:12:1+2+4', { kind: 'average', placementId: 12, numbers: [1, 2, 4] }],
  ['mark:7', { kind: 'mark' }],
  [null, { kind: 'none' }],
])('a result that rests on %s says so', (source, expected) => {
  const activities = [{ key: 'q1', state: 'scored', points: '20/3', source }];
  const evidence = { points: '20/3', maximumPoints: '100', grade: null, gradePoints: null, activities };
  const [read] = readableEvidence(evidence, planOf()).activities;
  expect(read?.source).toEqual(expected);
  expect(read?.points.toFraction()).toBe('20/3');
  expect(read?.maximumPoints?.valueOf()).toBe(10);
});

test('an activity that the plan has no more is called by its key', () => {
  const activities = [{ key: 'gone', state: 'scored', points: '5', source: 'mark:1' }];
  const evidence = { points: '5', maximumPoints: '100', grade: null, gradePoints: null, activities };
  expect(readableEvidence(evidence, planOf()).activities[0]).toMatchObject({ title: 'gone', maximumPoints: null });
});

test('a list that is sent has each of its lines once, and none that is no line', () => {
  const key = '0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607';
  const hash = 'a'.repeat(64);
  const line = [`7.course.${hash}`, `7.course.${hash}`, `7.course`, `x.course.${hash}`, `8.m1.${hash}`];
  expect(confirmationForm.parse({ key, planId: '3', line })).toEqual({
    ...{ key, planId: 3, note: '' },
    line: [
      { personId: 7, componentKey: 'course', evidenceHash: hash },
      { personId: 8, componentKey: 'm1', evidenceHash: hash },
    ],
  });
  expect(confirmationForm.safeParse({ key: 'guessed', planId: '3', line }).success).toBe(false);
});

test('a decision without its words says which are missing', () => {
  const form = recognitionForm.parse({ personId: '7', componentKey: 'course', recognised: '  ', reason: ' MOOC ' });
  expect(problemsOf(form)).toEqual({ recognised: 'empty' });
  expect(problemsOf(recognitionForm.parse({}))).toEqual({
    ...{ componentKey: 'not-chosen', recognised: 'empty', reason: 'empty' },
  });
});

test('a line of a preview comes back as it was shown', () => {
  const seen = { personId: 7, componentKey: 'm1', unitsBefore: 150, unitsAfter: 0 };
  expect(reevaluationForm.parse({ line: ['7.m1.150.0', '7.m1', 'x.m1.1.2'] })).toEqual({ line: [seen] });
});
