import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyGrade, override, receiveScore, release, type Score } from '../../src/practice/grade.ts';
import type { Grade, LineItem } from '../../src/practice/state.ts';

const column: LineItem = {
  id: '2',
  courseId: '2',
  toolId: '1',
  activityId: '1',
  isCoupled: true,
  label: 'Mexanika',
  maximumPoints: 12.5,
  resourceId: '',
  tag: '',
  submissionReview: null,
};

const scoreAt = (at: number, changes: Partial<Score> = {}): Score => ({
  givenPoints: 8,
  maximumPoints: 10,
  comment: null,
  at,
  ...changes,
});

function received(grade: Grade, score: Score, now = 0): Grade {
  const outcome = receiveScore(grade, column, score, now);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.grade;
}

describe('a cell of the gradebook', () => {
  test('shows 15 of 10 as the full 12.5, and remembers what was sent', () => {
    expect(received(emptyGrade('2', '4'), scoreAt(1, { givenPoints: 15 }))).toMatchObject({
      rawPoints: 18.75,
      points: 12.5,
    });
  });

  test('never shows less than zero', () => {
    expect(received(emptyGrade('2', '4'), scoreAt(1, { givenPoints: -3 })).points).toBe(0);
  });

  test('takes points as they are when the score’s maximum is zero', () => {
    expect(received(emptyGrade('2', '4'), scoreAt(1, { givenPoints: 3, maximumPoints: 0 })).points).toBe(3);
  });

  test('that was erased takes any timestamp again', () => {
    const erased = received(received(emptyGrade('2', '4'), scoreAt(100)), scoreAt(101, { givenPoints: null }));
    expect(received(erased, scoreAt(5)).points).toBe(10);
  });

  test('with a comment but no points is dated now, until something changes', () => {
    const commented = received(emptyGrade('2', '4'), scoreAt(5, { givenPoints: null, comment: 'Kutilmoqda' }), 50);
    expect(commented).toMatchObject({ points: null, comment: 'Kutilmoqda', timeModified: 50 });
    const again = received(commented, scoreAt(60, { givenPoints: null, comment: 'Kutilmoqda' }), 70);
    expect(again.timeModified).toBe(50);
  });

  test('given back by the teacher shows what the tool sent meanwhile', () => {
    const overridden = override(emptyGrade('2', '4'), column, 3, '', 10);
    const sent = received(overridden, scoreAt(11));
    expect(sent).toMatchObject({ points: 3, timeModified: 10 });
    expect(release(sent, column)).toMatchObject({ points: 10, isOverridden: false });
  });

  test('whatever arrives in whatever order, shows the score with the greatest time of those it accepted', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.integer({ min: 1, max: 50 }), points: fc.nat(10) })), (sent) => {
        let cell = emptyGrade('2', '4');
        let latest: { at: number; points: number } | null = null;
        for (const { at, points } of sent) {
          const outcome = receiveScore(cell, column, scoreAt(at, { givenPoints: points }), 0);
          expect(outcome.ok).toBe(latest === null || at > latest.at);
          if (!outcome.ok) continue;
          cell = outcome.grade;
          latest = { at, points };
        }
        expect(cell.points).toBe(latest === null ? null : (latest.points * 12.5) / 10);
      }),
    );
  });
});
