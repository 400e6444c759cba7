// The LMS is away, slow or overloaded: the grade waits, says so, and arrives. Meanwhile the LMS is asked little.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Endpoint } from '../../src/practice/received.ts';
import { noFaults } from '../../src/practice/state.ts';
import { gradeWords, openResults, rowOf } from '../support/grades.ts';
import { scoresOf, timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { oweGrades } from '../support/owed.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const seconds = 1000;

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60 * 60 * seconds);
  await mustaqil.deliver();
});

test('While the LMS is away the grade waits in words, and arrives when it is back', async () => {
  const { ada, student, activity } = await afterAttempt();
  mustaqil.lms.faults.down = 'services';
  expect(await mustaqil.deliver()).toBe(1);
  await ada.open(ada.page.url);
  expect(ada.page.$('.grade').text()).toContain('The gradebook does not answer just now. Your grade is kept');
  expect(rowOf(await openResults(mustaqil, activity), nameOf(mustaqil, student))).toEqual([
    '1',
    '2 / 2',
    'waiting for the LMS',
  ]);

  mustaqil.lms.faults.down = 'off';
  expect(await mustaqil.deliver()).toBe(0);
  mustaqil.clock.advance(6 * seconds);
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  await ada.open(ada.page.url);
  expect(ada.page.$('.grade').text()).toContain('in the gradebook since');
  expect(rowOf(await openResults(mustaqil, activity), nameOf(mustaqil, student))[2]).toContain('in the gradebook (');
});

test('Ten attempts while the LMS is away cost one post, of the final score (lti.md 102)', async () => {
  const { ada, student, activity } = await afterAttempt({ countingAttempt: 'last' });
  mustaqil.lms.faults.down = 'services';
  for (const sum of ['4', '5', '6', '5', '4', '5', '6', '5', '6']) {
    await takeQuiz(ada, { capital: sum === '4' ? 'Bishkek' : 'Osh', sum });
    await mustaqil.deliver();
    mustaqil.clock.advance(7 * seconds);
  }
  await takeQuiz(ada, { capital: 'Osh', sum: '5' });
  mustaqil.lms.faults.down = 'off';
  mustaqil.clock.advance(60 * 60 * seconds);
  await mustaqil.deliver();
  const taken = scoresOf(mustaqil.lms, student).filter(({ status }) => status !== null);
  expect(taken).toMatchObject([{ scoreGiven: 1, scoreMaximum: 2, comment: 'Attempt 11' }]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
});

test('An LMS that stays broken is asked more and more rarely, and never forgotten (lti.md 102)', async () => {
  const { student, activity } = await afterAttempt();
  mustaqil.lms.faults.status = 500;
  expect(await mustaqil.deliver()).toBe(1);
  for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 14_400, 14_400]) {
    mustaqil.clock.advance(wait * seconds - 1);
    expect(await mustaqil.deliver()).toBe(0);
    mustaqil.clock.advance(1);
    expect(await mustaqil.deliver()).toBe(1);
  }
  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(14_400 * seconds);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('Of many grades for an LMS that is away one is tried at a time, ever more rarely; when it is back, all arrive at once (lti.md 102)', async () => {
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 30 });
  mustaqil.lms.faults.down = 'services';
  expect(await mustaqil.deliver()).toBe(8);
  for (const pause of [15, 30, 60, 120, 240, 480, 600, 600]) {
    mustaqil.clock.advance(pause * seconds - 1);
    expect(await mustaqil.deliver()).toBe(0);
    mustaqil.clock.advance(1);
    expect(await mustaqil.deliver()).toBe(1);
  }
  mustaqil.lms.faults.down = 'off';
  mustaqil.clock.advance(600 * seconds);
  expect(await mustaqil.deliver()).toBe(30);
  expect(students.map((student) => mustaqil.lms.gradeOf(activity, student)?.points)).toEqual(students.map(() => 50));
});

test('What failed for many hours goes out with the rest as soon as its LMS takes anything again', async () => {
  const activity = await newQuiz(mustaqil);
  const students = await oweGrades(mustaqil, mustaqil, { activity, count: 5 });
  mustaqil.lms.faults.status = 500;
  for (let hours = 0; hours < 50; hours += 5) {
    await mustaqil.deliver();
    mustaqil.clock.advance(5 * 3600 * seconds);
  }
  expect(await mustaqil.deliver()).toBe(5);
  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(3600 * seconds);
  expect(await mustaqil.deliver()).toBe(0);
  students.push(...(await oweGrades(mustaqil, mustaqil, { activity, count: 1 })));
  expect(await mustaqil.deliver()).toBe(6);
  expect(students.map((student) => mustaqil.lms.gradeOf(activity, student)?.points)).toEqual(students.map(() => 50));
});

test('Grades that are locked in one activity keep those of another waiting for a moment at most', async () => {
  const activity = await newQuiz(mustaqil);
  const locked = await oweGrades(mustaqil, mustaqil, { activity, count: 9 });
  for (const student of locked) mustaqil.lms.lockGrade(activity, student);
  expect(await mustaqil.deliver()).toBe(8);
  const { activity: open, student } = await afterAttempt();
  mustaqil.clock.advance(15 * seconds);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(open, student)).toMatchObject({ points: 100 });
  for (const other of locked) mustaqil.lms.lockGrade(activity, other, false);
});

test('One grade that is locked for good never holds up another', async () => {
  const { student, activity } = await afterAttempt();
  mustaqil.lms.lockGrade(activity, student);
  for (let tries = 0; tries < 8; tries += 1) {
    expect(await mustaqil.deliver()).toBe(1);
    mustaqil.clock.advance(5 * 2 ** tries * seconds);
  }
  expect(await mustaqil.deliver()).toBe(1);
  const [other = ''] = await oweGrades(mustaqil, mustaqil, { activity, count: 1 });
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, other)).toMatchObject({ points: 50 });
  mustaqil.lms.lockGrade(activity, student, false);
});

test('An overloaded LMS is left alone for as long as it asks, with every grade (lti.md 102)', async () => {
  await deliverOneGrade();
  const { student, activity } = await afterAttempt();
  Object.assign(mustaqil.lms.faults, { status: 429, retryAfterSeconds: 120 });
  expect(await mustaqil.deliver()).toBe(1);
  mustaqil.lms.faults.status = null;
  const asked = mustaqil.lms.received.length;

  mustaqil.clock.advance(119 * seconds);
  const others = await oweGrades(mustaqil, mustaqil, { activity, count: 3 });
  expect(await mustaqil.deliver()).toBe(0);
  expect(mustaqil.lms.received).toHaveLength(asked);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');
  mustaqil.clock.advance(1 * seconds);
  expect(await mustaqil.deliver()).toBe(4);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  for (const other of others) expect(mustaqil.lms.gradeOf(activity, other)).toMatchObject({ points: 50 });
});

test('A slow LMS gets its time', async () => {
  const { student, activity } = await afterAttempt();
  mustaqil.lms.faults.slowMs = 100;
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('A token that the LMS no longer knows is renewed within the same try (lti.md 102)', async () => {
  await deliverOneGrade();
  const { student, activity } = await afterAttempt();
  mustaqil.lms.state.accessTokens.length = 0;
  const tokens = timesAsked(mustaqil.lms, 'token');
  const looks = timesAsked(mustaqil.lms, 'results');
  expect(await mustaqil.deliver()).toBe(1);
  expect(timesAsked(mustaqil.lms, 'token') - tokens).toBe(1);
  expect(answersOf('results').slice(looks)).toEqual([401, 200, 200]);
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([200]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('An LMS that takes no token at all is not hammered: one renewal a try, then the grade waits', async () => {
  await deliverOneGrade();
  const { student, activity } = await afterAttempt();
  mustaqil.lms.faults.status = 401;
  const tokens = timesAsked(mustaqil.lms, 'token');
  const looks = timesAsked(mustaqil.lms, 'results');
  expect(await mustaqil.deliver()).toBe(1);
  expect(timesAsked(mustaqil.lms, 'token') - tokens).toBe(1);
  expect(answersOf('results').slice(looks)).toEqual([401, 401]);
  expect(scoresOf(mustaqil.lms, student)).toEqual([]);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('It is kept here');

  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(6 * seconds);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

/** How the LMS answered everything that it was asked of a kind. */
function answersOf(asked: Endpoint) {
  return mustaqil.lms.received.filter(({ endpoint }) => endpoint === asked).map(({ status }) => status);
}

/** A new quiz and a new student who has handed in an attempt with all the points. */
async function afterAttempt(settings: Record<string, string> = {}) {
  const activity = await newQuiz(mustaqil, { settings });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  return { ada, student, activity };
}

/** Afterwards the tool holds a token. */
async function deliverOneGrade() {
  await afterAttempt();
  await mustaqil.deliver();
}
