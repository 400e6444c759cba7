// What a teacher or an LMS can write into a link's custom parameters: whatever it is, the launch goes on.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dueAtOf } from '../../src/launch/content-identity.ts';
import { historyOf } from '../../src/launch/copy-history.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { launchWith, lti } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

async function openWith(custom: Record<string, string>): Promise<number> {
  const claims = { [lti('custom')]: custom };
  return (await launchWith(mustaqil, { person: sample.dilnoza, activity: sample.physics.mechanics, claims })).page
    .status;
}

test.each([
  ['no database keeps', '%00'],
  ['is half a character', '%ED%A0%80'],
  ['is longer than any', 'a'.repeat(10_000)],
])('an id in a history that %s is none', async (_, id) => {
  const custom = { context_history: `${id},7`, resource_link_history: id };
  expect(await openWith(custom)).toBe(200);
  expect(historyOf({ custom }).contextIds.filter((one) => one.length > 255 || one.includes('\0'))).toEqual([]);
});

test.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+05:00', '9999-12-31T23:59:59-05:00'])(
  'the date %s, which stands for none, is none',
  async (date) => {
    expect(await openWith({ submission_end: date })).toBe(200);
    expect(dueAtOf({ custom: { submission_end: date } })).toBeNull();
  },
);
