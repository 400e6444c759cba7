// Many students answer in the same moment: their answers are committed together, and each is treated as if it had come alone.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eq, inArray, sql } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { openAttempts } from '../../bench/open-attempts.ts';
import { lockAttempt } from '../../src/attempts/attempt.store.ts';
import type { EntryOf } from '../../src/attempts/journal/entry.ts';
import { savesTogether } from '../../src/attempts/journal/save-together.ts';
import { takeEntries } from '../../src/attempts/journal/take-entries.ts';
import type { OpenDatabase } from '../../src/database/database.ts';
import { answers, attempts } from '../../src/database/tables/attempts.ts';
import { memberships } from '../../src/database/tables/courses.ts';
import { attemptClients } from '../../src/database/tables/journal.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import { openTestDatabase } from '../support/database.ts';

const now = () => new Date();
let database: OpenDatabase;
let failed: unknown[];
beforeEach(async () => {
  database = await openTestDatabase();
  failed = [];
});
afterEach(async () => {
  await database.db.execute(sql`alter table ${answers} drop constraint if exists no_seven`);
  await database.close();
});

test('Two hundred students answer at once, and each finds their own answer', async () => {
  const { students, save } = await atWork(200);
  const saved = await Promise.all(students.map((student) => save(student, [said(student, 1, `${student.id}`)])));
  expect(saved.map((one) => [one?.state, one?.taken])).toEqual(students.map(({ client }) => ['open', [[client, 1]]]));
  expect(await standing()).toEqual(students.map(({ id }) => [id, `${id}`]));
});

test('Of several answers that one student gave to a question the last stands, though it comes first and in the same moment', async () => {
  const { students, save } = await atWork(2);
  const [aziz, aigul] = students;
  await Promise.all([
    save(aigul, [said(aigul, 1, '7')]),
    save(aziz, [said(aziz, 3, '3'), said(aziz, 1, '1')]),
    save(aziz, [said(aziz, 2, '2')]),
    save(aigul, [said(aigul, 2, null)]),
  ]);
  expect(await standing()).toEqual([[aziz.id, '3']]);
  await save(aziz, [said(aziz, 2, '2')]);
  await save(aigul, [said(aigul, 1, '7')]);
  expect(await standing()).toEqual([[aziz.id, '3']]);
});

test('An answer that cannot be kept costs nobody else theirs: each of them is taken by itself', async () => {
  const { students, save } = await atWork(4);
  await database.db.execute(sql`alter table ${answers} add constraint no_seven check (response ->> 'text' <> '7')`);
  const entries = students.map((student, place) => said(student, 1, place === 2 ? '7' : '1'));
  const saved = await Promise.all(students.map((student, place) => save(student, entries.slice(place, place + 1))));
  expect(saved.map((one) => one !== null)).toEqual([true, false, false, false]);
  expect(failed).toHaveLength(1);
  const alone = await Promise.allSettled(
    students.map(({ id, personId }, place) => {
      const sent = { attemptId: id, personId, entries: entries.slice(place, place + 1) };
      return takeEntries({ db: database.db, now }, { ...sent, browser: null, broughtBy: null });
    }),
  );
  expect(alone.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect((await standing()).map(([id]) => id)).toEqual([0, 1, 3].map((place) => students[place]?.id));
});

test('Whoever handed in, may no longer answer, or writes from a device that nobody had heard of is left to be judged alone', async () => {
  const { students, save } = await atWork(5);
  const [, handedIn, gone, elsewhere] = students;
  const result = { submittedAt: now(), points: new Fraction(0), maximumPoints: new Fraction(20) };
  await database.db.update(attempts).set(result).where(eq(attempts.id, handedIn.id));
  await database.db.update(memberships).set({ launchedAt: null }).where(eq(memberships.personId, gone.personId));
  elsewhere.client = randomUUID();
  const saved = await Promise.all(students.map((student) => save(student, [said(student, 1, '1')])));
  expect(saved.map((one) => one !== null)).toEqual([true, false, false, false, true]);
  expect((await standing()).map(([id]) => id)).toEqual([students[0].id, students[4]?.id]);
  await database.db.update(registrations).set({ state: 'disabled' });
  expect(await save(students[0], [said(students[0], 2, '2')])).toBeNull();
});

test('Nobody waits for an attempt that somebody else holds', async () => {
  // The embedded engine has one connection: nobody else holds anything.
  if (globalThis.engine === 'pglite') return;
  const { students, save } = await atWork(3);
  const [held] = students;
  let release = () => {};
  const isOver = new Promise<void>((resolve) => (release = resolve));
  let holding: Promise<void> = Promise.resolve();
  await new Promise<void>((isHeld) => {
    holding = database.db.transaction(async (tx) => {
      await lockAttempt(tx, held.id, held.personId);
      isHeld();
      await isOver;
    });
  });
  const saved = await Promise.all(students.map((student) => save(student, [said(student, 1, '1')])));
  expect(saved.map((one) => one !== null)).toEqual([false, true, true]);
  release();
  await holding;
});

interface AtWork {
  /** Our key of the attempt. */
  id: number;
  personId: number;
  client: string;
}

/** So many students whose pages have said that they are open. */
async function atWork(count: number) {
  const { db } = database;
  const opened = await openAttempts(db, { students: count, answersEach: 0, secret: 'of no use' });
  const ids = opened.map(({ attemptId }) => attemptId);
  const rows = await db.select().from(attempts).where(inArray(attempts.id, ids)).orderBy(attempts.id);
  const students = rows.map(({ id, personId }): AtWork => ({ id, personId, client: randomUUID() }));
  await db.insert(attemptClients).values(
    students.map(({ id, client }) => ({
      ...{ attemptId: id, number: 1, clientId: client, kind: 'script' as const, openedAt: now() },
    })),
  );
  const saveTogether = savesTogether({ db, now, onFailed: (error) => failed.push(error) });
  const save = ({ id }: AtWork, entries: readonly EntryOf<'answer'>[]) => saveTogether(id, entries);
  return { students: students as [AtWork, AtWork, AtWork, AtWork, ...AtWork[]], save };
}

/** What a student says to the first question; null: nothing any more. */
function said({ client }: AtWork, sequence: number, text: string | null): EntryOf<'answer'> {
  const values: [string, string][] = text === null ? [] : [['q0', text]];
  return { version: 1, client, sequence, at: Date.now(), kind: 'answer', field: 'q0', round: 0, values };
}

/** What stands to the first question, by attempt. */
async function standing(): Promise<[number, string][]> {
  const rows = await database.db.select().from(answers).where(eq(answers.position, 0)).orderBy(answers.attemptId);
  return rows.map(({ attemptId, response }) => [attemptId, (response as { text: string }).text]);
}
