// A teacher compares what counts here with what the gradebook shows.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { grantScoresOnly, openResults, pointsOf, pressIn, rowOf, troubleOf } from '../support/grades.ts';
import { scoresOf, timesAsked } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());
afterEach(() => {
  Object.assign(mustaqil.lms.faults, noFaults);
});

const compare = 'a[href$="/results?gradebook"]';

test('The points of the LMS stand beside ours, scaled to its column, and what is the same is said to be nothing more', async () => {
  const { activity, student } = await delivered({ maximumPoints: 10 });
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click(compare);
  expect(dilnoza.page.$('#gradebook').text().trim()).toBe('The gradebook shows the same as here.');
  const name = nameOf(mustaqil, student);
  expect(rowOf(dilnoza, name)).toEqual(['1', '1 / 2', expect.stringMatching(/^in the gradebook \([^)]+\)$/)]);
  expect(pointsOf(dilnoza, name).there).toBe('5 / 10');
  expect(troubleOf(dilnoza, name)).toEqual({ cause: '', remedy: '', button: '' });
});

test('A grade that a teacher changed in the LMS is told, stays, and gives way only when she says so (lti.md 104)', async () => {
  const { activity, student } = await delivered();
  const name = nameOf(mustaqil, student);
  mustaqil.lms.overrideGrade(activity, student, 73);
  mustaqil.clock.advance(1000);
  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, name)[2]).toContain('in the gradebook (');
  await dilnoza.click(compare);
  expect(dilnoza.page.$('#gradebook').text()).toContain(
    '1 grade is not the same in the gradebook. Nothing was changed',
  );
  expect(rowOf(dilnoza, name)).toEqual(['1', '1 / 2', 'another grade is in the gradebook']);
  expect(pointsOf(dilnoza, name).there).toBe('73 / 100');
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 73 });

  // What was found is known from now on, to Ada too, and neither “send again” nor she can change it.
  await dilnoza.open(new URL(dilnoza.page.url).pathname);
  expect(troubleOf(dilnoza, name)).toMatchObject({
    cause: expect.stringContaining('Somebody entered another grade'),
    button: 'Send ours instead',
  });
  const ada = await openQuiz(mustaqil, { student, activity });
  expect(ada.page.$('.grade').text()).toContain('Your gradebook shows another grade, entered there: 73 / 100.');
  expect(dilnoza.page.$('form[action$="/grades/deliveries"]')).toHaveLength(0);
  expect(await mustaqil.deliver()).toBe(0);

  await pressIn(dilnoza, name);
  expect(dilnoza.page.$('main [role=status]').text()).toBe('1 grade goes out now.');
  expect(rowOf(dilnoza, name)[2]).toBe('on its way');
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student)).toHaveLength(2);
});

test('A grade that is ours again in the LMS is the same, and nobody has to do anything', async () => {
  const { activity, student } = await delivered();
  const name = nameOf(mustaqil, student);
  mustaqil.lms.overrideGrade(activity, student, 73);
  mustaqil.clock.advance(1000);
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click(compare);
  expect(troubleOf(dilnoza, name).button).toBe('Send ours instead');
  mustaqil.lms.overrideGrade(activity, student, 50);
  await dilnoza.click(compare);
  expect(troubleOf(dilnoza, name)).toEqual({ cause: '', remedy: '', button: '' });
  expect(rowOf(dilnoza, name)[2]).toContain('in the gradebook (');
});

test('A grade that was taken out of the gradebook is missed, one that was put in without an attempt is told', async () => {
  const { activity, student } = await delivered();
  const other = newStudent(mustaqil, 'Bek');
  mustaqil.lms.overrideGrade(activity, student, null);
  mustaqil.lms.overrideGrade(activity, other, 60);
  await openQuiz(mustaqil, { student: other, activity });
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click(compare);
  const [name, otherName] = [nameOf(mustaqil, student), nameOf(mustaqil, other)];
  expect(rowOf(dilnoza, name)[2]).toContain('missing in the gradebook');
  expect(pointsOf(dilnoza, name).there).toBe('—');
  expect(rowOf(dilnoza, otherName)).toEqual(['not tried', '—', 'nothing to send · entered in the gradebook']);
  expect(pointsOf(dilnoza, otherName).there).toBe('60 / 100');
  // Where we have nothing there is nothing of ours to send.
  expect(troubleOf(dilnoza, otherName).button).toBe('');

  await dilnoza.click('.filter a[href*="show=attention"]');
  const names = dilnoza.page.$('tbody th a').toArray();
  expect(names.map((link) => dilnoza.page.$(link).text()).sort()).toEqual([name, otherName].sort());
  await pressIn(dilnoza, name);
  expect(dilnoza.page.url).toMatch(/\?gradebook&show=attention&sent=1$/);
  expect(rowOf(dilnoza, name)).toEqual([]);
  mustaqil.clock.advance(1000);
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student)).toHaveLength(2);
});

test('A score on its way differs from nothing yet', async () => {
  const { activity, student } = await delivered();
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click(compare);
  expect(rowOf(dilnoza, nameOf(mustaqil, student)).slice(1)).toEqual(['2 / 2', 'on its way']);
  expect(pointsOf(dilnoza, nameOf(mustaqil, student)).there).toBe('50 / 100');
});

test('An LMS that does not answer is a notice above the table, which stands as ever', async () => {
  const { activity, student } = await delivered();
  const dilnoza = await openResults(mustaqil, activity);
  mustaqil.lms.faults.down = 'services';
  await dilnoza.click(compare);
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('#gradebook').text()).toContain('The gradebook does not answer just now');
  // It mends itself, so nothing about it alarms.
  expect(dilnoza.page.$('#gradebook').hasClass('problems')).toBe(false);
  expect(dilnoza.page.$('#gradebook').text()).not.toContain('Answer of the LMS');
  expect(rowOf(dilnoza, nameOf(mustaqil, student)).slice(0, 2)).toEqual(['1', '1 / 2']);
});

test('Where the LMS grants no reading there is no comparing, and nobody asks it (lti.md 88)', async () => {
  const { activity } = await delivered();
  mustaqil.lms.nextToken = grantScoresOnly;
  const dilnoza = await openResults(mustaqil, activity);
  expect(dilnoza.page.$(compare)).toHaveLength(0);
  const asked = timesAsked(mustaqil.lms, 'results');
  await dilnoza.open(`${dilnoza.page.url}?gradebook`);
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('#gradebook')).toHaveLength(0);
  expect(timesAsked(mustaqil.lms, 'results')).toBe(asked);
});

test('Everybody’s results are asked for at once and without a limit, under the address of the column (lti.md 87, 89)', async () => {
  const { activity } = await delivered();
  const dilnoza = await openResults(mustaqil, activity);
  const before = mustaqil.lms.received.length;
  await dilnoza.click(compare);
  const asked = mustaqil.lms.received.slice(before).filter(({ endpoint }) => endpoint === 'results');
  expect(asked.map(({ url }) => url)).toEqual([expect.stringMatching(/\/lineitem\/results\?type_id=1$/)]);
  expect(asked.map(({ status }) => status)).toEqual([200]);
});

test('A student who asks for the comparison learns nothing', async () => {
  const { activity } = await delivered();
  const dilnoza = await openResults(mustaqil, activity);
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  await ivan.open(`${new URL(dilnoza.page.url).pathname}?gradebook`);
  expect(ivan.page.status).toBe(403);
  expect(ivan.page.$('body').text()).not.toContain('Ada');
});

/** A new quiz, and Ada, whose half of the points is in the gradebook. */
async function delivered({ maximumPoints = 100 } = {}) {
  const activity = await newQuiz(mustaqil, { maximumPoints });
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  await mustaqil.deliver();
  return { activity, student };
}
