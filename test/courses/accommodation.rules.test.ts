// What more time means: for a date, for a time limit, and in the form in which a teacher gives it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueFor, noAccommodation, timeAllowedMs } from '../../src/courses/accommodation.ts';
import { readAccommodation } from '../../src/courses/accommodation-form.ts';
import { formats } from '../../src/i18n/formats.ts';

const due = new Date('2026-12-01T18:00:00Z');
const later = new Date('2026-12-05T18:00:00Z');
const earlier = new Date('2026-11-20T18:00:00Z');
const minutes = (count: number) => count * 60_000;

describe('the date', () => {
  test.each([
    ['is everybody’s for who has nothing more', noAccommodation, 30, due],
    ['is a later one of one’s own', { extraTimePercent: 0, dueUntil: later }, 30, later],
    ['is never an earlier one', { extraTimePercent: 0, dueUntil: earlier }, 30, due],
    [
      'moves by the extra minutes of a time limit',
      { extraTimePercent: 50, dueUntil: null },
      30,
      new Date(due.getTime() + minutes(15)),
    ],
    ['does not move by extra time where there is no limit', { extraTimePercent: 50, dueUntil: null }, null, due],
    ['is the later of the two', { extraTimePercent: 50, dueUntil: later }, 30, later],
  ])('%s', (_what, accommodation, timeLimitMinutes, expected) => {
    expect(dueFor(due, timeLimitMinutes, accommodation)).toEqual(expected);
  });

  test('is none where nobody set one', () => {
    expect(dueFor(null, 30, { extraTimePercent: 100, dueUntil: later })).toBeNull();
  });

  test('never takes anything from anybody', () => {
    const accommodation = fc.record({
      extraTimePercent: fc.integer({ min: 0, max: 400 }),
      dueUntil: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })),
    });
    fc.assert(
      fc.property(accommodation, fc.option(fc.integer({ min: 1, max: 1440 })), (given, limit) => {
        expect(dueFor(due, limit, given)?.getTime()).toBeGreaterThanOrEqual(due.getTime());
        expect(timeAllowedMs(limit, given) ?? 0).toBeGreaterThanOrEqual(minutes(limit ?? 0));
        expect(dueFor(due, limit, noAccommodation)).toEqual(due);
      }),
    );
  });
});

describe('the form', () => {
  const read = (extraTimePercent: unknown, dueUntil: unknown = '') =>
    readAccommodation({ extraTimePercent, dueUntil }, { timeZone: 'Asia/Tashkent' });

  test.each([
    ['', 0],
    ['0', 0],
    ['50', 50],
    [' 50 % ', 50],
    ['400', 400],
    [undefined, 0],
  ])('takes %j for %d per cent', (typed, extraTimePercent) => {
    expect(read(typed)).toEqual({ ok: true, accommodation: { extraTimePercent, dueUntil: null } });
  });

  test.each(['401', '-5', '12.5', '1e2', 'half', '50 50'])('does not take %j for a share, and keeps it', (typed) => {
    const form = {
      typed: { extraTimePercent: typed, dueUntil: '' },
      problems: { extraTimePercent: 'percent-unreadable' },
    };
    expect(read(typed)).toEqual({ ok: false, form });
  });

  test('reads the date by the clock of the installation', () => {
    expect(read('', '2026-12-01T23:00')).toMatchObject({ ok: true, accommodation: { dueUntil: due } });
  });

  test('tells of both fields at once, and keeps what was typed', () => {
    const typed = { extraTimePercent: 'x', dueUntil: '2026-02-31T10:00' };
    const problems = { extraTimePercent: 'percent-unreadable', dueUntil: 'date-unreadable' };
    expect(read('x', '2026-02-31T10:00')).toEqual({ ok: false, form: { typed, problems } });
  });

  test('gets a date back as it was shown, in every zone', () => {
    const moment = fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2040-01-01') });
    const zones = fc.constantFrom('Asia/Tashkent', 'Asia/Bishkek', 'UTC', 'America/St_Johns');
    fc.assert(
      fc.property(moment, zones, (at, timeZone) => {
        const shown = formats('en', timeZone).inputTime(at);
        const known = readAccommodation({ extraTimePercent: '', dueUntil: shown }, { timeZone });
        expect(known.ok && formats('en', timeZone).inputTime(known.accommodation.dueUntil ?? new Date(0))).toBe(shown);
      }),
    );
  });
});
