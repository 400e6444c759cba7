// What was kept for as long as the settings say goes by itself, and nothing else does.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq, sql } from 'drizzle-orm';
import { readConfig } from '../../src/config.ts';
import { answers, attempts } from '../../src/database/tables/attempts.ts';
import { people } from '../../src/database/tables/courses.ts';
import { attemptClients, attemptSignals } from '../../src/database/tables/journal.ts';
import { createLog } from '../../src/log.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { applyRetention, type Retention } from '../../src/privacy/apply-retention.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { nameOf, newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';
import { personIdOf } from './person.ts';

const days = 24 * 60 * 60 * 1000;
const never: Retention = { connectionLogDays: null, answersDays: null, peopleDays: null };

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const apply = (retention: Partial<Retention>) =>
  applyRetention({
    ...mustaqil,
    now: mustaqil.clock.now,
    log: createLog('silent'),
    retention: { ...never, ...retention },
  });

/** A new student who has handed in. */
async function handedIn() {
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student }), { capital: 'Bishkek', sum: '5' });
  const personId = await personIdOf(mustaqil.db, student);
  const [attempt] = await mustaqil.db.select().from(attempts).where(eq(attempts.personId, personId));
  if (!attempt) throw new Error('There is no attempt');
  const at = { attemptId: attempt.id, saidAt: attempt.startedAt, arrivedAt: attempt.startedAt };
  await mustaqil.db.insert(attemptSignals).values({ ...at, clientNumber: 1, kind: 'opened' });
  return { student, personId, attemptId: attempt.id };
}

/** What is kept of an attempt. */
async function keptOf(attemptId: number) {
  const { db } = mustaqil;
  const [attempt] = await db.select().from(attempts).where(eq(attempts.id, attemptId));
  return {
    points: attempt?.points?.valueOf(),
    answers: await db.$count(answers, eq(answers.attemptId, attemptId)),
    signals: await db.$count(attemptSignals, eq(attemptSignals.attemptId, attemptId)),
  };
}

test('Without a setting nothing ever goes', async () => {
  await handedIn();
  mustaqil.clock.advance(4000 * days);
  const before = await allRows(mustaqil.db);
  expect(await apply({})).toEqual({ connectionLogs: 0, attempts: 0, people: 0 });
  expect(await allRows(mustaqil.db)).toEqual(before);
});

test('A connection log goes so many days after its attempt has ended; answers and points stay', async () => {
  const old = await handedIn();
  mustaqil.clock.advance(20 * days);
  const young = await handedIn();
  mustaqil.clock.advance(20 * days);
  await apply({ connectionLogDays: 30 });
  expect(await keptOf(old.attemptId)).toEqual({ points: 2, answers: 2, signals: 0 });
  expect(await keptOf(young.attemptId)).toEqual({ points: 2, answers: 2, signals: 1 });
  expect(await mustaqil.db.$count(attemptClients, eq(attemptClients.attemptId, old.attemptId))).toBe(0);
});

test('Answers stay for as long as anybody launches into their course, and then go; the points stay', async () => {
  const { attemptId, student } = await handedIn();
  mustaqil.clock.advance(40 * days);
  await openAsTeacher(mustaqil);
  await apply({ answersDays: 30 });
  expect(await keptOf(attemptId)).toEqual({ points: 2, answers: 2, signals: 1 });
  mustaqil.clock.advance(31 * days);
  await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  expect((await apply({ answersDays: 30 })).attempts).toBeGreaterThan(0);
  expect(await keptOf(attemptId)).toEqual({ points: 2, answers: 0, signals: 0 });
  expect(await apply({ answersDays: 30 })).toMatchObject({ attempts: 0 });
  const ada = await openQuiz(mustaqil, { student });
  await ada.open(`${mustaqil.url}/attempts/${attemptId}`);
  expect(ada.page.$('.result').text()).toContain('The answers of this attempt are no longer kept');
  expect(ada.page.$('.result').text()).toContain('2 of 2 points');
});

test('More people than fit a batch are erased after so many days, by two processes at once, and who still comes is not', async () => {
  const gone = await handedIn();
  const deploymentId = sql<number>`(select deployment_id from ${people} where ${people.id} = ${gone.personId})`;
  const lastLaunchAt = mustaqil.clock.now();
  await mustaqil.db.insert(people).values(
    Array.from({ length: 120 }, (_, at) => ({
      deploymentId,
      subject: `many-${at}`,
      name: 'Bek',
      language: 'uz',
      lastLaunchAt,
    })),
  );
  mustaqil.clock.advance(40 * days);
  await openAsTeacher(mustaqil);
  const stays = await personIdOf(mustaqil.db, sample.dilnoza);
  await Promise.all([apply({ peopleDays: 30 }), apply({ peopleDays: 30 })]);
  const named = await mustaqil.db.select().from(people);
  expect(named.filter(({ name }) => name === 'Bek')).toEqual([]);
  expect(named.find(({ id }) => id === gone.personId)).toMatchObject({ subject: null, erasedAt: mustaqil.clock.now() });
  expect(named.find(({ id }) => id === stays)).toMatchObject({ name: 'Dilnoza Karimova', erasedAt: null });
  expect(await keptOf(gone.attemptId)).toMatchObject({ points: 2, answers: 0 });
});

test('Who never came stays for as long as the list of a course names them', async () => {
  const student = newStudent(mustaqil, 'Bermet');
  const readListAfter = async (howManyDays: number) => {
    mustaqil.clock.advance(howManyDays * days);
    await openAsTeacher(mustaqil);
    await mustaqil.roster.settled();
  };
  await readListAfter(1);
  const personId = await personIdOf(mustaqil.db, student);
  const nameNow = async () => (await mustaqil.db.select().from(people).where(eq(people.id, personId)))[0]?.name;
  await readListAfter(40);
  await apply({ peopleDays: 30 });
  expect(await nameNow()).toBe(nameOf(mustaqil, student));

  mustaqil.lms.unenrol(student, sample.physics.course);
  await readListAfter(31);
  await apply({ peopleDays: 30 });
  expect(await nameNow()).toBe(`№ ${personId}`);
});

test('A number of days that makes no sense is refused by its name', () => {
  const secret = { MUSTAQIL_SECRET: 'x'.repeat(32) };
  expect(readConfig({ ...secret, RETAIN_PEOPLE_DAYS: '', RETAIN_ANSWERS_DAYS: '365' }).retention).toEqual({
    ...never,
    answersDays: 365,
  });
  for (const wrong of ['0', '-1', '1.5', 'a year', '100000']) {
    expect(() => readConfig({ ...secret, RETAIN_PEOPLE_DAYS: wrong })).toThrow(/^RETAIN_PEOPLE_DAYS: /);
  }
});
