// What a teacher and a learner are told of one and the same gradebook cell.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { beside, isNoteworthy, notCompared } from '../../src/attempts/beside-gradebook.ts';
import { deliveryCauses } from '../../src/grades/delivery-cause.ts';
import { outcomeAfterReading, pointsThere, type CellState } from '../../src/grades/grade-status.ts';
import { learnerGrade } from '../../src/grades/learner-grade.ts';
import { teacherGrade } from '../../src/grades/teacher-grade.ts';

const now = new Date('2026-11-21T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const half = { points: 1, maximumPoints: 2 };
const other = { points: 73, maximumPoints: 100 };

const delivered = { deliveredRevision: 1, lastOutcome: 'delivered', confirmed: half } as const;
const overridden = {
  deliveredRevision: 1,
  lastOutcome: 'overridden',
  there: other,
  thereReadAt: minutesAgo(5),
} as const;
const away = { lastOutcome: 'unavailable', lastCause: 'lms-away' } as const;

const inCourse = { hasColumn: true, listed: { isActive: true, isListed: true }, now };

test.each([
  ['on its way', {}, null, 'on-its-way', false],
  ['away for a moment', { ...away, owedSince: minutesAgo(59) }, null, 'waiting', true],
  ['away for long', { ...away, owedSince: minutesAgo(61) }, 'lms-away', 'stuck', true],
  ['not even tried for long', { owedSince: minutesAgo(61) }, 'delayed', 'stuck', true],
  ['switched off a moment ago', { ...away, lastCause: 'tool-inactive' }, 'tool-inactive', 'stuck', true],
  [
    'refused',
    { deliveredRevision: 1, lastOutcome: 'refused', lastCause: 'column-gone' },
    'column-gone',
    'refused',
    true,
  ],
  ['there', delivered, null, 'delivered', false],
  ['changed there', overridden, 'overridden', 'overridden', false],
  ['changed there, unseen', { ...overridden, there: null }, 'overridden', 'overridden-unseen', false],
  ['newer there', { deliveredRevision: 1, lastOutcome: 'superseded' }, 'superseded', 'superseded', false],
  ['a zero taken back, changed there', { ...overridden, basis: 'taken-back', wanted: null }, null, 'taken-back', false],
] as const)(
  '%s: the teacher reads of it what is the matter, the learner what to expect',
  (...[, changes, trouble, word, asks]) => {
    const given = cell(changes);
    expect(teacherGrade(given, inCourse).trouble).toBe(trouble);
    expect(learnerGrade(given, true, now)).toMatchObject({ word, mayAskAgain: asks });
  },
);

test.each([
  ['not-gradable', { isActive: true, isListed: true }],
  ['suspended', { isActive: false, isListed: true }],
  ['not-enrolled', { isActive: false, isListed: false }],
] as const)('One learner whom the LMS refuses is %s, by its list: %j', (trouble, listed) => {
  const refused = cell({ deliveredRevision: 1, lastOutcome: 'refused', lastCause: 'person-refused' });
  expect(teacherGrade(refused, { ...inCourse, listed }).trouble).toBe(trouble);
});

test('A zero for nothing handed in is one for both', () => {
  const zero = cell({ ...delivered, basis: 'zero', wanted: { points: 0, maximumPoints: 10 } });
  expect(teacherGrade(zero, inCourse).isZero).toBe(true);
  expect(learnerGrade(zero, true, now).zeroOf).toBe(10);
  expect(learnerGrade(cell(delivered), true, now).zeroOf).toBeNull();
});

describe('what the gradebook shows', () => {
  test.each([
    ['nothing that we know of', null, {}],
    ['what it confirmed', half, delivered],
    ['what was read beside the delivery', other, { ...delivered, there: other, thereReadAt: minutesAgo(10) }],
    [
      'what it confirmed, where it showed nothing at once',
      half,
      { ...delivered, there: null, thereReadAt: minutesAgo(10) },
    ],
    ['nothing, where nothing was found later', null, { ...delivered, there: null, thereReadAt: minutesAgo(1) }],
    ['what it confirmed after somebody else’s', half, { ...delivered, there: other, thereReadAt: minutesAgo(20) }],
    ['somebody else’s', other, { ...overridden, confirmed: half }],
    ['nothing that we know of, where it only said that it is newer', null, { ...delivered, lastOutcome: 'superseded' }],
  ] as const)('is %s', (_what, there, changes) => {
    expect(pointsThere(cell(changes))).toEqual(there);
  });
});

describe('a comparison', () => {
  const outcomes = fc.constantFrom(null, 'delivered', 'superseded', 'overridden', 'unavailable', 'refused');
  const seen = fc.constantFrom(null, half, { points: 50, maximumPoints: 100 }, other);

  test('changes nothing about a score that is owed', () => {
    fc.assert(
      fc.property(outcomes, seen, (lastOutcome, there) => {
        expect(outcomeAfterReading(cell({ lastOutcome }), there)).toBe(lastOutcome);
      }),
    );
  });

  test('finds what somebody changed, and what is ours again, and calls nothing else either', () => {
    const settled = (lastOutcome: CellState['lastOutcome']) => cell({ deliveredRevision: 1, lastOutcome });
    expect(outcomeAfterReading(settled('delivered'), other)).toBe('overridden');
    expect(outcomeAfterReading(settled('delivered'), null)).toBe('delivered');
    for (const outcome of ['overridden', 'superseded'] as const) {
      expect(outcomeAfterReading(settled(outcome), { points: 50, maximumPoints: 100 })).toBe('delivered');
      expect(outcomeAfterReading(settled(outcome), other)).toBe(outcome);
    }
    expect(outcomeAfterReading(settled('refused'), half)).toBe('refused');
  });

  test.each([
    ['nothing', 'there is the same', delivered, half, null, null],
    ['that it is missing', 'there is none', delivered, null, 'missing', 'send-ours'],
    ['nothing', 'the state says it already', overridden, other, null, 'send-ours'],
    ['nothing', 'ours is on its way', {}, other, null, null],
    ['nothing', 'a zero was taken back', { ...delivered, basis: 'taken-back', wanted: null }, other, null, null],
  ] as const)('tells %s where %s', (...[, , changes, there, difference, action]) => {
    const grade = beside(teacherGrade(cell(changes), inCourse), there);
    expect(grade).toMatchObject({ difference, action, there });
    expect(isNoteworthy(grade)).toBe(action !== null);
  });

  test('tells of a grade where nothing was handed in, and offers nothing in its place', () => {
    const grade = beside(teacherGrade(null, inCourse), other);
    expect(grade).toMatchObject({ difference: 'entered', action: null, there: other });
    expect(isNoteworthy(grade)).toBe(true);
  });
});

test('Something to do is offered exactly where something is the matter, whatever state a cell is in', () => {
  const cells = fc.record({
    deliveredRevision: fc.constantFrom(0, 1),
    lastOutcome: fc.constantFrom(null, 'delivered', 'superseded', 'overridden', 'unavailable', 'refused'),
    lastCause: fc.constantFrom(null, ...deliveryCauses),
    owedSince: fc.constantFrom(null, minutesAgo(1), minutesAgo(90)),
    there: fc.constantFrom(null, half, other),
  });
  fc.assert(
    fc.property(cells, fc.boolean(), (changes, hasColumn) => {
      const grade = notCompared(teacherGrade(cell(changes), { ...inCourse, hasColumn }));
      expect(isNoteworthy(grade)).toBe(grade.action !== null);
      if (grade.status.state === 'no-column') expect(grade.trouble).toBeNull();
    }),
  );
});

function cell(changes: Partial<CellState>): CellState {
  return {
    ...{ basis: 'attempts', revision: 1, deliveredRevision: 0, owedSince: null, wanted: half, confirmed: null },
    ...{ there: null, thereReadAt: null, lastOutcome: null, lastCause: null, lastTriedAt: minutesAgo(10) },
    ...changes,
  };
}
