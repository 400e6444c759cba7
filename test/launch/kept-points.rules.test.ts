// Points that an LMS does not keep: the teacher reads some that it does, near to what was typed.
import { expect, test } from '@jest/globals';
import { keptPoints, type ChoiceRules } from '../../src/launch/content-choice.ts';
import { differencesOf } from '../../src/platforms/lms/registry.ts';

const wholeNumbers: ChoiceRules = {
  acceptsMultiple: true,
  acceptsColumns: true,
  columnMaximum: (points) => differencesOf('moodle').columnMaximum(points),
  dates: ['opensAt', 'dueAt'],
  dueAfter: null,
  timeZone: 'Asia/Tashkent',
};

test.each([
  ['12.5', 13],
  ['12,4', 12],
  ['0.2', 1],
  ['250', 100],
])('for %s points the teacher reads %d', (typed, kept) => {
  expect(keptPoints(typed, wholeNumbers)).toBe(kept);
});
