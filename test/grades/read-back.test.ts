// A teacher compares what counts here with what the gradebook shows.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { grantScoresOnly, openResults, rowOf } from '../support/grades.ts';
import { timesAsked } from '../support/lms-log.ts';
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
  expect(rowOf(dilnoza, nameOf(mustaqil, student))).toHaveLength(3);
  await dilnoza.click(compare);
  const [attempts, points, there, grade] = rowOf(dilnoza, nameOf(mustaqil, student));
  expect([attempts, points, there]).toEqual(['1', '1 / 2', '5 / 10']);
  expect(grade).toMatch(/^in the gradebook \([^)]+\)$/);
});

test('A score that the LMS took and does not show, because a teacher’s grade stands, is told (lti.md 104)', async () => {
  const { activity, student } = await delivered();
  mustaqil.lms.overrideGrade(activity, student, 73);
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ rawPoints: 100, points: 73 });
  expect((await compared(activity, student)).slice(1)).toEqual([
    '2 / 2',
    '73 / 100',
    expect.stringMatching(/^in the gradebook \(.+\) · changed in the gradebook$/),
  ]);
});

test('A grade that was taken out of the gradebook is missed, one that was put in without an attempt is told', async () => {
  const { activity, student } = await delivered();
  const other = newStudent(mustaqil, 'Bek');
  mustaqil.lms.overrideGrade(activity, student, null);
  mustaqil.lms.overrideGrade(activity, other, 60);
  await openQuiz(mustaqil, { student: other, activity });
  expect((await compared(activity, student)).slice(2)).toEqual([
    '—',
    expect.stringContaining('missing in the gradebook'),
  ]);
  expect(await compared(activity, other)).toEqual([
    'not tried',
    '—',
    '60 / 100',
    'nothing to send · entered in the gradebook',
  ]);
});

test('A score on its way differs from nothing yet', async () => {
  const { activity, student } = await delivered();
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  expect((await compared(activity, student)).slice(1)).toEqual(['2 / 2', '50 / 100', 'on its way']);
});

test('An LMS that does not answer is a notice above the table, which stands as ever', async () => {
  const { activity, student } = await delivered();
  const dilnoza = await openResults(mustaqil, activity);
  mustaqil.lms.faults.down = 'services';
  await dilnoza.click(compare);
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('#gradebook').text()).toContain('The gradebook does not answer just now');
  expect(rowOf(dilnoza, nameOf(mustaqil, student)).slice(0, 2)).toEqual(['1', '1 / 2']);
});

test('Where the LMS grants no reading there is no comparing, and nobody asks it (lti.md 88)', async () => {
  const { activity, student } = await delivered();
  mustaqil.lms.nextToken = grantScoresOnly;
  const dilnoza = await openResults(mustaqil, activity);
  expect(dilnoza.page.$(compare)).toHaveLength(0);
  const asked = timesAsked(mustaqil.lms, 'results');
  await dilnoza.open(`${dilnoza.page.url}?gradebook`);
  expect(dilnoza.page.status).toBe(200);
  expect(rowOf(dilnoza, nameOf(mustaqil, student))).toHaveLength(3);
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

/** A learner's row as Dilnoza sees it: attempts, points, the LMS's points, gradebook. */
async function compared(activity: string, student: string) {
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click(compare);
  return rowOf(dilnoza, nameOf(mustaqil, student));
}
