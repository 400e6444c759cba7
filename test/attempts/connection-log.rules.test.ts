// What a teacher can read out of what reached us, and how far to believe it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  connectionLog,
  minutesLost,
  type Heard,
  type LoggedSignal,
} from '../../src/attempts/journal/connection-log.ts';

const start = new Date('2026-11-21T09:00:00Z');
const at = (minute: number) => new Date(start.getTime() + minute * 60_000);

const signal = (kind: LoggedSignal['kind'], more: Partial<LoggedSignal> = {}): LoggedSignal => ({
  ...{ clientNumber: 1, kind, saidAt: at(0), until: null, arrivedAt: at(0), cause: null },
  ...more,
});
const gap = (from: number, until: number, more: Partial<LoggedSignal> = {}) =>
  signal('gap', { saidAt: at(from), until: at(until), arrivedAt: at(until), cause: 'offline', ...more });
const heard = (signals: LoggedSignal[], more: Partial<Heard> = {}): Heard => ({
  ...{ startedAt: start, closedAt: at(30), signals, arrivals: [] },
  ...more,
});
const linesOf = (log: Heard, kind: string) => connectionLog(log, at(30)).filter((line) => line.kind === kind);

describe('Dilnoza sees when Aigul’s phone was away, and who says so', () => {
  test.each([
    ['the phone says it had no network, and nothing came from it meanwhile', gap(10, 14), [], 'both'],
    ['the phone says so, but an answer came in the middle of it', gap(10, 14), [12], 'doubtful'],
    ['an answer came as it ended', gap(10, 14), [13.9], 'both'],
    ['that a page was not looked at, only the phone can say', gap(10, 14, { cause: 'hidden' }), [12], 'phone'],
  ])('%s', (_what, one, arrivals, by) => {
    const log = heard([one], { arrivals: arrivals.map((minute) => ({ clientNumber: 1, at: at(minute) })) });
    const [line] = connectionLog(log, at(30)).filter(({ kind }) => kind.startsWith('gap'));
    expect(line).toMatchObject({ from: at(10), until: at(14), minutes: 4, by, device: 1 });
  });

  test('another device that goes on meanwhile does not speak against the first', () => {
    const log = heard([gap(10, 14)], { arrivals: [{ clientNumber: 2, at: at(12) }] });
    expect(linesOf(log, 'gap-offline')).toMatchObject([{ by: 'both' }]);
  });

  test('devices are counted as they were first heard of, and when they opened it is our own word', () => {
    const log = heard([
      signal('taken-over', { clientNumber: 2, arrivedAt: at(8), saidAt: at(7) }),
      signal('opened', { clientNumber: 1, arrivedAt: at(1) }),
    ]);
    expect(connectionLog(log, at(30)).filter(({ by, kind }) => by === 'server' && kind !== 'silence')).toMatchObject([
      { kind: 'opened', from: at(1), device: 1 },
      { kind: 'taken-over', from: at(8), device: 2 },
    ]);
  });

  test('seven answers that came late are one line, from the first that was given to the last that came', () => {
    const late = [3, 1, 2].map((minute) => signal('came-late', { saidAt: at(minute), arrivedAt: at(20 + minute) }));
    expect(linesOf(heard(late), 'came-late')).toMatchObject([{ from: at(1), until: at(23), count: 3, by: 'phone' }]);
  });

  test('that nothing came for five minutes we saw ourselves; of shorter silences nothing is said', () => {
    const arrivals = [4, 8, 20].map((minute) => ({ clientNumber: 1, at: at(minute) }));
    expect(linesOf(heard([], { arrivals }), 'silence')).toMatchObject([
      { from: at(8), until: at(20), minutes: 12, by: 'server' },
      { from: at(20), until: at(30), minutes: 10 },
    ]);
  });

  test('of an open attempt no more is said than has happened', () => {
    expect(connectionLog(heard([], { closedAt: null }), at(3))).toEqual([]);
    expect(connectionLog(heard([], { closedAt: null }), at(7))).toMatchObject([{ kind: 'silence', until: at(7) }]);
  });
});

describe('The minutes that were lost', () => {
  test.each([
    ['one cut of four minutes', [gap(10, 14)], 4],
    ['two cuts', [gap(10, 14), gap(20, 21)], 5],
    ['two pages that were cut off together', [gap(10, 14), gap(12, 16, { clientNumber: 2 })], 6],
    ['half a minute', [gap(10, 10.5)], 1],
    ['a server that did not answer', [gap(10, 14, { cause: 'server' })], 4],
    ['a page that was not looked at', [gap(10, 14, { cause: 'hidden' })], 0],
    ['a cut that outlasted the attempt', [gap(28, 90)], 2],
    ['nothing', [], 0],
  ])('of %s', (_what, signals, minutes) => {
    expect(minutesLost(heard(signals))).toBe(minutes);
  });

  test('are never more than the attempt lasted, whatever a phone claims', () => {
    const minute = fc.integer({ min: -100, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(minute, minute)), (gaps) => {
        const lost = minutesLost(heard(gaps.map(([from, until]) => gap(from, until))));
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThanOrEqual(30);
      }),
    );
  });
});
