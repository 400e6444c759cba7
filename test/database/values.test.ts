// Both engines give the same TypeScript values for every kind of column there is.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { count, max, sql, sum } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { answers, attempts } from '../../src/database/tables/attempts.ts';
import { people, placements } from '../../src/database/tables/courses.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  await takeQuiz(await openQuiz(mustaqil), { capital: 'Bishkek', sum: '7' });
});
afterAll(() => mustaqil.stop());

test('keys and counts are numbers, sums and exact numbers of points are not', async () => {
  const { db } = mustaqil;
  const [attempt] = await db.select().from(attempts);
  expect(attempt?.id).toBe(1);
  expect(attempt?.points).toEqual(new Fraction(1));
  const { position } = answers;
  const [counted] = await db
    .select({ number: count(), highest: max(position), raw: sql<unknown>`count(*)`, sum: sum(position) })
    .from(answers);
  expect(counted).toEqual({ number: 2, highest: 1, raw: 2, sum: '1' });
});

test('points of a gradebook cell are text with five decimals', async () => {
  const [cell] = await mustaqil.db.select().from(gradebookCells);
  expect(cell).toMatchObject({ scoreGiven: '1.00000', scoreMaximum: '2.00000', revision: 1, claimedUntil: null });
});

test('moments are Dates to the millisecond, and none is null', async () => {
  const [attempt] = await mustaqil.db.select().from(attempts);
  expect(attempt).toMatchObject({ startedAt: mustaqil.clock.now(), submittedAt: mustaqil.clock.now() });
  const odd = new Date('2026-03-29T00:59:59.999Z');
  await mustaqil.db.update(answers).set({ savedAt: odd });
  expect((await mustaqil.db.select().from(answers)).map(({ savedAt }) => savedAt)).toEqual([odd, odd]);
});

test('lists of texts are lists, also empty ones and ones with commas, quotes and braces', async () => {
  const { db } = mustaqil;
  for (const gradebookScopes of [[], ['a,b', '"quoted"', '{braces}', 'null', '', 'ң ʻ 🎓']]) {
    await db.update(placements).set({ gradebookScopes });
    expect(await db.select({ gradebookScopes: placements.gradebookScopes }).from(placements)).toEqual([
      { gradebookScopes },
    ]);
  }
});

test('JSON objects and lists come back as they went in, also with texts that look like JSON', async () => {
  const { db } = mustaqil;
  for (const response of [{ a: [1.5, null, true] }, {}, [], { text: '7' }, { text: '{"a":"\\"}' }, ['"x"', 'null']]) {
    await db.update(answers).set({ response });
    expect((await db.select().from(answers)).map((answer) => answer.response)).toEqual([response, response]);
  }
});

test('questions of a published version are JSON, settings without a value are null, yes and no are booleans', async () => {
  const [version] = await mustaqil.db.select().from(quizVersions);
  expect(version).toMatchObject({ questions: [{ type: 'single-choice' }, { type: 'numeric' }], attemptsAllowed: null });
  const [person] = await mustaqil.db.select().from(people);
  expect(person).toMatchObject({ languageChosen: false, isTestUser: false });
});

test('text keeps every character, line end and space', async () => {
  const source = ' \t\r\n\nң ʻ 🎓 \\ \' " ; -- %s $1 \u200f';
  await mustaqil.db.update(quizzes).set({ source });
  expect((await mustaqil.db.select().from(quizzes))[0]?.source).toBe(source);
});
