// What a process has in hand stays in its hands for as long as it lives and works on it, and no longer than half a minute after.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../../src/database/database.ts';
import { leaseMs, payDebts, prolongEveryMs, type Debt, type DebtTools } from '../../src/grades/debt.ts';

beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-09-01T09:00:00Z') }));
afterEach(() => void jest.useRealTimers());

const result = { outcome: 'delivered', cause: null, status: 200 };
const tools: DebtTools = {
  // Nothing here asks it.
  db: {} as Database,
  now: () => new Date(),
  log: pino({ level: 'silent' }),
  random: () => 0,
};

/** One claim that is being paid until `finish` is called. */
async function beginPaying(prolong: (until: Date) => Promise<boolean> = () => Promise.resolve(true)) {
  let finish = () => {};
  const claim = { revision: 1, placementId: 1, tries: 1, claimedUntil: new Date() };
  const recorded: Date[] = [];
  const debt: Debt<DebtTools, typeof claim, typeof result> = {
    name: 'debt',
    mostInHand: 1,
    claim: (_db, { claimedUntil }) => Promise.resolve([Object.assign(claim, { claimedUntil })]),
    prolong: (_db, _claim, until) => prolong(until),
    pay: () => new Promise((resolve) => (finish = () => resolve(result))),
    fault: result,
    record: (_db, { claimedUntil }) => Promise.resolve(void recorded.push(claimedUntil)),
  };
  const begun = Date.now();
  const [paid] = await payDebts(tools, debt, 1);
  return {
    claim,
    recorded,
    leftMs: () => claim.claimedUntil.getTime() - Date.now(),
    heldForMs: () => claim.claimedUntil.getTime() - begun,
    end: async () => {
      finish();
      await paid;
    },
  };
}

test('A grade that an LMS is slow to take stays with the process that sends it', async () => {
  const paying = await beginPaying();
  for (let turn = 1; turn <= 12; turn += 1) {
    await jest.advanceTimersByTimeAsync(prolongEveryMs);
    expect(paying.leftMs()).toBe(leaseMs);
  }
  await paying.end();
});

test('Once it is paid nothing is prolonged any more', async () => {
  const paying = await beginPaying();
  await paying.end();
  await jest.advanceTimersByTimeAsync(10 * leaseMs);
  expect(paying.heldForMs()).toBe(leaseMs);
  expect(jest.getTimerCount()).toBe(0);
});

test('What another process has taken over, or the database could not prolong, is ours no longer than it was', async () => {
  const lost = await beginPaying(() => Promise.resolve(false));
  const unreachable = await beginPaying(() => Promise.reject(new Error('no database')));
  await jest.advanceTimersByTimeAsync(3 * prolongEveryMs);
  expect([lost.leftMs(), unreachable.leftMs()]).toEqual([0, 0]);
  await Promise.all([lost.end(), unreachable.end()]);
});

test('It is noted as held until the very moment to which it was prolonged last', async () => {
  let answer: (isKept: boolean) => void = () => {};
  const paying = await beginPaying(() => new Promise((resolve) => (answer = resolve)));
  await jest.advanceTimersByTimeAsync(prolongEveryMs);
  const ended = paying.end();
  await jest.advanceTimersByTimeAsync(0);
  expect(paying.recorded).toEqual([]);
  answer(true);
  await ended;
  expect(paying.recorded).toEqual([new Date(Date.now() + leaseMs)]);
});
