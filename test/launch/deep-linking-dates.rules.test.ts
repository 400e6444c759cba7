// Dates that a teacher types: the moment at which the clock on the wall shows them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { momentAt } from '../../src/i18n/local-time.ts';

describe('the moment at which a clock shows', () => {
  test.each([
    ['2026-11-21T18:30', 'Asia/Tashkent', '2026-11-21T13:30:00.000Z'],
    ['2026-11-21T18:30:00', 'Asia/Tashkent', '2026-11-21T13:30:00.000Z'],
    ['2026-11-21T18:30', 'Asia/Bishkek', '2026-11-21T12:30:00.000Z'],
    ['2026-11-21T18:30', 'UTC', '2026-11-21T18:30:00.000Z'],
    ['2024-02-29T00:00', 'Asia/Kolkata', '2024-02-28T18:30:00.000Z'],
    ['2026-07-01T12:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
    ['2026-01-01T12:00', 'Europe/Berlin', '2026-01-01T11:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, moment) => {
    expect(momentAt(local, zone)?.toISOString()).toBe(moment);
  });

  test('a time that clocks show twice is the first of the two', () => {
    expect(momentAt('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('a time that clocks leave out is as long after the gap', () => {
    expect(momentAt('2026-03-29T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  test.each(['', 'soon', '2026-02-30T10:00', '2026-13-01T10:00', '2026-11-21', '2026-11-21T25:00', '0000-01-01T00:00'])(
    '“%s” is no date',
    (local) => {
      expect(momentAt(local, 'Asia/Tashkent')).toBeNull();
    },
  );

  test('what a clock shows is that moment again, in any zone where it shows it once', () => {
    const zone = fc.constantFrom('Asia/Tashkent', 'Asia/Kathmandu', 'UTC', 'Pacific/Kiritimati', 'Etc/GMT+12');
    // Since 2001: earlier, some zones had their clocks put back.
    const minute = fc.integer({ min: 16_305_120, max: 60_000_000 }).map((minutes) => new Date(minutes * 60_000));
    fc.assert(
      fc.property(zone, minute, (timeZone, moment) => {
        const shown = moment.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        expect(momentAt(shown.replace(' ', 'T'), timeZone)).toEqual(moment);
      }),
    );
  });
});
