// Several processes deliver from one database: no score goes out twice, none stays behind with a process that dies, and together they
// keep to what an LMS may be sent at a time.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAnotherLms } from '../support/another-lms.ts';
import { gradeWords } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { createNetwork } from '../support/network.ts';
import { oweGrades } from '../support/owed.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';
import { until } from '../support/until.ts';

const network = createNetwork();
let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil({ fetch: network.fetch });
});
afterAll(() => mustaqil.stop());

test('Three that deliver at once send each of twelve grades once', async () => {
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 12 });
  const tries = await Promise.all([mustaqil.deliver(), mustaqil.deliver(), mustaqil.deliver()]);
  expect(tries.reduce((sum, own) => sum + own, 0)).toBe(12);
  for (const student of students) {
    expect(scoresOf(mustaqil.lms, student)).toHaveLength(1);
    expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
  }
});

test('At most eight grades are under way to one LMS at a time, whoever sends them', async () => {
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 12 });
  const { held, release } = network.holdAll('/lineitem');
  const three = [mustaqil.deliver(), mustaqil.deliver(), mustaqil.deliver()];
  await until(() => held() === 8);
  expect(await mustaqil.deliver()).toBe(0);
  expect(held()).toBe(8);
  release();
  const tries = await Promise.all(three);
  expect(tries.reduce((sum, own) => sum + own, 0)).toBe(12);
  for (const student of students) expect(scoresOf(mustaqil.lms, student)).toHaveLength(1);
});

test('An LMS that hangs delays nobody else’s grades, though it is owed more than there are hands', async () => {
  const other = await startAnotherLms(mustaqil);
  const crowd = await oweGrades(mustaqil, other, { activity: await newQuiz(other), count: 30 });
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 3 });
  const { held, release } = network.holdAll(other.lmsUrl);
  const delivery = mustaqil.keepDelivering();
  await until(() => held() > 0);
  await until(() => students.every((student) => mustaqil.lms.gradeOf(activity, student) !== undefined));
  expect(crowd.flatMap((student) => scoresOf(other.lms, student))).toEqual([]);
  release();
  await delivery.stop();
  mustaqil.clock.advance(3600_000);
  await mustaqil.deliver();
  expect(crowd.map((student) => scoresOf(other.lms, student).length)).toEqual(crowd.map(() => 1));
  await other.stop();
});

test('Who is stopped finishes what is in hand, and begins nothing more', async () => {
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 12 });
  const { held, release } = network.holdAll('/lineitem');
  const delivery = mustaqil.keepDelivering();
  await until(() => held() === 8);
  const stopped = delivery.stop();
  release();
  await stopped;
  const isThere = (student: string) => mustaqil.lms.gradeOf(activity, student) !== undefined;
  expect(students.filter(isThere)).toHaveLength(8);
  expect(await mustaqil.deliver()).toBe(4);
  expect(students.filter(isThere)).toHaveLength(12);
});

test('A grade that hangs at an LMS keeps no other waiting', async () => {
  const activity = await newQuiz(mustaqil);
  const [ada, bob] = [newStudent(mustaqil, 'Ada'), newStudent(mustaqil, 'Bob')];
  await handInBy(ada, activity);
  const { held, release } = network.hold('/scores');
  const delivery = mustaqil.keepDelivering();
  await held;
  await handInBy(bob, activity);
  delivery.wake();
  await until(() => mustaqil.lms.gradeOf(activity, bob) !== undefined);
  expect(mustaqil.lms.gradeOf(activity, ada)).toBeUndefined();
  release();
  await delivery.stop();
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
});

test('A grade in the hands of one process is left alone by the others for half a minute, then taken over', async () => {
  const activity = await newQuiz(mustaqil);
  const ada = newStudent(mustaqil, 'Ada');
  await handInBy(ada, activity);
  const { held, release } = network.hold('/scores');
  const stuck = mustaqil.deliver();
  await held;
  mustaqil.clock.advance(29_000);
  expect(await mustaqil.deliver()).toBe(0);

  mustaqil.clock.advance(1000);
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
  // The first one was not dead after all: what it sends late changes nothing.
  release();
  await stuck;
  expect(scoresOf(mustaqil.lms, ada).map(({ status }) => status)).toEqual([200, 409]);
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
  expect(await gradeWords(mustaqil, { student: ada, activity })).toContain('in the gradebook since');
});

test.each(['arrives', 'gets no answer'])(
  'A score that is sent late and %s cannot undo the better one',
  async (what) => {
    const activity = await newQuiz(mustaqil);
    const ada = newStudent(mustaqil, 'Ada');
    await handInBy(ada, activity);
    const { held, release } = network.hold('/scores');
    const stuck = mustaqil.deliver();
    await held;
    await takeQuiz(await openQuiz(mustaqil, { student: ada, activity }), { capital: 'Bishkek', sum: '5' });
    mustaqil.clock.advance(31_000);
    expect(await mustaqil.deliver()).toBe(1);
    expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 100 });

    if (what === 'gets no answer') network.loseAnswerTo('/scores');
    release();
    await stuck;
    expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 100 });
    expect(await gradeWords(mustaqil, { student: ada, activity })).toContain('in the gradebook since');
  },
);

async function handInBy(student: string, activity: string) {
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
}
