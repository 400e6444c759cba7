// What learners see and when, what is said to the whole, and what a teacher's form makes of both.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { readBehaving } from '../../src/quizzes/behaviour-form.ts';
import { feedbackFor } from '../../src/quizzes/overall-feedback.ts';
import {
  momentOf,
  presetOf,
  reviewMoments,
  reviewParts,
  reviewPresets,
  shownAt,
  type ReviewMoment,
  type ReviewPart,
  type ReviewSettings,
} from '../../src/quizzes/review-settings.ts';

const submittedAt = new Date('2026-03-02T10:00:00Z');
const dueAt = new Date('2026-03-09T18:00:00Z');
const at = (time: string) => new Date(`2026-03-${time}Z`);

const partsAt = (settings: ReviewSettings, moment: ReviewMoment) => reviewParts.filter(shownAt(settings, moment));

test.each([
  // mod/quiz/classes/question/display_options.php: IMMEDIATELY_AFTER_PERIOD is 120 s, and a closed quiz comes first.
  [null, dueAt, at('02T10:00:00'), 'during'],
  [submittedAt, dueAt, at('02T10:00:00'), 'immediately'],
  [submittedAt, dueAt, at('02T10:01:59.999'), 'immediately'],
  [submittedAt, dueAt, at('02T10:02:00'), 'later'],
  [submittedAt, dueAt, dueAt, 'later'],
  [submittedAt, dueAt, at('09T18:00:00.001'), 'closed'],
  [dueAt, dueAt, at('09T18:00:01'), 'closed'],
  [submittedAt, null, at('30T10:00:00'), 'later'],
] as const)('An attempt handed in at %p and due at %p is at %p at the moment “%s”', (submitted, due, now, moment) => {
  expect(momentOf(submitted, due, now)).toBe(moment);
});

test('Self-study shows everything, homework keeps right answers until the due date, an exam shows points after it and no more', () => {
  const { 'self-study': selfStudy, homework, exam } = reviewPresets;
  const all = [...reviewParts];
  const whole: ReviewPart = 'overall-feedback';
  const right: ReviewPart = 'right-answer';
  const without = (...parts: ReviewPart[]) => all.filter((part) => !parts.includes(part));
  expect(reviewMoments.map((moment) => partsAt(selfStudy, moment))).toEqual([without(whole), all, all, all]);
  expect(reviewMoments.map((moment) => partsAt(homework, moment))).toEqual([
    without(whole, right, 'general-feedback'),
    without(right),
    without(right),
    all,
  ]);
  expect(reviewMoments.map((moment) => partsAt(exam, moment))).toEqual([['answers'], [], [], ['points']]);
});

const anySettings: fc.Arbitrary<ReviewSettings> = fc.record({
  during: fc.subarray([...reviewParts]),
  immediately: fc.subarray([...reviewParts]),
  later: fc.subarray([...reviewParts]),
  closed: fc.subarray([...reviewParts]),
});

test('Nothing is shown that was not chosen, and nothing of a question without the question', () => {
  fc.assert(
    fc.property(anySettings, fc.constantFrom(...reviewMoments), (settings, moment) => {
      const shown = partsAt(settings, moment);
      const chosen: ReviewPart[] = [...settings[moment], ...(moment === 'during' ? (['answers'] as const) : [])];
      expect(shown.filter((part) => !chosen.includes(part))).toEqual([]);
      if (!shown.includes('answers')) {
        expect(shown.filter((part) => part !== 'points' && part !== 'overall-feedback')).toEqual([]);
      }
      if (shown.includes('right-answer')) expect(shown).toContain('correctness');
    }),
  );
});

describe('The form', () => {
  test('gives back every matrix, and knows a preset when it is one', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const body = {
          reviewPreset: 'own',
          ...Object.fromEntries(reviewMoments.map((moment) => [`review.${moment}`, settings[moment]])),
        };
        const { review } = readBehaving(body);
        for (const moment of reviewMoments) expect(partsAt(review, moment)).toEqual(partsAt(settings, moment));
      }),
    );
    for (const name of ['self-study', 'homework', 'exam'] as const) {
      expect(presetOf(readBehaving({ reviewPreset: name }).review)).toBe(name);
    }
  });

  test('makes of anything at all something sensible', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('behaviour', 'penalty', 'bandFrom', 'bandText', 'reviewPreset', 'review.closed'),
          fc.anything(),
        ),
        (body) => {
          const read = readBehaving(body);
          expect(new Fraction(read.penalty).gte(0)).toBe(true);
          expect(read.overallFeedback.length).toBeLessThanOrEqual(10);
        },
      ),
    );
    expect(readBehaving(undefined)).toEqual(readBehaving({ behaviour: 'nonsense', penalty: '7', reviewPreset: 'x' }));
  });

  test('keeps bands from the highest down, without those that say nothing, and of two alike the first', () => {
    const { overallFeedback } = readBehaving({
      bandFrom: ['50', '90,5', '', '50', '200'],
      bandText: ['Half', 'Nearly all', 'Any', 'Again', ''],
    });
    expect(overallFeedback).toEqual([
      { fromPercent: 90.5, text: 'Nearly all' },
      { fromPercent: 50, text: 'Half' },
      { fromPercent: 0, text: 'Any' },
    ]);
  });
});

test.each([
  ['10', '10', 'Best'],
  ['9', '10', 'Best'],
  ['899/100', '10', 'Middle'],
  ['1', '3', 'Middle'],
  ['0', '10', null],
  ['0', '0', null],
])('%s of %s points are spoken of as %p', (points, maximumPoints, text) => {
  const bands = [
    { fromPercent: 33.33, text: 'Middle' },
    { fromPercent: 90, text: 'Best' },
  ];
  const score = { points: new Fraction(points), maximumPoints: new Fraction(maximumPoints) };
  expect(feedbackFor(bands, score)).toBe(text);
});
