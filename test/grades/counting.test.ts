// Of several attempts the gradebook shows the one that the teacher chose to count.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openLearner, openResults, pointsOf, rowOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** Attempts worth 1, 2 and 0 of 2 points. */
const attempts = [{ capital: 'Bishkek', sum: '6' }, { capital: 'Bishkek', sum: '5' }, {}];

test.each([
  { rule: 'best', points: 100, sent: [1, 2], counted: '2 / 2', comment: 'Attempt 2', why: 'attempt 2 of 3, the best' },
  { rule: 'last', points: 0, sent: [1, 2, 0], counted: '0 / 2', comment: 'Attempt 3', why: 'attempt 3 of 3, the last' },
  { rule: 'first', points: 50, sent: [1], counted: '1 / 2', comment: 'Attempt 1', why: 'attempt 1 of 3, the first' },
  {
    ...{ rule: 'average', points: 50, sent: [1, 1.5, 1], counted: '1 / 2' },
    ...{ comment: 'Average of 3 attempts', why: 'average of 3 attempts' },
  },
])('The $rule attempt counts: in the gradebook, on the pages, in what is sent (lti.md 100)', async (expected) => {
  const { ada, student, activity } = await beforeQuiz({ countingAttempt: expected.rule });
  for (const answers of attempts) {
    await takeQuiz(ada, answers);
    mustaqil.clock.advance(1000);
    await mustaqil.deliver();
  }
  expect(scoresOf(mustaqil.lms, student).map(({ scoreGiven }) => scoreGiven)).toEqual(expected.sent);
  const { points, comment } = expected;
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points, comment });
  const dilnoza = await openResults(mustaqil, activity);
  const row = rowOf(dilnoza, nameOf(mustaqil, student));
  expect(row.slice(0, 2)).toEqual(['3', expected.counted]);
  expect(row[2]).toContain('in the gradebook');
  expect(pointsOf(dilnoza, nameOf(mustaqil, student))).toEqual({ reason: expected.why, there: `${points} / 100` });
  await openLearner(dilnoza, nameOf(mustaqil, student));
  const [given = '', of = ''] = expected.counted.split(' / ');
  const words = `What counts: ${given} of ${of} points (${expected.why}).`;
  expect(dilnoza.page.$('.counted').text()).toBe(words);
  for (const page of [ada.page.url, ada.page.$('.crumb a').attr('href') ?? '']) {
    expect((await ada.open(page)).$('.counted').text()).toBe(words);
  }
  await ada.click('.crumb a');
  expect(ada.page.$('main').text()).toContain(expected.why);
});

test('The result page says which attempt counts', async () => {
  const { ada } = await beforeQuiz();
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  expect(ada.page.$('.counted')).toHaveLength(0);
  await takeQuiz(ada, { capital: 'Osh' });
  expect(ada.page.$('.result').text()).toContain('What counts: 2 of 2 points (attempt 1 of 2, the best).');
  const quiz = ada.page.$('.crumb a').attr('href') ?? '';
  await ada.open(quiz);
  const rows = ada.page.$('.rows .row').toArray();
  expect(rows.map((row) => ada.page.$(row).find('.tag').text())).toEqual(['counts', '']);
});

test('A worse or an equal attempt under “best” sends nothing', async () => {
  const { ada, student } = await beforeQuiz();
  for (const answers of [{ sum: '5' }, { capital: 'Bishkek' }, {}]) {
    await takeQuiz(ada, answers);
    mustaqil.clock.advance(1000);
    await mustaqil.deliver();
  }
  expect(scoresOf(mustaqil.lms, student)).toHaveLength(1);
});

test('A score of 0 is sent like any other (lti.md 96)', async () => {
  const { ada, student, activity } = await beforeQuiz();
  await takeQuiz(ada, { capital: 'Osh', sum: '6' });
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student)).toMatchObject([
    { scoreGiven: 0, scoreMaximum: 2, gradingProgress: 'FullyGraded' },
  ]);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 0 });
});

test('A quiz that no machine marks has no grade to send', async () => {
  const { ada, student } = await beforeQuiz({}, '::E::Write an essay {}\n');
  await ada.submit('form[action$="/attempts"]');
  await ada.submit('#attempt button', { q0: 'Belanchak.' });
  await ada.submit('form[action$="/submission"]');
  expect(ada.page.$('.result').text()).toContain('Nothing in this attempt is marked by machine.');
  expect(ada.page.$('.grade').text()).toBe('There is no grade to send.');
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student)).toEqual([]);
});

test('Attempts at versions of different length are compared by their share', async () => {
  const { ada, student, activity } = await beforeQuiz({}, '::A::2 + 3 {#5}\n');
  await takeQuiz(ada, { sum: '5' });
  mustaqil.clock.advance(1000);
  await mustaqil.deliver();
  await publish(mustaqil, {
    activity,
    source: '::A::2 + 3 {#5}\n\n::B::Water boils {TRUE}\n\n::C::Ice boils {FALSE}\n',
  });
  await ada.submit('form[action$="/attempts"]');
  await ada.submit('#attempt button', { q0: '5', q1: 'true', q2: 'true' });
  await ada.submit('form[action$="/submission"]');
  expect(ada.page.$('.score').text()).toContain('2 of 3 points');
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100, comment: 'Attempt 1' });
});

/** Ada, who is new, before a new quiz. */
async function beforeQuiz(settings: Record<string, string> = {}, source?: string) {
  const activity = await newQuiz(mustaqil, { settings, ...(source !== undefined && { source }) });
  const student = newStudent(mustaqil, 'Ada');
  return { activity, student, ada: await openQuiz(mustaqil, { student, activity }) };
}
