// What learners are told about themselves, by rules alone.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { wholeVersion } from '../../src/attempts/asked.ts';
import type { Corrections } from '../../src/attempts/correction.ts';
import { guessGap } from '../../src/attempts/self/gap.ts';
import { guessField, readGuess } from '../../src/attempts/self/guess.ts';
import { missedPositions, practicePositions } from '../../src/attempts/self/missed.ts';
import { outcomeShares } from '../../src/attempts/self/outcome-shares.ts';
import { nextPlace, practisedQuestion, tryIn } from '../../src/attempts/self/practice.ts';
import { readReflection } from '../../src/attempts/self/reflection.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { whatIsAsked } from '../../src/questions/same-question.ts';
import { choice, versionOf } from '../support/gradings.ts';
import { answered } from '../support/work.ts';

/** What was chosen of each question, in their order; 0 is right. */
const answeredAll = (chosen: number[]) => new Map(chosen.map((one, at) => [at, answered({ choice: one })]));
const points = (value: string | number) => new Fraction(value);

test.each([
  ['', null],
  ['   ', null],
  ['12', '12'],
  ['7,5', '7.5'],
  ['7.5', '7.5'],
  ['0', '0'],
  ['20', '20'],
  ['20,1', 'out-of-range'],
  ['-1', 'out-of-range'],
  ['twelve', 'not-a-number'],
  ['12 of 20', 'not-a-number'],
])('Who writes %j expects %p of 20 points', (typed, expected) => {
  const read = readGuess(typed, points(20));
  expect(read.ok ? (read.guess?.toString() ?? null) : read.problem).toBe(expected);
});

test('Where nothing can be earned, nobody is asked', () => {
  expect(guessField('', points(0))).toBeNull();
  expect(guessField('twelve', points(20))).toEqual({ maximum: 20, typed: 'twelve', problem: 'not-a-number' });
});

test.each([
  ['12', '9', 'too-sure', 3],
  ['9', '12', 'too-careful', 3],
  ['12', '10', 'fitting', 2],
  ['10', '12', 'fitting', 2],
  ['12.1', '10', 'too-sure', 2.1],
])('Aziz guesses %s of 20, has %s: %s', (guess, earned, verdict, off) => {
  const attempt = { guess: points(guess), points: points(earned), maximumPoints: points(20), unmarked: 0 };
  expect(guessGap(attempt)).toMatchObject({ verdict, off });
});

test('Nobody is told how far off they were before all is marked', () => {
  const attempt = { guess: points(1), points: points(0), maximumPoints: points(2), unmarked: 1 };
  expect(guessGap(attempt)).toBeNull();
  expect(guessGap({ ...attempt, unmarked: 0, guess: null })).toBeNull();
});

test('Whatever is guessed, too sure and too careful mirror each other', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), (one, other) => {
      const gap = (guess: number, earned: number) =>
        guessGap({ guess: points(guess), points: points(earned), maximumPoints: points(20), unmarked: 0 });
      const mirrored = { 'too-sure': 'too-careful', 'too-careful': 'too-sure', fitting: 'fitting' };
      expect(gap(one, other)?.verdict).toBe(mirrored[gap(other, one)?.verdict ?? 'fitting']);
    }),
  );
});

const about = (name: string, { tags, outcomes }: Pick<Question, 'tags' | 'outcomes'>, worth = '1') =>
  questionSchema.parse({ ...choice(name, 0, worth), tags, outcomes });
const forces = [{ code: 'O1', text: 'Adds forces' }];

describe('How it went by what questions teach', () => {
  const version = wholeVersion(
    versionOf(1, [
      about('A', { outcomes: forces, tags: ['hard'] }, '3'),
      about('B', { outcomes: forces }),
      about('C', { tags: ['Qoʻshish'] }),
      about('D', { tags: ["qo'shish", 'easy'] }),
      about('E', {}),
    ]),
  );
  const shares = (chosen: (0 | 1)[], corrections: Corrections = new Map()) =>
    outcomeShares(version, answeredAll(chosen), corrections)?.map(({ name, questions, share, verdict }) => [
      name,
      questions,
      share,
      verdict,
    ]);

  test('the weakest comes first; a question with outcomes is not counted for its tags, and spellings of a tag are one', () => {
    expect(shares([0, 1, 1, 0, 0])).toEqual([
      ['Qoʻshish', 2, 0.5, 'growing'],
      ['O1', 2, 0.75, 'growing'],
      ['easy', 1, 1, 'firm'],
    ]);
    expect(shares([1, 0, 1, 1, 1])?.map(([, , share, verdict]) => [share, verdict])).toEqual([
      [0, 'weak'],
      [0, 'weak'],
      [0.25, 'weak'],
    ]);
  });

  test('what a regrade credited or dropped says nothing of anybody', () => {
    const corrections: Corrections = new Map([
      [2, { kind: 'full-points' }],
      [3, { kind: 'dropped' }],
    ]);
    expect(shares([0, 0, 1, 1, 1], corrections)).toEqual([['O1', 2, 1, 'firm']]);
  });

  test('a quiz about one thing alone says no more than its points', () => {
    const one = wholeVersion(versionOf(1, [about('A', { tags: ['x'] }), about('B', { tags: ['x'] })]));
    expect(outcomeShares(one, answeredAll([0, 1]), new Map())).toBeNull();
  });

  test('points never leave what a question is worth, however sure its learner was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ choice: fc.nat(2), certainty: fc.constantFrom(1 as const, 2 as const, 3 as const) }), {
          minLength: 5,
          maxLength: 5,
        }),
        (given) => {
          const work = new Map(given.map((one, at) => [at, answered({ choice: one.choice }, one.certainty)]));
          const sure = { ...version, behaviour: 'deferred-certainty' as const };
          for (const { share } of outcomeShares(sure, work, new Map()) ?? []) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});

test('What a question teaches is no part of what it asks', () => {
  expect(whatIsAsked(about('A', { outcomes: forces }))).toBe(whatIsAsked(about('A', {})));
});

describe('What is worth practising', () => {
  const version = wholeVersion(
    versionOf(
      1,
      ['A', 'B', 'C', 'D'].map((name) => choice(name, 0)),
    ),
  );

  test.each<[string, number[], Corrections, number[]]>([
    ['nothing where all is right', [0, 0, 0, 0], new Map(), []],
    ['what was wrong and what was left out', [0, 1, 0], new Map(), [1, 3]],
    [
      'nothing that was credited or dropped',
      [1, 1, 0, 0],
      new Map([
        [0, { kind: 'dropped' }],
        [1, { kind: 'full-points' }],
      ]),
      [],
    ],
    ['what another key makes wrong', [0, 0, 0, 0], new Map([[2, { kind: 'key', question: choice('C', 1) }]]), [2]],
  ])('is %s', (_what, chosen, corrections, missed) => {
    expect(missedPositions(version, answeredAll(chosen), corrections)).toEqual(missed);
  });

  test('and after each one more with its tag that was not drawn, none of them twice', () => {
    const tagged = (name: string, ...tags: string[]) => about(name, { tags });
    const drawing = {
      ...versionOf(1, [
        tagged('A', 'Qoʻshish'),
        tagged('B', "qo'shish"),
        tagged('C', 'qoʻshish'),
        tagged('D', 'oson'),
        tagged('E', 'qoʻshish', 'oson'),
        choice('F', 0),
      ]),
      structure: { sections: [], draws: [{ count: 2, tags: ['qoʻshish'], match: 'any' as const, points: '1' }] },
    };
    fc.assert(
      fc.property(fc.string(), (seed) => {
        // A and B were drawn, so C and E are left; D and F are asked of everybody.
        const asked = practicePositions(drawing, { drawn: [[0, 1]] }, [0, 1, 3, 5], seed);
        expect(asked.filter((position) => [0, 1, 3, 5].includes(position))).toEqual([0, 1, 3, 5]);
        expect(asked.slice(0, 4).toSorted()).toEqual([0, 1, 2, 4]);
        expect(asked).toHaveLength(6);
      }),
    );
    expect(practicePositions(drawing, { drawn: [[0, 1]] }, [3], 's')).toEqual([3, 4]);
    expect(practicePositions(drawing, { drawn: [[0, 1]] }, [5], 's')).toEqual([5]);
  });
});

test('Whatever was missed, a practice asks that and what shares a tag with it', () => {
  const tags = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 });
  const questions = fc.array(tags, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(questions, fc.infiniteStream(fc.boolean()), fc.string(), (tagged, coins, seed) => {
      const missed = tagged.flatMap((_tags, position) => (coins.next().value ? [position] : []));
      const drawing = {
        ...versionOf(
          1,
          tagged.map((own, index) => about(`Q${index}`, { tags: own })),
        ),
        structure: { sections: [], draws: [{ count: 1, tags: ['a'], match: 'any' as const, points: '1' }] },
      };
      const isLikeMissed = (asked: number) =>
        missed.some((position) => tagged[position]?.some((tag) => tagged[asked]?.includes(tag)));
      const asked = practicePositions(drawing, { drawn: [missed.slice(0, 1)] }, missed, seed);
      expect(asked.every((position) => missed.includes(position) || isLikeMissed(position))).toBe(true);
      expect(missed.every((position) => asked.includes(position))).toBe(true);
    }),
  );
});

describe('A practice', () => {
  const practice = { id: 1, attemptId: 1, seed: 's', positions: [2, 5, 7], finishedAt: null };
  const tries = (...right: number[]) =>
    new Map(
      right.map((place) => [
        place,
        [
          { response: null, fraction: points(0) },
          { response: null, fraction: points(1) },
        ],
      ]),
    );

  test.each<[number[], number, number | null]>([
    [[], -1, 0],
    [[0], -1, 1],
    [[0], 1, 2],
    [[1], 2, 0],
    [[0, 1], 2, 2],
    [[0, 1, 2], 2, null],
  ])('where %j were right goes on from %i to %p', (right, after, next) => {
    expect(nextPlace(practice, tries(...right), after)).toBe(next);
  });

  test('asks with numbers of its own, and marks by them', () => {
    const sum = questionSchema.parse({
      type: 'numeric',
      name: 'Sum',
      text: { format: 'plain', source: '{a} + 1' },
      generalFeedback: null,
      points: '1',
      variables: [{ name: 'a', from: '1', to: '999', step: '1' }],
      details: {
        answers: [{ accepted: { kind: 'near', value: '=a+1', tolerance: '0' }, weight: '1', feedback: null }],
      },
    });
    const version = versionOf(1, [sum]);
    const seen = new Set<string>();
    for (const seed of ['one', 'two', 'three', 'four']) {
      const practised = practisedQuestion({ ...practice, seed, positions: [0] }, version, new Map(), 0);
      seen.add(practised?.question.text.source ?? '');
      const [a] = /\d+/.exec(practised?.question.text.source ?? '') ?? ['0'];
      const given = practised && tryIn(practised, () => [String(Number(a) + 1)]);
      expect(given?.fraction.equals(1)).toBe(true);
    }
    expect(seen.size).toBeGreaterThan(1);
  });
});

test.each<[string, string, boolean, object]>([
  ['nothing but spaces takes away what was there', ' \n ', true, { ok: true, reflection: null }],
  [
    'two thousand characters are kept',
    'a'.repeat(2000),
    false,
    { ok: true, reflection: { text: 'a'.repeat(2000), isShared: false } },
  ],
  [
    'one more is too much, and comes back whole',
    'a'.repeat(2001),
    true,
    { ok: false, typed: { text: 'a'.repeat(2001), isShared: true } },
  ],
  [
    'a line end is one character',
    `${'a\r\n'.repeat(999)}aa`,
    true,
    { ok: true, reflection: { text: `${'a\n'.repeat(999)}aa`, isShared: true } },
  ],
])('Of what a learner thinks, %s', (_what, typed, isShared, read) => {
  expect(readReflection([typed], isShared)).toEqual(read);
});
