// The LMS says that it has this moment's score or a later one (409): is it ours, or does somebody there know better?
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gradeWords, openResults, rowOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { createNetwork } from '../support/network.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

const network = createNetwork();
let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil({ fetch: network.fetch });
});
afterAll(() => mustaqil.stop());

test('The grade that Dilnoza enters while ours is on its way stays, and both she and Ada read that (lti.md 103)', async () => {
  const { student, activity } = await afterAttempt();
  const { held, release } = network.hold('/scores');
  const delivering = mustaqil.deliver();
  await held;
  mustaqil.clock.advance(5000);
  mustaqil.lms.overrideGrade(activity, student, 73);
  release();
  expect(await delivering).toBe(1);
  expect(scoresOf(mustaqil.lms, student)).toMatchObject([{ status: 409 }]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 73 });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('The gradebook holds a newer grade');
  const results = await openResults(mustaqil, activity);
  expect(rowOf(results, nameOf(mustaqil, student))[2]).toBe('the gradebook has a newer grade');
  mustaqil.clock.advance(60 * 60 * 1000);
  expect(await mustaqil.deliver()).toBe(0);
});

test('A score whose answer was lost is found in the gradebook and counts as delivered (lti.md 103)', async () => {
  const { student, activity } = await afterAttempt();
  network.loseAnswerTo('/scores');
  expect(await mustaqil.deliver()).toBe(1);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });

  mustaqil.clock.advance(5000);
  expect(await mustaqil.deliver()).toBe(1);
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([200, 409]);
  const [one, other] = scoresOf(mustaqil.lms, student).map(({ timestamp }) => timestamp);
  expect(other).toEqual(one);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');
});

test('An LMS in trouble that calls everything a conflict for a while, even being looked at, is asked again', async () => {
  const { student, activity } = await afterAttempt();
  mustaqil.lms.faults.status = 409;
  await mustaqil.deliver();
  mustaqil.clock.advance(60 * 1000);
  await mustaqil.deliver();
  expect(await gradeWords(mustaqil, { student, activity })).toContain('does not answer just now');

  mustaqil.lms.faults.status = null;
  mustaqil.clock.advance(60 * 60 * 1000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 50 });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');
});

test('A grade of ours that Dilnoza has only touched in the gradebook is nobody’s but ours, and gives way to a better one', async () => {
  const { ada, student, activity } = await afterAttempt();
  await mustaqil.deliver();
  mustaqil.clock.advance(5000);
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  mustaqil.clock.advance(5000);
  mustaqil.lms.enterGrade(activity, student, 50);
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([200, 409]);
  mustaqil.clock.advance(60 * 1000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('in the gradebook since');
});

test('A better attempt made while an answer was lost is sent with a later moment and arrives', async () => {
  const { ada, student, activity } = await afterAttempt();
  network.loseAnswerTo('/scores');
  await mustaqil.deliver();
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  mustaqil.clock.advance(5000);
  expect(await mustaqil.deliver()).toBe(1);
  expect(scoresOf(mustaqil.lms, student).map(({ status }) => status)).toEqual([200, 200]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('A better attempt made while the first score is on its way is sent after it', async () => {
  const { ada, student, activity } = await afterAttempt();
  const { held, release } = network.hold('/scores');
  const delivering = mustaqil.deliver();
  await held;
  mustaqil.clock.advance(2000);
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  release();
  expect(await delivering).toBe(2);
  expect(scoresOf(mustaqil.lms, student).map(({ scoreGiven }) => scoreGiven)).toEqual([1, 2]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

/** Ada, who is new, has handed in a new quiz with half the points. */
async function afterAttempt() {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { sum: '5' });
  return { ada, student, activity };
}
