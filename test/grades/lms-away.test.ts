// The LMS is away, slow or overloaded: the grade waits, says so, and arrives.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { noFaults } from '../../src/practice/state.ts';
import { gradeWords, openResults, rowOf } from '../support/grades.ts';
import { scoresOf, timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
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
  for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]) {
    mustaqil.clock.advance(wait * seconds - 1);
    expect(await mustaqil.deliver()).toBe(0);
    mustaqil.clock.advance(1);
    expect(await mustaqil.deliver()).toBe(1);
  }
  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(3600 * seconds);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('An overloaded LMS is left alone for as long as it asks (lti.md 102)', async () => {
  await deliverOneGrade();
  const { student, activity } = await afterAttempt();
  Object.assign(mustaqil.lms.faults, { status: 429, retryAfterSeconds: 120 });
  expect(await mustaqil.deliver()).toBe(1);
  expect(scoresOf(mustaqil.lms, student)).toMatchObject([{ status: 429 }]);
  mustaqil.lms.faults.status = null;

  mustaqil.clock.advance(119 * seconds);
  expect(await mustaqil.deliver()).toBe(0);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');
  mustaqil.clock.advance(1 * seconds);
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
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
  expect(await mustaqil.deliver()).toBe(1);
  expect(timesAsked(mustaqil.lms, 'token') - tokens).toBe(1);
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([401, 200]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('An LMS that takes no token at all is not hammered: one renewal a try, then the grade waits', async () => {
  await deliverOneGrade();
  const { student, activity } = await afterAttempt();
  mustaqil.lms.faults.status = 401;
  const tokens = timesAsked(mustaqil.lms, 'token');
  expect(await mustaqil.deliver()).toBe(1);
  expect(timesAsked(mustaqil.lms, 'token') - tokens).toBe(1);
  expect(scoresOf(mustaqil.lms, student)).toHaveLength(2);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');

  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(6 * seconds);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

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
