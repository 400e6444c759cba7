// The LMS says no: the page says so, a teacher can ask again, and nobody else's grade is held up.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { gradeWords, openResults, rowOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60 * 60 * 1000);
  await mustaqil.deliver();
});

test('A grade that the LMS refuses waits for the teacher, who sends it again when the cause is gone (lti.md 105)', async () => {
  const { activity, ada } = await refusedAda();
  expect(await gradeWords(mustaqil, { student: ada, activity })).toContain('The gradebook did not take your grade.');
  mustaqil.clock.advance(24 * 60 * 60 * 1000);
  expect(await mustaqil.deliver()).toBe(0);

  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))).toEqual(['1', '1 / 2', 'not taken by the LMS']);
  mustaqil.lms.faults.refusedPersonId = null;
  await dilnoza.submit('form[action$="/grades/deliveries"]');
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))[2]).toBe('on its way');
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
  await dilnoza.open(dilnoza.page.url);
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))[2]).toContain('in the gradebook');
  expect(dilnoza.page.$('form[action$="/grades/deliveries"]')).toHaveLength(0);
});

test('A better attempt is sent although an earlier one was refused', async () => {
  const { activity, ada } = await refusedAda();
  mustaqil.lms.faults.refusedPersonId = null;
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student: ada, activity }), { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 100 });
});

test('“Send again” leaves alone what has arrived', async () => {
  const { activity, others } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.submit('form[action$="/grades/deliveries"]');
  mustaqil.clock.advance(1000);
  expect(await mustaqil.deliver()).toBe(1);
  for (const other of others) expect(scoresOf(mustaqil.lms, other)).toHaveLength(1);
});

test('One grade that is refused and one that is locked stop none of the others', async () => {
  const { activity, ada, others } = await refusedAda({ locked: true });
  expect(mustaqil.lms.gradeOf(activity, ada)).toBeUndefined();
  const grades = others.map((other) => mustaqil.lms.gradeOf(activity, other)?.points);
  expect(grades).toEqual([50, 50, null]);
  const rows = await openResults(mustaqil, activity);
  const words = [ada, others[2] ?? ''].map((student) => rowOf(rows, nameOf(mustaqil, student))[2]);
  expect(words).toEqual(['not taken by the LMS', 'waiting for the LMS']);

  mustaqil.lms.lockGrade(activity, others[2] ?? '', false);
  mustaqil.clock.advance(6000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, others[2] ?? '')).toMatchObject({ points: 50 });
});

test('Many grades are sent with one token', async () => {
  mustaqil.clock.advance(24 * 60 * 60 * 1000);
  const before = mustaqil.lms.received.length;
  await refusedAda();
  const forScores = mustaqil.lms.received
    .slice(before)
    .filter(({ endpoint, body }) => endpoint === 'token' && JSON.stringify(body).includes('lti-ags/scope/score'));
  expect(forScores).toHaveLength(1);
});

test('Neither a student nor another course’s teacher can ask for another delivery', async () => {
  const { activity } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  const deliveries = dilnoza.page.$('form[action$="/grades/deliveries"]').attr('action') ?? '';
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  expect((await post(ivan, deliveries, [])).status).toBe(403);
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  expect((await post(grace, deliveries, [])).status).toBe(404);
  expect(await mustaqil.deliver()).toBe(0);
});

/** Ada and two others have handed in with half the points; all was delivered but Ada's, and that of `locked`. */
async function refusedAda({ locked = false } = {}) {
  const activity = await newQuiz(mustaqil);
  const names = ['Ada', 'Bek', 'Chinara', ...(locked ? ['Locked'] : [])];
  const [ada = '', ...others] = names.map((name) => newStudent(mustaqil, name));
  for (const student of [ada, ...others]) {
    await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Osh', sum: '5' });
  }
  mustaqil.lms.faults.refusedPersonId = ada;
  if (locked) mustaqil.lms.lockGrade(activity, others[2] ?? '');
  await mustaqil.deliver();
  return { activity, ada, others };
}
