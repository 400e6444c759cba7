// The moment that a score bears: whole seconds, always rising, never ahead of time. An LMS refuses every other.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('Two attempts within one second: the second score goes out as soon as its moment has come', async () => {
  const { ada, student, activity } = await beforeQuiz();
  await takeQuiz(ada, { sum: '5' });
  expect(await mustaqil.deliver()).toBe(1);
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  expect(await mustaqil.deliver()).toBe(0);
  await ada.open(ada.page.url);
  expect(ada.page.$('.grade').text()).toContain('on its way');

  mustaqil.clock.advance(1000);
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
  expectRising(student);
});

test('Many attempts, at whatever pace, give moments that rise by a second or more and are never in the future (lti.md 97)', async () => {
  const { ada, student, activity } = await beforeQuiz();
  for (const pauseMs of [0, 10, 999, 1, 1000, 1001, 60_000, 0, 0, 0]) {
    await takeQuiz(ada, ada.page.$('.score').text().includes('2 of') ? {} : { capital: 'Bishkek', sum: '5' });
    await mustaqil.deliver();
    mustaqil.clock.advance(pauseMs);
  }
  mustaqil.clock.advance(5000);
  await mustaqil.deliver();
  expectRising(student);
  // The tenth attempt, which is empty, counts.
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 0, comment: 'Attempt 10' });
});

test('A score bears the moment when it was earned, however late it is sent (lti.md 101, 106)', async () => {
  const { ada, student } = await beforeQuiz();
  const handedIn = mustaqil.clock.now();
  await takeQuiz(ada, { sum: '5' });
  mustaqil.clock.advance(3 * 24 * 60 * 60 * 1000);
  await mustaqil.deliver();
  const [score] = scoresOf(mustaqil.lms, student);
  expect(score?.timestamp).toEqual(new Date(Math.floor(handedIn.getTime() / 1000) * 1000));
  expect(score?.submission.submittedAt).toBe(handedIn.toISOString());
});

function expectRising(student: string) {
  const scores = scoresOf(mustaqil.lms, student);
  expect(scores.length).toBeGreaterThan(1);
  expect(scores.map(({ status }) => status)).toEqual(scores.map(() => 200));
  scores.forEach(({ timestamp, at }, index) => {
    const before = scores[index - 1]?.timestamp.getTime() ?? 0;
    expect(timestamp.getTime() - before).toBeGreaterThanOrEqual(1000);
    expect(timestamp.getMilliseconds()).toBe(0);
    expect(timestamp.getTime()).toBeLessThanOrEqual(at.getTime());
  });
}

/** Ada, who is new, before a new quiz whose last attempt counts. */
async function beforeQuiz() {
  const activity = await newQuiz(mustaqil, { settings: { countingAttempt: 'last' } });
  const student = newStudent(mustaqil, 'Ada');
  return { activity, student, ada: await openQuiz(mustaqil, { student, activity }) };
}
