// What the fault run calls lost, wrong, twice or out of order: a run that cannot fail would prove nothing.
import { describe, expect, test } from '@jest/globals';
import { judgeAnswers, judgeAttempts, judgeCells } from './judge.ts';
import { judgePosts, readPost, type NotedDelivery, type Post } from './posts.ts';
import type { RecordedAttempt } from './records.ts';
import type { Student } from './student.ts';

/** A post of Aziz, answered a second after it arrived. Times in seconds. */
function post(share: number, timestamp: number, arrived: number, took = 1): Post {
  return {
    ...{ personId: 'aziz', share, timestamp: timestamp * 1000 },
    ...{ arrivedAt: arrived * 1000, endedAt: (arrived + took) * 1000 },
  };
}

function noted(timestamp: number, at: number): NotedDelivery {
  return { personId: 'aziz', timestamp: timestamp * 1000, notedAt: at * 1000 };
}

const clean = { repeated: 0, duplicate: 0, outOfOrder: 0 };

describe('posts', () => {
  test('better and later ones are as they should be', () => {
    expect(judgePosts([post(0.2, 1, 10), post(0.6, 5, 20)], [noted(1, 12)])).toEqual({ total: 2, ...clean });
  });

  test('the same again is repeated where nobody knew that it had arrived, a duplicate where the tool did', () => {
    const twice = [post(0.2, 1, 10), post(0.2, 1, 20)];
    expect(judgePosts(twice, [])).toMatchObject({ repeated: 1, duplicate: 0 });
    expect(judgePosts(twice, [noted(1, 25)])).toMatchObject({ repeated: 1, duplicate: 0 });
    expect(judgePosts(twice, [noted(1, 15)])).toMatchObject({ repeated: 0, duplicate: 1 });
  });

  test('the same with a later moment is a duplicate as well', () => {
    expect(judgePosts([post(0.2, 1, 10), post(0.2, 2, 20)], [noted(1, 15)])).toMatchObject({ duplicate: 1 });
  });

  test('the same while the one before is on its way is a duplicate', () => {
    expect(judgePosts([post(0.2, 1, 10, 5), post(0.2, 1, 12)], [])).toMatchObject({ duplicate: 1, repeated: 0 });
  });

  test('an older score after a newer one is out of order, whatever moment it bears', () => {
    expect(judgePosts([post(0.6, 5, 10), post(0.2, 1, 20)], [])).toMatchObject({ outOfOrder: 1 });
    expect(judgePosts([post(0.6, 5, 10), post(0.2, 9, 20)], [])).toMatchObject({ outOfOrder: 1 });
    expect(judgePosts([post(0.6, 5, 10), post(0.8, 1, 20)], [])).toMatchObject({ outOfOrder: 1 });
  });

  test('another score of the same moment, or while one is on its way, is out of order', () => {
    expect(judgePosts([post(0.2, 1, 10), post(0.6, 1, 20)], [])).toMatchObject({ outOfOrder: 1 });
    expect(judgePosts([post(0.2, 1, 10, 5), post(0.6, 2, 12)], [])).toMatchObject({ outOfOrder: 1 });
  });

  test('people are not mixed up', () => {
    const other = { ...post(0.2, 1, 12), personId: 'aigul' };
    expect(judgePosts([post(0.6, 5, 10), other], [])).toEqual({ total: 2, ...clean });
  });

  test('a message is read as it goes over the wire', () => {
    const body = { userId: '7', scoreGiven: 3, scoreMaximum: 5, timestamp: '2026-02-01T10:00:00Z' };
    expect(readPost(JSON.stringify(body))).toEqual({ personId: '7', share: 0.6, timestamp: Date.UTC(2026, 1, 1, 10) });
  });
});

describe('what students know', () => {
  /** Handed in with the first question right and the second wrong: one point of five. */
  const aziz: Student = {
    personId: 'aziz',
    papers: [
      ...[{ attemptId: 1, saved: new Map([[0, 'Bishkek'] as const, [1, '4'] as const]), saves: 3, isHandedIn: true }],
      ...[{ attemptId: 2, saved: new Map([[1, '5'] as const]), saves: 1, isHandedIn: false }],
    ],
  };
  const kept: RecordedAttempt[] = [
    { attemptId: 1, personId: 'aziz', points: '1', responses: new Map([kept0(), [1, { text: '4' }]]) },
    { attemptId: 2, personId: 'aziz', points: null, responses: new Map([[1, { text: '5' }]]) },
  ];

  test('is all there', () => {
    expect(judgeAnswers([aziz], kept)).toEqual({ acknowledged: 4, lost: 0 });
    expect(judgeAttempts([aziz], kept)).toEqual({ acknowledged: 1, lost: 0, surplus: 0 });
    expect(judgeCells([aziz], () => 0.2)).toEqual({ right: 1, wrong: 0, missing: 0 });
  });

  test('an answer that is gone, or is an older one, is lost', () => {
    const gone = kept.map((attempt) => ({ ...attempt, responses: new Map([kept0()]) }));
    expect(judgeAnswers([aziz], gone)).toEqual({ acknowledged: 4, lost: 2 });
    const older = kept.map((attempt) => ({ ...attempt, responses: new Map([kept0(), [1, { text: '6' }]]) }));
    expect(judgeAnswers([aziz], older)).toMatchObject({ lost: 2 });
    expect(judgeAnswers([aziz], [])).toMatchObject({ lost: 3 });
  });

  test('an attempt that is open after all, or has other points, is lost; one that nobody made is too much', () => {
    expect(judgeAttempts([aziz], kept.slice(1))).toMatchObject({ lost: 1 });
    expect(
      judgeAttempts(
        [aziz],
        kept.map((one) => ({ ...one, points: '2' })),
      ),
    ).toMatchObject({ lost: 1 });
    const third: RecordedAttempt = { attemptId: 3, personId: 'aziz', points: '0', responses: new Map() };
    expect(judgeAttempts([aziz], [...kept, third])).toMatchObject({ lost: 0, surplus: 1 });
  });

  test('a grade that is not that of the best attempt is wrong, none is missing', () => {
    expect(judgeCells([aziz], () => 0.4)).toMatchObject({ wrong: 1 });
    expect(judgeCells([aziz], () => null)).toMatchObject({ missing: 1 });
    expect(judgeCells([{ ...aziz, papers: aziz.papers.slice(1) }], () => null)).toMatchObject({ missing: 0 });
  });
});

/** The stored form of `Bishkek`, the first option of the source. */
function kept0(): [number, unknown] {
  return [0, { choice: 0 }];
}
