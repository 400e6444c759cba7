// What of a gradebook column follows its quiz, whoever has had a hand in it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnChange, type Outline } from '../../src/grades/column-change.ts';

const same = (points: number) => points;
const first = { title: 'Mexanika', points: 2 };
const second = { title: 'Mexanika, 2-qism', points: 3 };

test.each([
  ['follows both', { label: 'Mexanika', scoreMaximum: 2 }, { label: 'Mexanika, 2-qism', scoreMaximum: 3 }],
  ['keeps a name given by hand', { label: 'Nazorat 1', scoreMaximum: 2 }, { scoreMaximum: 3 }],
  ['keeps points given by hand', { label: 'Mexanika', scoreMaximum: 100 }, { label: 'Mexanika, 2-qism' }],
  ['keeps what is right already', { label: 'Mexanika, 2-qism', scoreMaximum: 3 }, null],
  ['keeps what is by hand throughout', { label: 'Nazorat 1', scoreMaximum: 100 }, null],
  ['keeps a maximum that the LMS does not say', { label: 'Nazorat 1', scoreMaximum: null }, null],
])('A column %s', (_what, current, change) => {
  expect(columnChange(current, [first, second], same)).toEqual(change);
});

test('A column follows from every earlier version, not from the last one only', () => {
  const versions = [first, second, { title: 'Yakuniy', points: 4 }];
  expect(columnChange({ label: 'Mexanika', scoreMaximum: 2 }, versions, same)).toEqual({
    label: 'Yakuniy',
    scoreMaximum: 4,
  });
});

test('Where the LMS takes only some maxima, a column is compared with those', () => {
  const wholePoints = (points: number) => (Number.isInteger(points) ? points : 100);
  const versions = [
    { title: 'A', points: 2.5 },
    { title: 'A', points: 7 },
  ];
  expect(columnChange({ label: 'A', scoreMaximum: 100 }, versions, wholePoints)).toEqual({ scoreMaximum: 7 });
  expect(columnChange({ label: 'A', scoreMaximum: 2.5 }, versions, wholePoints)).toBeNull();
});

test('A quiz that is worth nothing any more leaves the points of its column alone', () => {
  const versions = [first, { title: 'Insho', points: 0 }];
  expect(columnChange({ label: 'Mexanika', scoreMaximum: 2 }, versions, same)).toEqual({ label: 'Insho' });
});

const outline = fc.record({ title: fc.constantFrom('A', 'B', 'C'), points: fc.nat(4) });
const column = fc.record({ label: fc.constantFrom('A', 'B', 'C', 'by hand'), scoreMaximum: fc.option(fc.nat(9)) });

test('Whatever the versions were, what none of them said is never touched, and a changed column is not changed again', () => {
  fc.assert(
    fc.property(fc.array(outline, { maxLength: 5 }), column, (versions: Outline[], current) => {
      const change = columnChange(current, versions, same);
      if (change === null) return;
      const { label, scoreMaximum } = change;
      if (label !== undefined) expect(versions.map(({ title }) => title)).toContain(current.label);
      if (scoreMaximum !== undefined) {
        expect(versions.map(({ points }) => points)).toContain(current.scoreMaximum);
        expect(scoreMaximum).toBeGreaterThan(0);
      }
      expect(columnChange({ ...current, ...change }, versions, same)).toBeNull();
    }),
  );
});
